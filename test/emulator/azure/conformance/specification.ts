import { readdirSync, readFileSync } from "node:fs";

/** The part of a JSON schema that the specifications use. `x-any-of`: one of several; without a type: anything. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly format?: "date-time";
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly "x-any-of"?: readonly Schema[];
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly operationId: string; readonly responses: Readonly<Record<string, { readonly schema?: Schema }>> }>>
    >
  >;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** What an operation replies, by the vendor's description. */
export interface ReplySchemas {
  /** Resolves a reference within the document. */
  resolve(schema: Schema): Schema;
  /** Statuses that are no errors. */
  readonly statuses: ReadonlySet<number>;
  /** Undefined where a success has no body. */
  readonly success: Schema | undefined;
  readonly error: Schema;
}

const FOLDER = new URL("specifications/", import.meta.url);

/** Every operation of the specifications. */
export function readSpecifications(): ReadonlyMap<string, ReplySchemas> {
  const operations = new Map<string, ReplySchemas>();
  for (const file of readdirSync(FOLDER)) {
    const document = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Document;
    const resolve = (schema: Schema): Schema => {
      const name = schema.$ref?.split("/").at(-1);
      if (name === undefined) return schema;
      const found = document.definitions[name];
      if (found === undefined) throw new Error(`${file} has no definition ${name}.`);
      return found;
    };
    for (const { operationId, responses } of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
      const statuses = new Set(Object.keys(responses).flatMap((status) => (status === "default" ? [] : [Number(status)])));
      const success = Object.entries(responses).find(([status, { schema }]) => status !== "default" && schema !== undefined)?.[1].schema;
      operations.set(operationId, { resolve, statuses, success, error: responses.default?.schema ?? {} });
    }
  }
  return operations;
}
