import type { Field, ObjectShape, OperationClass, Pagination, ServiceDescription, Shape } from "../../contracts/index.ts";
import { withBody } from "./body-fields.ts";
import { describeService, field, type OperationDraft, type ParseContext } from "./describe-service.ts";
import { googlePath } from "./google-path.ts";
import { itemsOf } from "./guess-items.ts";
import { at, entriesOf, type JsonObject, objectOf, own, textOf, textsOf } from "./json.ts";
import { refusal } from "./refusal.ts";
import { BOOLEAN, BYTES, createShapeBuilder, INTEGER, NUMBER, oneOf, type ShapeBuilder, STRING, TIME, UNKNOWN } from "./shape-builder.ts";

const READ_SCOPE = /\.read(-?only)?$/;
/** A scope that says nothing of a method: it covers all of Google Cloud. */
const ANY_SCOPE = /\/auth\/cloud-platform$/;

/** Reads a Google discovery document. Throws `DESCRIPTION_REFUSED`. */
export function parseDiscovery(document: unknown, context: ParseContext): ServiceDescription {
  const version = textOf(own(document, "version"));
  if (version === undefined || own(document, "resources") === undefined) {
    throw refusal(context.origin.source, { en: "it is no Google discovery document.", zh: "内容不是 Google discovery 文档。" });
  }
  const prefix = `/${textOf(own(document, "servicePath")) ?? ""}`;
  const builder = createShapeBuilder();
  const schemas = objectOf(own(document, "schemas"));
  const shapes = discoveryShapes(schemas, builder);

  const drafts: OperationDraft[] = [];
  const requests = new Set<string>();
  for (const method of ofProjectsFirst(methodsOf(document))) {
    const parameters = objectOf(own(method, "parameters"));
    const { path, placeholders } = googlePath(method, parameters);
    const httpMethod = textOf(own(method, "httpMethod")) ?? "GET";
    // The same request under several ids, for parents of each kind: one is enough.
    if (requests.has(`${httpMethod} ${path}`)) continue;
    requests.add(`${httpMethod} ${path}`);
    const output = shapes(own(method, "response"));
    const input = inputOf(method, parameters, placeholders, shapes, builder);
    drafts.push({
      name: nameOf(method),
      version,
      description: own(method, "description"),
      statedClass: statedClass(httpMethod, textsOf(own(method, "scopes"))),
      reach: /\{(region|location)\}/.test(path) ? "region" : "account",
      input,
      output,
      protocol: "rest",
      method: httpMethod,
      path: `${prefix}${path}`.replace(/\/{2,}/g, "/"),
      pagination: pagination(input, output),
    });
  }
  return describeService(context, drafts);
}

/** Methods at every depth of resources. */
function* methodsOf(document: unknown): Generator<JsonObject> {
  const waiting: unknown[] = [document];
  for (let resource = waiting.shift(); resource !== undefined; resource = waiting.shift()) {
    for (const [, method] of entriesOf(own(resource, "methods"))) yield objectOf(method);
    waiting.push(...entriesOf(own(resource, "resources")).map(([, inner]) => inner));
  }
}

const OTHER_PARENT = /^(organizations|folders|billingAccounts)\./;

/** Methods that exist for organizations, folders and billing accounts too are left out where they exist for projects: we ask projects. */
function ofProjectsFirst(methods: Iterable<JsonObject>): JsonObject[] {
  const all = [...methods];
  const names = new Set(all.map(nameOf));
  const isTwin = (name: string) => OTHER_PARENT.test(name) && names.has(name.replace(OTHER_PARENT, "projects."));
  const rank = (method: JsonObject) => (nameOf(method).startsWith("projects.") ? 0 : 1);
  return all.filter((method) => !isTwin(nameOf(method))).sort((a, b) => rank(a) - rank(b));
}

/** `monitoring.projects.timeSeries.list` without the API's name. */
function nameOf(method: JsonObject): string {
  const id = textOf(own(method, "id")) ?? "";
  return id.slice(id.indexOf(".") + 1);
}

function inputOf(
  method: JsonObject,
  parameters: JsonObject,
  placeholders: readonly (readonly [string, Field])[],
  shapes: (schema: unknown) => Shape,
  builder: ShapeBuilder,
): ObjectShape {
  const queries = Object.entries(parameters).flatMap(([name, parameter]): [string, Field][] => {
    if (own(parameter, "location") !== "query") return [];
    const shape = shapes(parameter);
    const isRequired = own(parameter, "required") === true;
    const isRepeated = own(parameter, "repeated") === true;
    const more = { ...(isRequired ? { required: true as const } : {}), ...(isRepeated ? { flattened: true as const } : {}) };
    return [[name, field(isRepeated ? builder.list(shape) : shape, own(parameter, "description"), { location: "query", ...more })]];
  });
  const body = own(method, "request") === undefined ? undefined : shapes(own(method, "request"));
  return builder.object(withBody([...placeholders, ...queries], body, "requestBody", true));
}

function discoveryShapes(schemas: JsonObject, builder: ShapeBuilder): (schema: unknown) => Shape {
  const shapeOf = (schema: unknown): Shape => {
    const reference = textOf(own(schema, "$ref"));
    if (reference !== undefined) return builder.named(reference, () => shapeOf(own(schemas, reference)));
    switch (own(schema, "type")) {
      case "object": {
        const values = own(schema, "additionalProperties");
        if (values !== undefined) return builder.nested(() => builder.map(shapeOf(values)));
        return builder.nested(() => builder.object(entriesOf(own(schema, "properties")).map(([name, inner]) => [name, fieldOf(inner)])));
      }
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
  const fieldOf = (schema: unknown): Field => {
    const description = own(schema, "description");
    const isRequired = textOf(description)?.startsWith("Required.") === true;
    return field(shapeOf(schema), description, isRequired ? { required: true } : {});
  };
  return shapeOf;
}

/** 64-bit integers travel as strings, and are left so. */
function stringOf(schema: unknown): Shape {
  const format = own(schema, "format");
  if (format === "google-datetime" || format === "date-time") return TIME;
  if (format === "byte") return BYTES;
  const values = textsOf(own(schema, "enum"));
  return values.length === 0 ? STRING : oneOf(values);
}

/** A method that accepts a scope for reading reads; one that accepts only others, and not by GET, changes something. */
function statedClass(httpMethod: string, scopes: readonly string[]): OperationClass | null {
  if (httpMethod === "GET" || httpMethod === "HEAD") return "read";
  if (httpMethod !== "POST") return "write";
  if (scopes.some((scope) => READ_SCOPE.test(scope) && !ANY_SCOPE.test(scope))) return "read";
  return scopes.some((scope) => !ANY_SCOPE.test(scope)) ? "write" : null;
}

function pagination(input: ObjectShape, output: Shape): Pagination | undefined {
  if (output.type !== "object" || at(input.fields, "pageToken") === undefined || at(output.fields, "nextPageToken") === undefined)
    return undefined;
  const items = itemsOf(output) ?? (output.fields.items?.shape.type === "map" ? "items" : undefined);
  return items === undefined ? undefined : { items, by: "token", inputToken: "pageToken", outputToken: "nextPageToken" };
}
