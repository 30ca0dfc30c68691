import type { Declaration } from "./read-declarations.ts";
import { type Literal, Reference } from "./read-schemas.ts";

/** What an `@aws-sdk/client-*` package says, taken from its files. */
export interface AwsPackage {
  /** Of `dist-es/schemas`. */
  readonly schemas: ReadonlyMap<string, Literal>;
  /** Of `dist-types/models`. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Documentation by name of the operation. */
  readonly documentation: ReadonlyMap<string, string>;
  readonly paginated: ReadonlyMap<string, { readonly inputToken: string; readonly outputToken: string }>;
  /** `AwsJson1_1Protocol`. */
  readonly protocol: string;
  readonly version: string;
  /** `Logs_20140328`. */
  readonly target: string;
}

type Traits = Record<string, unknown>;

const PROTOCOL_TRAITS: Readonly<Record<string, string>> = {
  AwsJson1_0Protocol: "awsJson1_0",
  AwsJson1_1Protocol: "awsJson1_1",
  AwsRestJsonProtocol: "restJson1",
  AwsRestXmlProtocol: "restXml",
  AwsQueryProtocol: "awsQuery",
  AwsEc2QueryProtocol: "ec2Query",
};

/** Bits of a member's traits (`@smithy/core`, `translateTraits`). */
const TRAIT_BITS = ["httpLabel", "idempotent", "idempotencyToken", "sensitive", "httpPayload", "httpResponseCode", "httpQueryParams"];

/** Numbers that stand for simple shapes (`@smithy/core`, `SCHEMA`). */
const SIMPLE: Readonly<Record<number, string>> = {
  0: "String",
  1: "Double",
  2: "Boolean",
  4: "Timestamp",
  5: "Timestamp",
  6: "Timestamp",
  7: "Timestamp",
  15: "Document",
  17: "BigInteger",
  19: "BigDecimal",
  21: "Blob",
  42: "Blob",
};

const LIST = 64;
const MAP = 128;

/** The package's schemas as the Smithy model they were generated from: one parser reads both. */
export function awsModel(from: AwsPackage): unknown {
  const shapes = new Map<string, unknown>();
  const text = (literal: Literal | undefined): string => {
    const value = literal instanceof Reference ? from.schemas.get(literal.name) : literal;
    return typeof value === "string" ? value : "";
  };

  const traitsOf = (literal: Literal | undefined): Traits => {
    if (typeof literal === "number") {
      return Object.fromEntries(TRAIT_BITS.filter((_, bit) => (literal >> bit) & 1).map((name) => [`smithy.api#${name}`, {}]));
    }
    if (typeof literal !== "object" || literal instanceof Reference || Array.isArray(literal)) return {};
    return Object.fromEntries(
      Object.entries(literal).map(([key, value]) => {
        const name = key.startsWith("[") ? text(new Reference(key.slice(1, -1))) : key;
        if (name === "http" && Array.isArray(value)) return ["smithy.api#http", { method: text(value[0]), uri: text(value[1]) }];
        return [
          name === "ec2QueryName" ? "aws.protocols#ec2QueryName" : `smithy.api#${name}`,
          typeof value === "number" ? {} : text(value),
        ];
      }),
    );
  };

  /** The id of a shape that stands for a schema, and the shape itself where it is not there yet. */
  const idOf = (schema: Literal | undefined, declared: string): string => {
    if (typeof schema === "number") {
      if (schema >= MAP) return simple(`map of ${schema - MAP}`, { type: "map", value: { target: idOf(schema - MAP, "") } });
      if (schema >= LIST) {
        const items = idOf(schema - LIST, declared);
        return simple(`list of ${items}`, { type: "list", member: { target: items } });
      }
      return schema === 0 && enumOf(declared) !== undefined ? (enumOf(declared) ?? "") : `smithy.api#${SIMPLE[schema] ?? "Document"}`;
    }
    if (schema instanceof Reference) {
      const value = from.schemas.get(schema.name);
      if (typeof value === "number") return idOf(value, declared);
      // Every list of an enum is a list of strings by its schema: the declaration knows better.
      const isListOfEnum =
        Array.isArray(value) && value[0] === 1 && enumOf(declared) !== undefined && idOfItems(value) === "smithy.api#String";
      if (isListOfEnum) return named(`${schema.name} of ${declared}`, () => shapeOf(value, declared));
      return Array.isArray(value) ? named(schema.name, () => shapeOf(value, "")) : "smithy.api#Document";
    }
    return Array.isArray(schema) ? idOf(schema[0], declared) : "smithy.api#Unit";
  };

  const idOfItems = (list: readonly Literal[]) => idOf(Array.isArray(list[4]) ? list[4][0] : list[4], "");

  const enumOf = (declared: string): string | undefined => {
    const name = declared.match(/\w+/)?.[0] ?? "";
    const values = from.declarations.get(name)?.values ?? [];
    if (values.length === 0) return undefined;
    return simple(`enum ${name}`, {
      type: "enum",
      members: Object.fromEntries(values.map((value) => [`value ${value}`, enumMember(value)])),
    });
  };

  const simple = (id: string, shape: unknown): string => {
    shapes.set(id, shape);
    return id;
  };

  const named = (id: string, define: () => unknown): string => {
    if (shapes.has(id)) return id;
    // Before it is complete, so that what refers to itself ends.
    shapes.set(id, undefined);
    shapes.set(id, define());
    return id;
  };

  const member = (schema: Literal | undefined, declared: string, documentation: string, isRequired: boolean) => {
    const [target, traits] = Array.isArray(schema) && typeof schema[0] !== "undefined" ? [schema[0], traitsOf(schema[1])] : [schema, {}];
    return {
      target: idOf(target, declared),
      traits: {
        ...traits,
        ...(documentation === "" ? {} : { "smithy.api#documentation": documentation }),
        ...(isRequired ? { "smithy.api#required": {} } : {}),
      },
    };
  };

  const shapeOf = (schema: readonly Literal[], declared: string): unknown => {
    const [kind, , name, traits, first, second, required] = schema;
    switch (kind) {
      case 0:
        return { type: "string" };
      case 1:
        return { type: "list", member: member(first, declared, "", false), traits: traitsOf(traits) };
      case 2:
        return { type: "map", value: member(second, declared, "", false), traits: traitsOf(traits) };
      case 3:
      case 4: {
        const fields = new Map(from.declarations.get(text(name))?.fields.map((field) => [field.name, field]));
        const names = Array.isArray(first) ? first.map(text) : [];
        const members = names.map((key, index) => {
          const field = fields.get(key);
          const schemaOfMember = Array.isArray(second) ? second[index] : undefined;
          return [key, member(schemaOfMember, field?.type ?? "", field?.documentation ?? "", index < Number(required ?? 0))] as const;
        });
        return { type: kind === 3 ? "structure" : "union", members: Object.fromEntries(members) };
      }
      default:
        return undefined;
    }
  };

  const operations = [...from.schemas].flatMap(([, schema]) => {
    if (!Array.isArray(schema) || schema[0] !== 9) return [];
    const name = text(schema[2]);
    const paginated = from.paginated.get(name);
    const id = `operation#${name}`;
    shapes.set(id, {
      type: "operation",
      input: { target: idOf(schema[4], "") },
      output: { target: idOf(schema[5], "") },
      traits: {
        ...traitsOf(schema[3]),
        "smithy.api#documentation": from.documentation.get(name) ?? "",
        ...(paginated === undefined ? {} : { "smithy.api#paginated": paginated }),
      },
    });
    return [{ target: id }];
  });
  const protocol = PROTOCOL_TRAITS[from.protocol] ?? "";
  const service = { type: "service", version: from.version, operations, traits: { [`aws.protocols#${protocol}`]: {} } };
  return { shapes: Object.fromEntries([[`service#${from.target}`, service], ...shapes]) };
}

function enumMember(value: string) {
  return { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": value } };
}
