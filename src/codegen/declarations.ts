import type { ObjectShape, OperationDescription, Pagination } from "../contracts/index.ts";
import { type Detail, declareFields, declareShape, WHOLE } from "./declare-shape.ts";
import { firstSentence, inComment, literal, oneLine, propertyName } from "./declare-text.ts";
import { asSeenByProgram } from "./program-parameters.ts";
import { TRUNCATED_FIELD } from "./read-pages.ts";

/** About 400 tokens of one operation for a model: declarations have some 4.3 characters a token. */
const BRIEF_CHARACTERS = 1_700;
const BRIEF_REQUEST_CHARACTERS = 500;

/** From much to little; the first that is short enough is taken. */
const BRIEF: readonly Detail[] = [
  { depth: 9, describedDepth: 9, values: 30, fields: 60, names: 12 },
  { depth: 9, describedDepth: 1, values: 20, fields: 60, names: 12 },
  { depth: 9, describedDepth: 0, values: 12, fields: 40, names: 40 },
  { depth: 4, describedDepth: 0, values: 8, fields: 30, names: 40 },
  { depth: 3, describedDepth: 0, values: 6, fields: 24, names: 40 },
  { depth: 3, describedDepth: 0, values: 4, fields: 12, names: 30 },
  { depth: 3, describedDepth: 0, values: 3, fields: 7, names: 60 },
  { depth: 2, describedDepth: 0, values: 4, fields: 12, names: 40 },
  { depth: 1, describedDepth: 0, values: 3, fields: 8, names: 30 },
];

/**
 * TypeScript declarations of all that a program sees beside the language. `brief` is for a model to read: what is left out is said so in
 * comments; programs are checked against the whole. Parameters that the core gives itself are not declared.
 */
export function declarationsFor(operations: readonly OperationDescription[], options: { readonly brief?: true } = {}): string {
  const names = interfaceNames(operations);
  const declared = operations.map((operation, index) => {
    const name = names[index] ?? "";
    return { operation, name, text: declareOperation(operation, name, options.brief ?? false) };
  });
  return [PRELUDE, ...declared.map(({ text }) => text), declareTree(declared)].join("\n");
}

/** `call` is generic, not overloaded, so that a mistake is told where it is and not as a list of all that did not fit. */
const PRELUDE = `/** ISO 8601 in UTC. */
type IsoTime = string;
type Base64 = string;
/** What a failed call throws. */
interface CloudError extends Error { readonly code: string }
declare const console: { log(...values: unknown[]): void };
declare const cloud: {
  /** Calls an operation of a cloud's API. All pages come back as one reply. */
  call<Cloud extends keyof Clouds, Service extends keyof Clouds[Cloud], Operation extends keyof Clouds[Cloud][Service]>(
    provider: Cloud, service: Service, operation: Operation, parameters: RequestOf<Clouds[Cloud][Service][Operation]>,
  ): Promise<ReplyOf<Clouds[Cloud][Service][Operation]>>;
};
type RequestOf<Operation> = Operation extends (parameters: infer Request) => unknown ? Request : never;
type ReplyOf<Operation> = Operation extends (parameters: never) => infer Reply ? Reply : never;
`;

interface Declared {
  readonly operation: OperationDescription;
  readonly name: string;
}

function declareTree(declared: readonly Declared[]): string {
  const providers = Map.groupBy(declared, ({ operation }) => operation.provider);
  const lines = [...providers].map(([provider, ofProvider]) => {
    const services = [...Map.groupBy(ofProvider, ({ operation }) => operation.service)].map(([service, ofService]) => {
      const unique = [...new Map(ofService.map((each) => [each.operation.name, each])).values()];
      // Not as methods: one called `new` would be a constructor.
      const calls = unique.map(
        ({ operation, name }) => `      ${propertyName(operation.name)}: (parameters: ${name}Request) => ${name}Reply;\n`,
      );
      return `    ${propertyName(service)}: {\n${calls.join("")}    };\n`;
    });
    return `  ${propertyName(provider)}: {\n${services.join("")}  };\n`;
  });
  return `interface Clouds {\n${lines.join("")}}\n`;
}

function declareOperation(operation: OperationDescription, name: string, brief: boolean): string {
  const call = [operation.provider, operation.service, operation.name].map(literal).join(", ");
  const description = firstSentence(operation.description, 200);
  const title = `${oneLine(call, 400)}${description === "" ? "" : `: ${description}`}`;
  const request = (detail: Detail) =>
    `interface ${name}Request {\n${declareFields(asSeenByProgram(operation).input, "request", detail, 0)}}`;
  const reply = (detail: Detail) => declareReply(operation, name, detail);
  const asked = brief ? shortest(request, BRIEF_REQUEST_CHARACTERS) : request(WHOLE);
  const answered = brief ? shortest(reply, BRIEF_CHARACTERS - asked.length) : reply(WHOLE);
  return [`/** ${inComment(title)} */`, asked, answered, ""].join("\n");
}

function shortest(declare: (detail: Detail) => string, characters: number): string {
  let text = "";
  for (const detail of BRIEF) {
    text = declare(detail);
    if (text.length <= characters) break;
  }
  return text;
}

function declareReply({ output, pagination }: OperationDescription, name: string, detail: Detail): string {
  if (output.type !== "object") return `type ${name}Reply = ${declareShape(output, "reply", detail)};`;
  const fields = declareFields(withoutToken(output, pagination), "reply", detail, 0);
  const mark =
    pagination === undefined ? "" : `  /** Set where not all pages were read. */\n  readonly ${propertyName(TRUNCATED_FIELD)}?: true;\n`;
  return `interface ${name}Reply {\n${fields}${mark}}`;
}

/** Pages are followed for the program: where the next one is, is none of its business. */
function withoutToken({ fields }: ObjectShape, pagination: Pagination | undefined): ObjectShape {
  const path = pagination?.by === "token" ? pagination.outputToken : pagination?.by === "link" ? pagination.link : undefined;
  const shown = Object.entries(fields).filter(([name]) => name !== path && (pagination === undefined || name !== TRUNCATED_FIELD));
  return { type: "object", fields: Object.fromEntries(shown) };
}

/** A name of its own for each operation: `DescribeDisks`, and with its service where another one is called so. */
function interfaceNames(operations: readonly OperationDescription[]): string[] {
  const plain = operations.map(({ name }) => identifier(name));
  const taken = new Set<string>();
  return operations.map(({ service }, index) => {
    const name = plain[index] ?? "";
    const shared = plain.filter((other) => other === name).length > 1;
    let own = shared ? `${identifier(service)}_${name}` : name;
    while (taken.has(own)) own = `${own}_`;
    taken.add(own);
    return own;
  });
}

function identifier(name: string): string {
  const letters = name.replace(/[^A-Za-z0-9_]/g, "_").slice(0, 100);
  return /^[A-Za-z]/.test(letters) ? letters : `Operation_${letters}`;
}
