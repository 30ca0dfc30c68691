/** What the vendor's descriptions say about a value, whichever of their formats says it. */
export type WireSchema =
  | {
      readonly type: "message";
      readonly name: string;
      readonly members: ReadonlyMap<string, WireMember>;
      /** Groups of members of which at most one may be there. */
      readonly alternatives: readonly (readonly string[])[];
    }
  | { readonly type: "list"; readonly item: WireSchema; readonly mayBeEmpty: boolean }
  | { readonly type: "map"; readonly value: WireSchema }
  /** Any JSON object: `google.protobuf.Struct`. */
  | { readonly type: "struct" }
  | { readonly type: "scalar"; readonly name: string; readonly fits: (value: unknown, numericEnums: boolean) => boolean };

export interface WireMember {
  /** A function, because messages may hold themselves. */
  readonly schema: () => WireSchema;
  readonly required: boolean;
}

/** What in a JSON value does not fit its schema: unknown members, missing ones, wrong types, wrong forms. */
export function schemaViolations(schema: WireSchema, value: unknown, path: string, numericEnums: boolean): string[] {
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(value)?.slice(0, 80)}`];
  switch (schema.type) {
    case "scalar":
      return schema.fits(value, numericEnums) ? [] : wrong(schema.name);
    case "struct":
      return isObject(value) ? [] : wrong("an object");
    case "list":
      if (!Array.isArray(value)) return wrong("a list");
      // The JSON mapping of Protocol Buffers leaves empty lists out.
      if (value.length === 0 && !schema.mayBeEmpty) return wrong("a list with items");
      return value.flatMap((item, index) => schemaViolations(schema.item, item, `${path}[${index}]`, numericEnums));
    case "map":
      if (!isObject(value)) return wrong("a map");
      return Object.entries(value).flatMap(([key, one]) => schemaViolations(schema.value, one, `${path}[${key}]`, numericEnums));
    case "message":
      return messageViolations(schema, value, path, numericEnums);
  }
}

function messageViolations(
  schema: Extract<WireSchema, { type: "message" }>,
  value: unknown,
  path: string,
  numericEnums: boolean,
): string[] {
  if (!isObject(value)) return [`${path}: expected a ${schema.name}, found ${JSON.stringify(value)?.slice(0, 80)}`];
  const found: string[] = [];
  for (const [name, inner] of Object.entries(value)) {
    const member = schema.members.get(name);
    found.push(
      ...(member === undefined
        ? [`${path}: ${schema.name} has no ${name}`]
        : schemaViolations(member.schema(), inner, `${path}.${name}`, numericEnums)),
    );
  }
  for (const [name, { required }] of schema.members) {
    if (required && !Object.hasOwn(value, name)) found.push(`${path}: ${schema.name} lacks ${name}`);
  }
  for (const group of schema.alternatives) {
    const there = group.filter((name) => Object.hasOwn(value, name));
    if (there.length > 1) found.push(`${path}: ${there.join(" and ")} exclude each other`);
  }
  return found;
}

/** Calls `visit` for every member of messages in a value, list indexes left out (`timeSeries.metric.type`), and takes its name from it. Keys of maps are data. */
export function renamedMembers(
  schema: WireSchema | undefined,
  value: unknown,
  path: string,
  visit: (path: string, name: string) => string,
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const item = schema?.type === "list" ? schema.item : undefined;
    return value.map((one) => renamedMembers(item, one, path, visit));
  }
  if (schema?.type === "map" || schema?.type === "struct") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const own = path === "" ? name : `${path}.${name}`;
      const member = schema?.type === "message" ? schema.members.get(name)?.schema() : undefined;
      return [visit(own, name), renamedMembers(member, inner, own, visit)];
    }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const scalar = (name: string, fits: (value: unknown, numericEnums: boolean) => boolean): WireSchema => ({ type: "scalar", name, fits });
const matching = (name: string, pattern: RegExp) => scalar(name, (value) => typeof value === "string" && pattern.test(value));

/** Scalars and well-known types in the JSON mapping of Protocol Buffers, which discovery documents follow. */
export const SCALARS = {
  string: scalar("a string", (value) => typeof value === "string"),
  bool: scalar("a boolean", (value) => typeof value === "boolean"),
  double: scalar("a number", (value) => typeof value === "number" && Number.isFinite(value)),
  int32: scalar("an integer", (value) => Number.isInteger(value)),
  int64: matching("a 64-bit integer as a string", /^-?\d{1,19}$/),
  uint64: matching("an unsigned 64-bit integer as a string", /^\d{1,20}$/),
  bytes: matching("base64", /^[A-Za-z0-9+/_-]*={0,2}$/),
  timestamp: matching("a time in UTC", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6}|\.\d{9})?Z$/),
  dateTime: matching("a time with an offset", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/),
  duration: matching("a duration", /^-?\d+(\.\d{3}|\.\d{6}|\.\d{9})?s$/),
} as const satisfies Record<string, WireSchema>;

/** An enumeration: its names, or its numbers for clients that want those. */
export function enumeration(name: string, values: Readonly<Record<string, number>>): WireSchema {
  const numbers = new Set(Object.values(values));
  return scalar(`one of ${name}`, (value, numericEnums) =>
    numericEnums ? numbers.has(value as number) : typeof value === "string" && Object.hasOwn(values, value),
  );
}
