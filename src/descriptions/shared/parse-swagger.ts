import type { Field, ObjectShape, OperationClass, Pagination, ServiceDescription, Shape } from "../../contracts/index.ts";
import { withBody } from "./body-fields.ts";
import { describeService, field, type OperationDraft, type ParseContext } from "./describe-service.ts";
import { at, entriesOf, listOf, own, textOf } from "./json.ts";
import { refusal } from "./refusal.ts";
import { EMPTY_OBJECT } from "./shape-builder.ts";
import { followReference, type SwaggerNode } from "./swagger-references.ts";
import { type SwaggerShapes, swaggerShapes } from "./swagger-shapes.ts";

const METHODS: ReadonlySet<string> = new Set(["get", "head", "post", "put", "patch", "delete"]);

/**
 * Reads Swagger 2.0 documents as Azure publishes them: the operations of those in `mains`; the others are there to be referred to, by
 * the path that is their key. Throws `DESCRIPTION_REFUSED`.
 */
export function parseSwagger(documents: ReadonlyMap<string, unknown>, mains: readonly string[], context: ParseContext): ServiceDescription {
  const shapes = swaggerShapes(documents);
  const drafts = function* (): Generator<OperationDraft> {
    for (const main of mains) {
      const document = documents.get(main);
      if (own(document, "swagger") !== "2.0") {
        throw refusal(context.origin.source, { en: `${main} is no Swagger 2.0 document.`, zh: `${main} 不是 Swagger 2.0 文档。` });
      }
      for (const [path, item] of [...entriesOf(own(document, "paths")), ...entriesOf(own(document, "x-ms-paths"))]) {
        for (const [method, operation] of entriesOf(item)) {
          if (METHODS.has(method)) yield draftOf({ documents, shapes, main, path, item, method, operation });
        }
      }
    }
  };
  return describeService(context, drafts());
}

interface Place {
  readonly documents: ReadonlyMap<string, unknown>;
  readonly shapes: SwaggerShapes;
  readonly main: string;
  readonly path: string;
  readonly item: unknown;
  readonly method: string;
  readonly operation: unknown;
}

function draftOf(place: Place): OperationDraft {
  const { documents, main, operation } = place;
  const method = place.method.toUpperCase();
  const parameters = [...listOf(own(place.item, "parameters")), ...listOf(own(operation, "parameters"))].map((value) =>
    followReference(documents, { document: main, value }),
  );
  const path = pathOf(place, parameters);
  const output = outputOf(place);
  return {
    name: textOf(own(operation, "operationId")) ?? "",
    version: textOf(at(documents.get(main), "info", "version")) ?? "",
    description: own(operation, "description") ?? own(operation, "summary"),
    statedClass: statedClass(method, own(operation, "x-ms-long-running-operation") === true),
    ...permissionOf(path, method),
    reach: /\/locations\/\{\w+\}/i.test(path) ? "region" : "account",
    input: inputOf(place.shapes, parameters),
    output,
    protocol: "rest",
    method,
    path,
    pagination: pagination(operation, output),
  };
}

function inputOf({ builder, shapeOf }: SwaggerShapes, parameters: readonly SwaggerNode[]): ObjectShape {
  const fields: [string, Field][] = [];
  let body: { readonly name: string; readonly shape: Shape; readonly isRequired: boolean } | undefined;
  for (const { document, value } of parameters) {
    const name = textOf(own(value, "name")) ?? "";
    const location = own(value, "in");
    const isRequired = own(value, "required") === true;
    if (location === "body") body = { name, isRequired, shape: shapeOf({ document, value: own(value, "schema") }) };
    if (name === "api-version" || (location !== "path" && location !== "query" && location !== "header")) continue;
    const more = { location, ...(isRequired ? { required: true as const } : {}), ...repeats(value) } as const;
    fields.push([name, field(shapeOf({ document, value }), own(value, "description"), more)]);
  }
  return builder.object(withBody(fields, body?.shape, body?.name ?? "body", body?.isRequired ?? false));
}

/** `collectionFormat: multi` repeats the parameter; else its values stand in one, with commas. */
function repeats(parameter: unknown): { readonly flattened?: true } {
  return own(parameter, "collectionFormat") === "multi" ? { flattened: true } : {};
}

/** `x-ms-paths` tells paths apart by a query that means nothing; a parameter that is not to be encoded keeps its slashes. */
function pathOf({ documents, main, path }: Place, parameters: readonly SwaggerNode[]): string {
  const base = textOf(own(documents.get(main), "basePath")) ?? "";
  const plain = parameters.filter(({ value }) => own(value, "x-ms-skip-url-encoding") === true).map(({ value }) => own(value, "name"));
  const [bare = ""] = path.split("?", 1);
  const labelled = bare.replace(/\{\+?([\w-]+)\}/g, (whole, name: string) => (plain.includes(name) ? `{+${name}}` : whole));
  return `${base === "/" ? "" : base}${labelled.startsWith("/") ? "" : "/"}${labelled}`;
}

function outputOf({ documents, shapes, main, operation }: Place): Shape {
  const responses = own(operation, "responses");
  const response = own(responses, "200") ?? own(responses, "201") ?? own(responses, "202");
  const { document, value } = followReference(documents, { document: main, value: response });
  const schema = own(value, "schema");
  return schema === undefined ? EMPTY_OBJECT : shapes.shapeOf({ document, value: schema });
}

function statedClass(method: string, isLongRunning: boolean): OperationClass | null {
  if (method === "GET" || method === "HEAD") return "read";
  return method === "POST" && !isLongRunning ? null : "write";
}

const VERBS: Readonly<Record<string, string>> = { GET: "read", HEAD: "read", PUT: "write", PATCH: "write", DELETE: "delete" };

/** `Microsoft.Compute/disks/read`: how Azure's roles call it (Azure role-based access control, "Understand Azure role definitions"). */
function permissionOf(path: string, method: string): { readonly permission?: string } {
  const [, ...after] = path.split("/providers/");
  const [namespace, ...segments] = after.at(-1)?.split("/") ?? [];
  if (namespace === undefined || namespace.startsWith("{")) return {};
  const types = segments.filter((segment) => !segment.startsWith("{"));
  if (types.length === 0) return {};
  const verb = VERBS[method];
  return { permission: verb === undefined ? `${[namespace, ...types].join("/")}/action` : `${[namespace, ...types].join("/")}/${verb}` };
}

function pagination(operation: unknown, output: Shape): Pagination | undefined {
  const pageable = own(operation, "x-ms-pageable");
  const link = textOf(own(pageable, "nextLinkName"));
  const items = textOf(own(pageable, "itemName")) ?? "value";
  if (link === undefined || output.type !== "object") return undefined;
  return Object.hasOwn(output.fields, items) && Object.hasOwn(output.fields, link) ? { items, by: "link", link } : undefined;
}
