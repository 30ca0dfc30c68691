/** The shape of a JSON value. */
export type Schema =
  | { readonly type: "string" | "number" | "integer" | "boolean" | "any" }
  | { readonly type: "list"; readonly item: Schema }
  /** Keys are data. */
  | { readonly type: "map"; readonly value: Schema }
  | { readonly type: "structure"; readonly name: string; readonly members: ReadonlyMap<string, Member> };

export interface Member {
  readonly schema: Schema;
  readonly required: boolean;
}

/** A description in the format of the vendor's SDK metadata (`meta_type.json`). */
interface MetaType {
  readonly TypeName: string;
  readonly TypeOf?: string;
  readonly Required?: boolean;
}
export interface MetaNode {
  readonly MetaTypes: Readonly<Record<string, MetaType>>;
  readonly ChildMetas?: Readonly<Record<string, MetaNode>>;
}

/** A node of the vendor's metadata as a schema. */
export function metaSchema(name: string, node: MetaNode): Schema {
  const members = Object.entries(node.MetaTypes).map(([member, type]) => {
    const child = node.ChildMetas?.[member];
    const inner = child && metaSchema(`${name}.${member}`, child);
    return [member, { schema: schemaOf(type, inner), required: type.Required === true }] as const;
  });
  return { type: "structure", name, members: new Map(members) };
}

function schemaOf({ TypeName: type, TypeOf: of }: MetaType, inner: Schema | undefined): Schema {
  switch (type) {
    case "string":
    case "number":
    case "integer":
    case "boolean":
      return { type };
    case "array":
      return { type: "list", item: inner ?? schemaOf({ TypeName: of ?? "any" }, undefined) };
    case "map":
      // The only map of the operations here holds lists of strings; the metadata says "array" and no more.
      return { type: "map", value: of === "array" ? { type: "list", item: { type: "string" } } : { type: "any" } };
    default:
      return inner ?? { type: "any" };
  }
}

/** What in a value does not fit: unknown members, missing ones, wrong types. Null stands for an object that is not there. */
export function violationsOf(schema: Schema, value: unknown, path: string): string[] {
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(value)?.slice(0, 80)}`];
  switch (schema.type) {
    case "any":
      return [];
    case "integer":
      return Number.isInteger(value) ? [] : wrong("an integer");
    case "string":
    case "number":
    case "boolean":
      return typeof value === schema.type ? [] : wrong(schema.type);
    case "list":
      if (!Array.isArray(value)) return wrong("a list");
      return value.flatMap((item, index) => violationsOf(schema.item, item, `${path}[${index}]`));
    case "map":
      if (!isRecord(value)) return wrong("a map");
      return Object.entries(value).flatMap(([key, item]) => violationsOf(schema.value, item, `${path}.${key}`));
    case "structure": {
      if (value === null) return [];
      if (!isRecord(value)) return wrong(schema.name);
      const missing = [...schema.members].filter(([name, { required }]) => required && !Object.hasOwn(value, name));
      return [
        ...missing.map(([name]) => `${path}.${name}: required by ${schema.name}`),
        ...Object.entries(value).flatMap(([name, item]) => {
          const member = schema.members.get(name);
          return member === undefined
            ? [`${path}.${name}: ${schema.name} has no such member`]
            : violationsOf(member.schema, item, `${path}.${name}`);
        }),
      ];
    }
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
