import { ERROR_CODES } from "./error-codes.ts";
import { PUBLISHED, RPC_ERROR, SLS_ERROR } from "./published-shapes.ts";
import type { Schema } from "./schema.ts";

/** A reply as it came over the wire, uncompressed. */
export interface AlicloudReply {
  /** `ecs`, `cms`, `sts`, `rds`, `sls`. */
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly body: string;
}

/** What in a reply does not fit what the vendor published: unknown members, missing ones, wrong types, unpublished error codes. */
export function violations({ service, operation, status, body }: AlicloudReply): string[] {
  const name = `${service}.${operation}`;
  const schema = status === 200 ? PUBLISHED[name] : service === "sls" ? SLS_ERROR : RPC_ERROR;
  if (schema === undefined) return [`${name}: nothing published`];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [`${name}: no JSON`];
  }
  const inside = valueViolations(schema, value, status === 200 ? name : `${name} error`);
  return status === 200 ? inside : [...inside, ...errorViolations(service, status, value)];
}

function errorViolations(service: string, status: number, value: unknown): string[] {
  const { Code, errorCode } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const told = `${status} ${service === "sls" ? errorCode : Code}`;
  const codes = [...(ERROR_CODES[service] ?? []), ...(service === "sls" ? [] : (ERROR_CODES.gateway ?? []))];
  return codes.includes(told) ? [] : [`${service}: ${told} is no published error`];
}

function valueViolations(schema: Schema, value: unknown, path: string): string[] {
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(value)?.slice(0, 80)}`];
  switch (schema.type) {
    case "any":
      return [];
    case "string":
    case "number":
    case "boolean":
      return typeof value === schema.type ? [] : wrong(schema.type);
    case "list":
      if (!Array.isArray(value)) return wrong("a list");
      return value.flatMap((item, index) => valueViolations(schema.item, item, `${path}[${index}]`));
    case "json-text": {
      if (typeof value !== "string") return wrong("JSON in a text");
      try {
        return valueViolations(schema.content, JSON.parse(value), path);
      } catch {
        return wrong("JSON in a text");
      }
    }
    case "map":
      if (!isRecord(value)) return wrong("a map");
      return [
        ...missing(schema.required, value, path),
        ...Object.entries(value).flatMap(([key, item]) => valueViolations(schema.value, item, `${path}.${key}`)),
      ];
    case "structure":
      if (!isRecord(value)) return wrong(schema.name);
      return [
        ...missing(schema.required, value, path),
        ...Object.entries(value).flatMap(([name, item]) => {
          const member = Object.hasOwn(schema.members, name) ? schema.members[name] : undefined;
          return member === undefined
            ? [`${path}.${name}: ${schema.name} has no such member`]
            : valueViolations(member, item, `${path}.${name}`);
        }),
      ];
  }
}

function missing(required: readonly string[], value: Readonly<Record<string, unknown>>, path: string): string[] {
  return required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${path}.${name}: is missing`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
