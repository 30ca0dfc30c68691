import type { ServiceDescription, Shape } from "../../contracts/index.ts";
import { describeService, field, type OperationDraft, type ParseContext } from "./describe-service.ts";
import { fromFlattened } from "./flattened-parameters.ts";
import { guessPages } from "./guess-pages.ts";
import { at, entriesOf, listOf, own, textOf } from "./json.ts";
import { simple } from "./parse-volcengine.ts";
import { refusal } from "./refusal.ts";
import { createShapeBuilder, EMPTY_OBJECT, type ShapeBuilder } from "./shape-builder.ts";

/** Reads answers of Volcengine's API explorer (`api-swagger`), one for each action: OpenAPI with the path `/ACTION`, in `Result.Api`. */
export function parseVolcengineExplorer(answers: readonly unknown[], version: string, context: ParseContext): ServiceDescription {
  const drafts = answers.flatMap((answer) => {
    const document = at(answer, "Result", "Api");
    const builder = createShapeBuilder();
    return entriesOf(own(document, "paths")).flatMap(([path, item]) =>
      entriesOf(item).flatMap(([method, operation]) =>
        method === "get" || method === "post" ? [explorerDraft(document, path.slice(1), method, operation, version, builder)] : [],
      ),
    );
  });
  if (drafts.length === 0) {
    throw refusal(context.origin.source, { en: "no action is described in it.", zh: "其中没有任何接口描述。" });
  }
  return describeService(context, drafts);
}

function explorerDraft(
  document: unknown,
  name: string,
  method: "get" | "post",
  operation: unknown,
  version: string,
  builder: ShapeBuilder,
): OperationDraft {
  const shapeOf = openApiShapes(document, builder);
  const flattened = listOf(own(operation, "parameters")).flatMap((parameter) => {
    const schema = own(parameter, "schema");
    const text = textOf(own(parameter, "name"));
    const more = own(parameter, "required") === true ? { required: true as const } : {};
    return text === undefined
      ? []
      : [{ name: text, field: field(shapeOf(schema), own(parameter, "description") ?? own(schema, "description"), more) }];
  });
  const body = shapeOf(at(operation, "requestBody", "content", "application/json", "schema"));
  const input = method === "post" && body.type === "object" ? body : fromFlattened(flattened, builder);
  const reply = at(operation, "responses", "200", "content", "application/json", "schema");
  const result = at(reply, "properties", "Result") ?? reply;
  const output = result === undefined ? EMPTY_OBJECT : shapeOf(result);
  return {
    name,
    version,
    description: [own(operation, "summary"), own(operation, "description")].filter((text) => typeof text === "string").join(" "),
    statedClass: null,
    input,
    output,
    protocol: "volcengine-rpc",
    method: method.toUpperCase(),
    pagination: guessPages(input, output),
  };
}

function openApiShapes(document: unknown, builder: ShapeBuilder): (schema: unknown) => Shape {
  const shapeOf = (schema: unknown): Shape => {
    const reference = textOf(own(schema, "$ref"));
    if (reference !== undefined) {
      const name = reference.slice(reference.lastIndexOf("/") + 1);
      return builder.named(name, () => shapeOf(at(document, "components", "schemas", name)));
    }
    return builder.nested(() => {
      switch (own(schema, "type")) {
        case "object":
          return builder.object(
            entriesOf(own(schema, "properties")).map(([name, inner]) => [name, field(shapeOf(inner), own(inner, "description"))]),
          );
        case "array":
          return builder.list(shapeOf(own(schema, "items")));
        default:
          return simple(textOf(own(schema, "type")) ?? "");
      }
    });
  };
  return shapeOf;
}
