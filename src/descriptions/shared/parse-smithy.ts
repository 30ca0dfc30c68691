import type { ObjectShape, OperationClass, Pagination, ServiceDescription, Wire } from "../../contracts/index.ts";
import { describeService, type OperationDraft, type ParseContext } from "./describe-service.ts";
import { itemsOf } from "./guess-items.ts";
import { at, type JsonObject, listOf, objectOf, own, textOf } from "./json.ts";
import { refusal } from "./refusal.ts";
import { smithyShapes } from "./smithy-shapes.ts";

/** What a service that speaks several is asked in: JSON before XML. */
const PROTOCOLS: readonly (readonly [trait: string, protocol: Wire["protocol"]])[] = [
  ["aws.protocols#awsJson1_1", "aws-json-1.1"],
  ["aws.protocols#awsJson1_0", "aws-json-1.0"],
  ["aws.protocols#restJson1", "aws-rest-json"],
  ["aws.protocols#ec2Query", "aws-ec2-query"],
  ["aws.protocols#awsQuery", "aws-query"],
  ["aws.protocols#restXml", "aws-rest-xml"],
];

const RESOURCE_OPERATIONS = ["create", "put", "read", "update", "delete", "list"];

/** Reads a Smithy 2.0 model in its JSON form, as AWS publishes it. Throws `DESCRIPTION_REFUSED`. */
export function parseSmithy(model: unknown, context: ParseContext): ServiceDescription {
  const shapes = objectOf(own(model, "shapes"));
  const found = Object.entries(shapes).find(([, shape]) => own(shape, "type") === "service");
  const [serviceId, service] = found ?? ["", undefined];
  const protocol = PROTOCOLS.find(([trait]) => at(service, "traits", trait) !== undefined)?.[1];
  if (protocol === undefined) {
    throw refusal(context.origin.source, {
      en: "it is no Smithy model of a service in a known protocol.",
      zh: "内容不是使用已知协议的服务的 Smithy 模型。",
    });
  }
  const version = textOf(own(service, "version")) ?? "";
  const requests = smithyShapes(shapes, protocol, "request");
  const replies = smithyShapes(shapes, protocol, "reply");

  const drafts = function* (): Generator<OperationDraft> {
    for (const id of operationIds(shapes, serviceId)) {
      const operation = own(shapes, id);
      const traits = own(operation, "traits");
      const input = requests(textOf(at(operation, "input", "target")));
      const output = replies(textOf(at(operation, "output", "target")));
      const method = textOf(at(traits, "smithy.api#http", "method")) ?? "POST";
      const path = textOf(at(traits, "smithy.api#http", "uri"));
      yield {
        name: localName(id),
        version,
        description: own(traits, "smithy.api#documentation"),
        statedClass: statedClass(traits, method),
        input,
        output,
        protocol,
        method,
        ...(path === undefined ? {} : { path: plainPath(path) }),
        ...(protocol.startsWith("aws-json") ? { target: `${localName(serviceId)}.${localName(id)}` } : {}),
        pagination: pagination(own(traits, "smithy.api#paginated"), at(service, "traits", "smithy.api#paginated"), input, output),
      };
    }
  };
  return describeService(context, drafts());
}

/** Operations hang from the service and from resources, at any depth. */
function operationIds(shapes: JsonObject, serviceId: string): Set<string> {
  const operations = new Set<string>();
  const waiting = [serviceId];
  const seen = new Set(waiting);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const shape = own(shapes, id);
    const lists = [own(shape, "operations"), own(shape, "collectionOperations")].flatMap(listOf);
    for (const reference of [...lists, ...RESOURCE_OPERATIONS.map((verb) => own(shape, verb))]) {
      const target = textOf(own(reference, "target"));
      if (target !== undefined && own(own(shapes, target), "type") === "operation") operations.add(target);
    }
    for (const target of listOf(own(shape, "resources")).flatMap((reference) => textOf(own(reference, "target")) ?? [])) {
      if (!seen.has(target)) waiting.push(target);
      seen.add(target);
    }
  }
  return operations;
}

/** Only marks count: `readonly`, and REST methods that can't but change something. */
function statedClass(traits: unknown, method: string): OperationClass | null {
  if (own(traits, "smithy.api#readonly") !== undefined) return "read";
  return method === "PUT" || method === "PATCH" || method === "DELETE" ? "write" : null;
}

function pagination(stated: unknown, ofService: unknown, input: ObjectShape, output: ObjectShape): Pagination | undefined {
  if (stated === undefined) return undefined;
  const setting = (name: string) => textOf(own(stated, name)) ?? textOf(own(ofService, name));
  const inputToken = setting("inputToken");
  const outputToken = setting("outputToken");
  const items = setting("items") ?? itemsOf(output);
  if (inputToken === undefined || outputToken === undefined || items === undefined) return undefined;
  const [top = ""] = outputToken.split(".", 1);
  if (!Object.hasOwn(input.fields, inputToken) || !Object.hasOwn(output.fields, top)) return undefined;
  return { items, by: "token", inputToken, outputToken };
}

function localName(id: string): string {
  return id.slice(id.indexOf("#") + 1);
}

/** Labels that hold slashes (`{Resource+}`) are written `{+Resource}`, as in all descriptions here. */
function plainPath(path: string): string {
  return path.replace(/\{(\w+)\+\}/g, "{+$1}");
}
