import {
  canonicalJson,
  type Field,
  type KnowledgeDocument,
  type OperationDescription,
  type ServiceDescription,
  type Shape,
  sha256,
} from "../contracts/index.ts";

/** More names of one operation do not help to find it, and make everything slower. */
const MAX_TERMS = 200;
const MAX_TERM_DEPTH = 4;

/** What the index holds of a service: its operations and its reference documents. */
export function documentsOf(description: ServiceDescription): readonly KnowledgeDocument[] {
  const { provider, service } = description;
  const references = description.documents.map(({ id, kind, title, text }) =>
    hashed({ id, kind, provider, service, name: title, text, terms: [] }),
  );
  return [...references, ...description.operations.map(operationDocument)];
}

function operationDocument(operation: OperationDescription): KnowledgeDocument {
  const { id, provider, service, name, description } = operation;
  return hashed({ id, kind: "operation", provider, service, name, text: description, terms: termsOf(operation) });
}

/** Names of parameters and of fields of the result, those nearest to the top first, each once. */
function termsOf({ input, output }: OperationDescription): string[] {
  const terms = new Set<string>();
  let level: Shape[] = [input, output];
  for (let depth = 0; depth < MAX_TERM_DEPTH && level.length > 0; depth++) {
    const fields = level.flatMap(fieldsOf);
    for (const [name] of fields) {
      if (terms.size < MAX_TERMS) terms.add(name);
    }
    // Shapes are shared: each is looked at once.
    level = [...new Set(fields.map(([, field]) => field.shape))];
  }
  return [...terms];
}

function fieldsOf(shape: Shape): [string, Field][] {
  if (shape.type === "list") return fieldsOf(shape.items);
  if (shape.type === "map") return fieldsOf(shape.values);
  return shape.type === "object" ? Object.entries(shape.fields) : [];
}

function hashed(document: Omit<KnowledgeDocument, "hash">): KnowledgeDocument {
  return { ...document, hash: sha256(canonicalJson(document)) };
}
