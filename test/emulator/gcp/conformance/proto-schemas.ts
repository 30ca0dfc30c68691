import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { enumeration, SCALARS, type WireMember, type WireSchema } from "./wire-schema.ts";

// The descriptors the vendor's packages are generated from, in the JSON of protobuf.js.
interface ProtoField {
  readonly type: string;
  readonly rule?: string;
  readonly keyType?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}
interface ProtoNode {
  readonly fields?: Readonly<Record<string, ProtoField>>;
  readonly oneofs?: Readonly<Record<string, { readonly oneof: readonly string[] }>>;
  readonly values?: Readonly<Record<string, number>>;
  readonly nested?: Readonly<Record<string, ProtoNode>>;
}

const WELL_KNOWN: Readonly<Record<string, WireSchema>> = {
  "google.protobuf.Timestamp": SCALARS.timestamp,
  "google.protobuf.Duration": SCALARS.duration,
  "google.protobuf.BoolValue": SCALARS.bool,
  "google.protobuf.Struct": { type: "struct" },
  "google.protobuf.Any": { type: "struct" },
};
const TYPES: Readonly<Record<string, WireSchema>> = {
  ...SCALARS,
  float: SCALARS.double,
  sint32: SCALARS.int32,
  uint32: SCALARS.int32,
};

/** Messages and enumerations of one file of descriptors. */
class ProtoSchemas {
  readonly #root: ProtoNode;
  readonly #known = new Map<string, WireSchema>();

  constructor(file: string) {
    this.#root = JSON.parse(readFileSync(file, "utf8")) as ProtoNode;
  }

  /** The schema of a message by its full name. */
  message(name: string): WireSchema {
    const node = find(this.#root, name.split("."));
    if (node === undefined) throw new RangeError(`The descriptors have no ${name}.`);
    return this.#schemaOf(name, node);
  }

  #schemaOf(name: string, node: ProtoNode): WireSchema {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (node.values !== undefined) return enumeration(name, node.values);
    const members = new Map<string, WireMember>();
    // An optional field is a oneof of its own, which says nothing here.
    const alternatives = Object.values(node.oneofs ?? {})
      .map(({ oneof }) => oneof)
      .filter((oneof) => oneof.length > 1);
    const schema: WireSchema = { type: "message", name, members, alternatives };
    this.#known.set(name, schema);
    for (const [field, descriptor] of Object.entries(node.fields ?? {})) {
      const behaviour = String(descriptor.options?.["(google.api.field_behavior)"] ?? "");
      members.set(field, { schema: () => this.#fieldSchema(name, descriptor), required: /REQUIRED|IDENTIFIER/.test(behaviour) });
    }
    return schema;
  }

  #fieldSchema(scope: string, { type, rule, keyType }: ProtoField): WireSchema {
    const one = TYPES[type] ?? this.#resolve(scope, type);
    if (keyType !== undefined) return { type: "map", value: one };
    return rule === "repeated" ? { type: "list", item: one, mayBeEmpty: false } : one;
  }

  /** Names are looked up from the innermost scope outwards. */
  #resolve(scope: string, type: string): WireSchema {
    const wellKnown = WELL_KNOWN[type];
    if (wellKnown !== undefined) return wellKnown;
    const parts = scope.split(".");
    for (let length = parts.length; length >= 0; length--) {
      const name = [...parts.slice(0, length), type].join(".");
      const node = find(this.#root, name.split("."));
      if (node !== undefined && (node.fields !== undefined || node.values !== undefined)) return this.#schemaOf(name, node);
    }
    throw new RangeError(`The descriptors have no ${type} as seen from ${scope}.`);
  }
}

function find(root: ProtoNode, names: readonly string[]): ProtoNode | undefined {
  let node: ProtoNode | undefined = root;
  for (const name of names) node = node?.nested?.[name];
  return node;
}

const require = createRequire(import.meta.url);
const monitoring = require.resolve("@google-cloud/monitoring");
const logging = createRequire(require.resolve("@google-cloud/logging")).resolve("@google-cloud/logging-api");
/** `build/protos` of the package that all of the vendor's clients share. */
const SHARED_PROTOS = join(dirname(createRequire(monitoring).resolve("google-gax")), "..", "protos");

export const MONITORING_PROTOS = new ProtoSchemas(join(dirname(monitoring), "..", "protos", "protos.json"));
export const LOGGING_PROTOS = new ProtoSchemas(join(dirname(logging), "..", "protos", "protos.json"));
export const ERROR_PROTOS = new ProtoSchemas(join(SHARED_PROTOS, "status.json"));

/** Names of an enumeration in one of the shared `.proto` files. */
export function sharedEnumNames(file: string): ReadonlySet<string> {
  const text = readFileSync(join(SHARED_PROTOS, file), "utf8");
  return new Set([...text.matchAll(/^ {2}([A-Z][A-Z_]*) = \d+;/gm)].flatMap(([, name]) => name ?? []));
}
