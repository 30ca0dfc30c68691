import type { Field, ObjectShape, Shape, Wire } from "../../contracts/index.ts";
import { field } from "./describe-service.ts";
import { at, entriesOf, type JsonObject, listOf, own, textOf } from "./json.ts";
import { BOOLEAN, BYTES, createShapeBuilder, EMPTY_OBJECT, INTEGER, NUMBER, oneOf, STRING, TIME, UNKNOWN } from "./shape-builder.ts";

type Direction = "request" | "reply";

const PRELUDE: Readonly<Record<string, Shape>> = {
  string: STRING,
  blob: BYTES,
  boolean: BOOLEAN,
  primitiveboolean: BOOLEAN,
  byte: INTEGER,
  short: INTEGER,
  integer: INTEGER,
  primitiveinteger: INTEGER,
  long: INTEGER,
  primitivelong: INTEGER,
  intenum: INTEGER,
  biginteger: INTEGER,
  float: NUMBER,
  double: NUMBER,
  primitivedouble: NUMBER,
  primitivefloat: NUMBER,
  bigdecimal: NUMBER,
  timestamp: TIME,
  document: UNKNOWN,
};

/** Shapes of a Smithy model by their id, as requests or replies of a protocol hold them. */
export function smithyShapes(
  shapes: JsonObject,
  protocol: Wire["protocol"],
  direction: Direction,
): (id: string | undefined) => ObjectShape {
  const builder = createShapeBuilder();
  const isQuery = protocol === "aws-query" || protocol === "aws-ec2-query";

  const shapeOf = (id: string): Shape => {
    if (id.startsWith("smithy.api#")) return PRELUDE[id.slice("smithy.api#".length).toLowerCase()] ?? UNKNOWN;
    const definition = own(shapes, id);
    switch (own(definition, "type")) {
      case "structure":
      case "union":
        return builder.named(id, () => builder.object(fieldsOf(definition, own(definition, "type") === "union")));
      case "list":
      case "set":
        return builder.named(id, () => builder.list(shapeOf(textOf(at(definition, "member", "target")) ?? "")));
      case "map":
        return builder.named(id, () => builder.map(shapeOf(textOf(at(definition, "value", "target")) ?? "")));
      case "enum":
        return oneOf(
          entriesOf(own(definition, "members")).map(([name, member]) => textOf(at(member, "traits", "smithy.api#enumValue")) ?? name),
        );
      case "string":
        return oneOf(listOf(at(definition, "traits", "smithy.api#enum")).map((entry) => textOf(own(entry, "value")) ?? ""));
      default:
        return PRELUDE[(textOf(own(definition, "type")) ?? "").toLowerCase()] ?? UNKNOWN;
    }
  };

  const fieldsOf = (structure: unknown, isUnion: boolean): (readonly [string, Field])[] =>
    entriesOf(own(structure, "members")).flatMap(([name, member]) => {
      const traits = own(member, "traits");
      if (direction === "reply" && own(traits, "smithy.api#httpResponseCode") !== undefined) return [];
      const shape = shapeOf(textOf(own(member, "target")) ?? "");
      const isRequired = own(traits, "smithy.api#required") !== undefined && !isUnion;
      const more = {
        ...(isRequired ? { required: true as const } : {}),
        ...(isQuery ? queryWire(name, member, shape) : restWire(name, traits)),
      };
      return [[name, field(shape, own(traits, "smithy.api#documentation"), more)]];
    });

  /**
   * Names of the query protocols (smithy.io, "AWS query protocol" and "AWS EC2 query protocol"): `Filters.member.1`, unless the list's
   * member has a name of its own (`Filters.Filter.1`) or is flattened (`Filter.1`); those of EC2 begin with a capital.
   */
  const queryWire = (name: string, member: unknown, shape: Shape): Partial<Field> => {
    const traits = own(member, "traits");
    const xmlName = textOf(own(traits, "smithy.api#xmlName"));
    if (direction === "reply") {
      return { ...named(name, xmlName ?? name), ...(own(traits, "smithy.api#xmlFlattened") === undefined ? {} : { flattened: true }) };
    }
    const isList = shape.type === "list";
    if (protocol === "aws-ec2-query") {
      const wireName = textOf(own(traits, "aws.protocols#ec2QueryName")) ?? capitalised(xmlName ?? name);
      return { ...named(name, wireName), ...(isList ? { flattened: true } : {}) };
    }
    const wireName = xmlName ?? name;
    if (!isList || own(traits, "smithy.api#xmlFlattened") !== undefined) {
      return { ...named(name, wireName), ...(isList ? { flattened: true } : {}) };
    }
    const list = own(shapes, textOf(own(member, "target")) ?? "");
    const itemName = textOf(at(list, "member", "traits", "smithy.api#xmlName"));
    return itemName === undefined || itemName === "member"
      ? named(name, wireName)
      : { wireName: `${wireName}.${itemName}`, flattened: true };
  };

  const restWire = (name: string, traits: unknown): Partial<Field> => {
    const header = textOf(own(traits, "smithy.api#httpHeader")) ?? textOf(own(traits, "smithy.api#httpPrefixHeaders"));
    const query = textOf(own(traits, "smithy.api#httpQuery"));
    if (header !== undefined) return { location: "header", ...named(name, header) };
    if (query !== undefined) return { location: "query", ...named(name, query) };
    if (own(traits, "smithy.api#httpQueryParams") !== undefined) return { location: "query" };
    if (own(traits, "smithy.api#httpLabel") !== undefined) return { location: "path" };
    if (own(traits, "smithy.api#httpPayload") !== undefined) return { location: "body" };
    // `jsonName` holds for REST protocols only (smithy.io, "AWS JSON 1.1 protocol").
    return protocol === "aws-rest-json" ? named(name, textOf(own(traits, "smithy.api#jsonName")) ?? name) : {};
  };

  return (id) => {
    const shape = id === undefined ? EMPTY_OBJECT : shapeOf(id);
    return shape.type === "object" ? shape : EMPTY_OBJECT;
  };
}

function named(name: string, wireName: string): Partial<Field> {
  return wireName === name || wireName === "" || wireName.length > 200 ? {} : { wireName };
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
