import type { Field, OperationClass, ServiceDescription, Shape, Wire } from "../../contracts/index.ts";
import { withBody } from "./body-fields.ts";
import { describeService, field, type OperationDraft, type ParseContext } from "./describe-service.ts";
import { guessPages } from "./guess-pages.ts";
import { at, entriesOf, listOf, objectOf, own, textOf, textsOf } from "./json.ts";
import { refusal } from "./refusal.ts";
import { BOOLEAN, createShapeBuilder, EMPTY_OBJECT, INTEGER, NUMBER, oneOf, type ShapeBuilder, STRING, UNKNOWN } from "./shape-builder.ts";

const PROTOCOLS: Readonly<Record<string, Wire["protocol"]>> = { RPC: "alicloud-rpc", ROA: "alicloud-roa", SLS: "alicloud-sls" };
const WRITING = /^(create|update|delete)$/;

/** Reads Alibaba Cloud's OpenAPI metadata 1.0 (`api-docs.json`) of one product. Throws `DESCRIPTION_REFUSED`. */
export function parseAlicloud(document: unknown, context: ParseContext): ServiceDescription {
  const protocol = PROTOCOLS[textOf(at(document, "info", "style")) ?? ""];
  const version = textOf(at(document, "info", "version"));
  if (protocol === undefined || version === undefined) {
    throw refusal(context.origin.source, { en: "it is no OpenAPI metadata of Alibaba Cloud.", zh: "内容不是阿里云的 OpenAPI 元数据。" });
  }
  const builder = createShapeBuilder();
  const shapeOf = alicloudShapes(objectOf(at(document, "components", "schemas")), builder);
  const drafts = function* (): Generator<OperationDraft> {
    for (const [name, api] of entriesOf(own(document, "apis"))) {
      const input = builder.object(inputOf(listOf(own(api, "parameters")), protocol, shapeOf));
      const reply = at(api, "responses", "200", "schema");
      const output = reply === undefined ? EMPTY_OBJECT : shapeOf(reply);
      const path = textOf(own(api, "path"));
      yield {
        name,
        version,
        description: [own(api, "title"), own(api, "summary"), own(api, "description")].filter((text) => typeof text === "string").join(" "),
        statedClass: statedClass(api),
        input,
        output,
        protocol,
        method: methodOf(protocol, textsOf(own(api, "methods"))),
        ...(protocol === "alicloud-rpc" || path === undefined ? {} : { path }),
        pagination: guessPages(input, output),
      };
    }
  };
  return describeService(context, drafts());
}

/** RPC takes any method: parameters of the form need POST. */
function methodOf(protocol: Wire["protocol"], methods: readonly string[]): string {
  if (protocol === "alicloud-rpc") return "POST";
  return (methods[0] ?? "get").toUpperCase();
}

/** Their marks contradict each other (`CreateFilter` is `read`): only what they say of writing is believed. */
function statedClass(api: unknown): OperationClass | null {
  const stated = textOf(own(api, "operationType")) ?? "";
  return stated === "write" || stated === "readAndWrite" || WRITING.test(textOf(at(api, "systemTags", "operationType")) ?? "")
    ? "write"
    : null;
}

/** Of the oldest operations; no longer documented, and whose they are follows from who signs. */
const OBSOLETE: ReadonlySet<string> = new Set(["OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount"]);

const LOCATIONS: Readonly<Record<string, Field["location"]>> = { path: "path", host: "path", header: "header", query: "query" };

function inputOf(
  parameters: readonly unknown[],
  protocol: Wire["protocol"],
  shapeOf: (schema: unknown) => Shape,
): readonly (readonly [string, Field])[] {
  const fields: [string, Field][] = [];
  let body: Shape | undefined;
  for (const parameter of parameters) {
    const name = textOf(own(parameter, "name")) ?? "";
    const schema = own(parameter, "schema");
    if (OBSOLETE.has(name)) continue;
    if (own(parameter, "in") === "body" && protocol !== "alicloud-rpc") {
      body = shapeOf(schema);
      continue;
    }
    const location = protocol === "alicloud-rpc" ? undefined : LOCATIONS[textOf(own(parameter, "in")) ?? ""];
    const isRequired = own(schema, "required") === true || own(schema, "docRequired") === true;
    // `style: json` sends a value as JSON text; without it lists and objects are spread over parameters (`Tag.1.Key`).
    const isSpread = protocol === "alicloud-rpc" && own(parameter, "style") !== "json";
    const shape = shapeOf(schema);
    const isCompound = shape.type === "list" || shape.type === "object" || shape.type === "map";
    const more = {
      ...(isRequired ? { required: true as const } : {}),
      ...(location === undefined ? {} : { location }),
      ...(isSpread && isCompound ? { flattened: true as const } : {}),
    };
    fields.push([name, field(shape, descriptionOf(schema), more)]);
  }
  return withBody(fields, body, "body", false);
}

function alicloudShapes(schemas: unknown, builder: ShapeBuilder): (schema: unknown) => Shape {
  const shapeOf = (schema: unknown): Shape => {
    const reference = textOf(own(schema, "$ref"));
    if (reference !== undefined) {
      const name = reference.slice(reference.lastIndexOf("/") + 1);
      return builder.named(name, () => shapeOf(own(schemas, name)));
    }
    switch (own(schema, "type")) {
      case "object":
        return builder.nested(() => objectShape(schema));
      case "array":
        return builder.nested(() => builder.list(shapeOf(own(schema, "items"))));
      case "string":
        return stringOf(schema);
      case "integer":
        return INTEGER;
      case "number":
        return NUMBER;
      case "boolean":
        return BOOLEAN;
      default:
        return UNKNOWN;
    }
  };
  const objectShape = (schema: unknown): Shape => {
    const values = own(schema, "additionalProperties");
    const properties = entriesOf(own(schema, "properties"));
    if (properties.length === 0 && typeof values === "object" && values !== null) return builder.map(shapeOf(values));
    return builder.object(
      properties.map(([name, inner]) => [
        name,
        field(shapeOf(inner), descriptionOf(inner), own(inner, "required") === true ? { required: true } : {}),
      ]),
    );
  };
  return shapeOf;
}

/** A single value is an example as often as not. */
function stringOf(schema: unknown): Shape {
  const values = textsOf(own(schema, "enum"));
  return values.length > 1 ? oneOf(values) : STRING;
}

function descriptionOf(schema: unknown): unknown {
  return own(schema, "description") ?? own(schema, "title");
}
