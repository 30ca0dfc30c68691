/** What a value on the wire may be. */
export type Schema =
  | { readonly type: "string" | "number" | "boolean" | "any" }
  | { readonly type: "list"; readonly item: Schema }
  /** Keys are data; those named here have to be among them. */
  | { readonly type: "map"; readonly value: Schema; readonly required: readonly string[] }
  /** Text that is JSON itself. */
  | { readonly type: "json-text"; readonly content: Schema }
  | {
      readonly type: "structure";
      readonly name: string;
      readonly members: Readonly<Record<string, Schema>>;
      readonly required: readonly string[];
    };

export const STRING = { type: "string" } as const;
export const NUMBER = { type: "number" } as const;
export const BOOLEAN = { type: "boolean" } as const;
const ANY = { type: "any" } as const;

export function listOf(item: Schema): Schema {
  return { type: "list", item };
}

export function structure(name: string, members: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: "structure", name, members, required };
}

/** A model class of the vendor's packages: wire names and types of its members. */
interface SdkModel {
  readonly name: string;
  names(): Readonly<Record<string, string>>;
  types(): Readonly<Record<string, unknown>>;
}

/** The schema behind a model class. The vendor's models require nothing. */
export function schemaOf(type: unknown): Schema {
  if (type === "string" || type === "number" || type === "boolean") return { type };
  if (isModel(type)) {
    const [names, types] = [type.names(), type.types()];
    return structure(type.name, Object.fromEntries(Object.entries(names).map(([name, wire]) => [wire, schemaOf(types[name])])));
  }
  const { type: kind, itemType, valueType } = (typeof type === "object" && type !== null ? type : {}) as Record<string, unknown>;
  if (kind === "array") return listOf(schemaOf(itemType));
  if (kind === "map") return { type: "map", value: schemaOf(valueType), required: [] };
  return ANY;
}

function isModel(type: unknown): type is SdkModel {
  return typeof type === "function" && "names" in type && "types" in type;
}

/** The schema with another one at a path (`Alarms.Alarm.Resources`; lists are walked through), or with members that are required there. */
export function refined(schema: Schema, path: string, change: Schema | readonly string[]): Schema {
  if (schema.type === "list") return listOf(refined(schema.item, path, change));
  if (path === "") {
    if (!Array.isArray(change)) return change as Schema;
    if (schema.type !== "structure" && schema.type !== "map") throw new TypeError(`Nothing to require of ${schema.type}`);
    return { ...schema, required: change };
  }
  const [name = "", ...rest] = path.split(".");
  const member = schema.type === "structure" ? schema.members[name] : undefined;
  if (schema.type !== "structure" || member === undefined) throw new TypeError(`There is no ${path}`);
  return { ...schema, members: { ...schema.members, [name]: refined(member, rest.join("."), change) } };
}
