import { type ReplySchemas, readSpecifications, type Schema } from "./specification.ts";

export interface RecordedReply {
  /** As fault rules name it. */
  readonly operation: string;
  readonly status: number;
  /** Empty for an accepted write. */
  readonly body: string;
  readonly headers?: Headers;
}

const SPECIFICATIONS = readSpecifications();
/** Where the specification has no body, no field is right. */
const NOTHING: Schema = { type: "object", properties: {} };
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|\+00:00)$/;

/** What in a reply does not fit the vendor's specification: unknown fields, missing ones, wrong types. */
export function violations({ operation, status, body }: RecordedReply): string[] {
  const schemas = SPECIFICATIONS.get(operation);
  if (schemas === undefined) return [`${operation}: no such operation in the specifications`];
  if (status < 300 && !schemas.statuses.has(status)) return [`${operation}: nobody published the status ${status}`];
  if (body === "") return schemas.success === undefined && status < 300 ? [] : [`${operation}: no body`];
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [`${operation}: no JSON`];
  }
  return valueViolations(schemas, status < 300 ? (schemas.success ?? NOTHING) : schemas.error, value, operation);
}

/** Operations that the specifications describe. */
export function specifiedOperations(): readonly string[] {
  return [...SPECIFICATIONS.keys()];
}

/** Names of the fields of a reply with their paths, list indexes left out; keys of free objects are data, not fields. */
export function fieldPathsOf(reply: RecordedReply): readonly string[] {
  const paths = new Set<string>();
  renamed(reply, (path) => {
    paths.add(path);
    return false;
  });
  return [...paths];
}

/** The body with one field called otherwise, wherever it stands. */
export function renameField(reply: RecordedReply, path: string): RecordedReply {
  return { ...reply, body: renamed(reply, (each) => each === path) };
}

function valueViolations(schemas: ReplySchemas, given: Schema, value: unknown, path: string): string[] {
  const schema = schemas.resolve(given);
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(value)?.slice(0, 80)}`];
  if (schema["x-any-of"] !== undefined) return fitting(schemas, schema, value).problems(path);
  switch (schema.type) {
    case "string":
      if (typeof value !== "string") return wrong("text");
      if (schema.enum !== undefined && !schema.enum.includes(value)) return wrong(`one of ${schema.enum.join(", ")}`);
      return schema.format === undefined || ISO.test(value) ? [] : wrong("an ISO 8601 time");
    case "integer":
      return Number.isInteger(value) ? [] : wrong("a whole number");
    case "number":
    case "boolean":
      return typeof value === schema.type ? [] : wrong(schema.type);
    case "array":
      if (!Array.isArray(value)) return wrong("a list");
      return value.flatMap((item, index) => valueViolations(schemas, schema.items ?? {}, item, `${path}[${index}]`));
    case "object":
      return isRecord(value) ? objectViolations(schemas, schema, value, path) : wrong("an object");
    default:
      return [];
  }
}

function objectViolations(schemas: ReplySchemas, schema: Schema, value: Readonly<Record<string, unknown>>, path: string): string[] {
  const { properties, required = [], additionalProperties } = schema;
  if (properties === undefined) return [];
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${path}.${name}: is missing`);
  const inside = Object.entries(value).flatMap(([name, item]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    return known === undefined ? [`${path}.${name}: there is no such field`] : valueViolations(schemas, known, item, `${path}.${name}`);
  });
  return [...missing, ...inside];
}

/** The one of several schemas that a value fits best. */
function fitting(schemas: ReplySchemas, schema: Schema, value: unknown) {
  const candidates = (schema["x-any-of"] ?? []).map((candidate) => ({
    schema: candidate,
    problems: (path: string) => valueViolations(schemas, candidate, value, path),
  }));
  const [first, ...others] = candidates;
  if (first === undefined) throw new Error("A choice of nothing.");
  return others.reduce((best, one) => (one.problems("").length < best.problems("").length ? one : best), first);
}

function renamed(reply: RecordedReply, isRenamed: (path: string) => boolean): string {
  if (reply.body === "") return "";
  const schemas = SPECIFICATIONS.get(reply.operation);
  if (schemas === undefined) throw new Error(`No specification of ${reply.operation}.`);
  const walk = (given: Schema, value: unknown, path: string): unknown => {
    let schema = schemas.resolve(given);
    if (schema["x-any-of"] !== undefined) schema = schemas.resolve(fitting(schemas, schema, value).schema);
    if (Array.isArray(value)) return value.map((item) => walk(schema.items ?? {}, item, path));
    const { properties } = schema;
    if (!isRecord(value) || properties === undefined) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        if (!Object.hasOwn(properties, name)) return [name, item];
        const inner = path === "" ? name : `${path}.${name}`;
        return [isRenamed(inner) ? `${name}Renamed` : name, walk(properties[name] ?? {}, item, inner)];
      }),
    );
  };
  return JSON.stringify(walk(reply.status < 300 ? (schemas.success ?? NOTHING) : schemas.error, JSON.parse(reply.body), ""));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
