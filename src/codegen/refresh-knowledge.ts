import type { SpecDocAgent } from "../agents/spec-doc-agent.ts";
import type {
  Knowledge,
  KnowledgeDocument,
  OperationDescription,
  ReferenceDocument,
  Shape,
  SyncProgress,
  SyncReport,
} from "../contracts/index.ts";
import { canonicalJson, sha256 } from "./canonical-json.ts";

/** The clouds whose APIs are described. */
export const DESCRIBED_PROVIDERS = ["alicloud", "aws", "azure", "gcp", "volcengine"] as const;

/** Has the index hold what the sources describe; undefined where it holds something already and only an empty one is to be filled. */
export async function refreshKnowledge(
  knowledge: Knowledge,
  descriptions: SpecDocAgent,
  options: {
    readonly signal: AbortSignal;
    readonly onlyIfEmpty?: boolean;
    readonly providers?: readonly string[];
    progress?(progress: SyncProgress): void;
  },
): Promise<SyncReport | undefined> {
  if (options.onlyIfEmpty && (await knowledge.size()) > 0) return undefined;
  const providers = options.providers ?? DESCRIBED_PROVIDERS;
  const sources = options.onlyIfEmpty ? descriptions.local() : descriptions;
  const documents: KnowledgeDocument[] = [];
  for (const provider of providers) {
    for (const service of await sources.services(provider)) {
      options.signal.throwIfAborted();
      documents.push(...(await documentsOf(sources, provider, service, options.signal)));
    }
  }
  const { signal, progress } = options;
  return await knowledge.sync(providers, documents, { signal, ...(progress === undefined ? {} : { progress }) });
}

/** Of each operation the newest description. */
async function documentsOf(
  descriptions: SpecDocAgent,
  provider: string,
  service: string,
  signal: AbortSignal,
): Promise<KnowledgeDocument[]> {
  const found = new Map<string, KnowledgeDocument>();
  for (const description of await descriptions.describe(provider, service, signal)) {
    for (const operation of description.operations) if (!found.has(operation.id)) found.set(operation.id, operationDocument(operation));
    for (const document of description.documents) if (!found.has(document.id)) found.set(document.id, referenceDocument(document));
  }
  return [...found.values()];
}

function operationDocument({ id, provider, service, name, description, input, output }: OperationDescription): KnowledgeDocument {
  const terms = [...Object.keys(input.fields), ...fieldNames(output, 3)];
  return withHash({ id, kind: "operation", provider, service, name, text: description, terms: [...new Set(terms)] });
}

function referenceDocument({ id, kind, provider, service, title, text }: ReferenceDocument): KnowledgeDocument {
  return withHash({ id, kind, provider, service, name: title, text, terms: [] });
}

function withHash(document: Omit<KnowledgeDocument, "hash">): KnowledgeDocument {
  return { ...document, hash: sha256(canonicalJson(document)) };
}

function fieldNames(shape: Shape, depth: number): string[] {
  if (depth === 0) return [];
  if (shape.type === "list") return fieldNames(shape.items, depth);
  if (shape.type === "map") return fieldNames(shape.values, depth);
  if (shape.type !== "object") return [];
  return Object.entries(shape.fields).flatMap(([name, field]) => [name, ...fieldNames(field.shape, depth - 1)]);
}
