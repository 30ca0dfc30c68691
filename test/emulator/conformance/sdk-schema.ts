/**
 * Reads the schemas inside the vendor's packages (`dist-es/schemas`): arrays `[kind, namespace, name, traits, …]`, where a member is a
 * schema or `[schema, traits]`, and a schema may be a number (a simple type), an array, or a function that returns one.
 */
export type SchemaRef = number | "unit" | readonly unknown[] | (() => SchemaRef);

export type Shape =
  | { readonly type: "string" | "number" | "boolean" | "blob" | "document" }
  /** Nothing at all, not even an empty object. */
  | { readonly type: "unit" }
  | { readonly type: "timestamp"; readonly format: "default" | "date-time" | "http-date" | "epoch-seconds" }
  | { readonly type: "list"; readonly item: Member }
  | { readonly type: "map"; readonly value: Member }
  | { readonly type: "structure"; readonly name: string; readonly members: readonly NamedMember[]; readonly required: number };

export interface Member {
  readonly schema: SchemaRef;
  /** `xmlName`, `xmlFlattened`, `httpHeader`, `jsonName`, …, as the package spells them. */
  readonly traits: Readonly<Record<string, unknown>>;
}

interface NamedMember extends Member {
  readonly name: string;
}

// @smithy/core, `submodules/schema/schemas/sentinels` and `schemas/*Schema`: the numbers of this encoding.
const SIMPLE: Readonly<Record<number, Shape>> = {
  0: { type: "string" },
  1: { type: "number" },
  2: { type: "boolean" },
  4: { type: "timestamp", format: "default" },
  5: { type: "timestamp", format: "date-time" },
  6: { type: "timestamp", format: "http-date" },
  7: { type: "timestamp", format: "epoch-seconds" },
  15: { type: "document" },
  17: { type: "number" },
  19: { type: "number" },
  21: { type: "blob" },
};
const LIST_OF = 64;
const MAP_OF = 128;
const KINDS = { list: 1, map: 2, structure: 3, union: 4, error: -3, operation: 9, simple: 0 } as const;

export function shapeOf(reference: SchemaRef): Shape {
  const schema = resolve(reference);
  if (typeof schema === "number") {
    if (schema & LIST_OF) return { type: "list", item: { schema: schema & ~LIST_OF, traits: {} } };
    if (schema & MAP_OF) return { type: "map", value: { schema: schema & ~MAP_OF, traits: {} } };
    const simple = SIMPLE[schema];
    if (simple === undefined) throw new TypeError(`Unknown simple schema ${schema}`);
    return simple;
  }
  if (schema === "unit") return { type: "unit" };
  const [kind, , name] = schema;
  switch (kind) {
    case KINDS.simple:
      return shapeOf(schema[4] as SchemaRef);
    case KINDS.list:
      return { type: "list", item: memberOf(schema[4]) };
    case KINDS.map:
      return { type: "map", value: memberOf(schema[5]) };
    case KINDS.structure:
    case KINDS.union:
    case KINDS.error: {
      const members = schema[5] as readonly unknown[];
      return {
        type: "structure",
        name: String(name),
        members: (schema[4] as readonly string[]).map((member, index) => ({ name: member, ...memberOf(members[index]) })),
        required: Number(schema[6] ?? 0),
      };
    }
    default:
      throw new TypeError(`Unknown kind of schema ${String(kind)}`);
  }
}

function resolve(reference: SchemaRef): number | "unit" | readonly unknown[] {
  return typeof reference === "function" ? resolve(reference()) : reference;
}

function memberOf(value: unknown): Member {
  // A member with traits is a pair; every schema that is an array has at least four elements.
  if (Array.isArray(value) && value.length === 2) return { schema: value[0] as SchemaRef, traits: traitsOf(value[1]) };
  return { schema: value as SchemaRef, traits: {} };
}

function traitsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

export interface ServiceModel {
  /** Output schema of an operation. */
  output(operation: string): SchemaRef;
  /** Error shapes by the codes that stand on the wire: names, and for query protocols their `awsQueryError` codes. */
  readonly errors: ReadonlyMap<string, SchemaRef>;
}

/** The model in a vendor package: what `import * as module` gives. */
export function serviceModel(module: object): ServiceModel {
  const exported = module as Readonly<Record<string, unknown>>;
  const errors = new Map<string, SchemaRef>();
  for (const schema of Object.values(exported)) {
    if (!Array.isArray(schema) || schema[0] !== KINDS.error) continue;
    errors.set(String(schema[2]), schema);
    const code = queryCodeOf(schema);
    if (code !== undefined) errors.set(code, schema);
  }
  return {
    output: (operation) => {
      const schema = exported[`${operation}$`];
      if (!Array.isArray(schema) || schema[0] !== KINDS.operation) throw new TypeError(`The model has no operation ${operation}`);
      return schema[5] as SchemaRef;
    },
    errors,
  };
}

/** What an error is called in the query protocols, where that is not its name. */
export function queryCodeOf(error: SchemaRef): string | undefined {
  const schema = resolve(error);
  const { awsQueryError: code } = typeof schema === "object" ? traitsOf(schema[3]) : {};
  return Array.isArray(code) ? String(code[0]) : undefined;
}
