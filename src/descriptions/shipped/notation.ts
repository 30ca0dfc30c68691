import type {
  Field,
  ObjectShape,
  OperationClass,
  OperationReach,
  Pagination,
  ServiceDescription,
  Shape,
  Wire,
} from "../../contracts/index.ts";
import { describeService, field, type OperationDraft, type ParseContext } from "../shared/describe-service.ts";
import { itemsOf } from "../shared/guess-items.ts";
import { guessPages } from "../shared/guess-pages.ts";
import { createShapeBuilder, EMPTY_OBJECT, type ShapeBuilder } from "../shared/shape-builder.ts";
import { ShapeReader } from "./shape-reader.ts";

interface Header {
  readonly version: string;
  readonly protocol: Wire["protocol"];
  readonly target: string | undefined;
}

interface Block {
  readonly head: string;
  readonly description: string;
  readonly input: string;
  readonly output: string;
}

/**
 * Reads our own notation of operations, which is short enough to be kept by hand:
 *
 *     service 2023-04-02 rest
 *     Disks_List GET /subscriptions/{subscriptionId}/providers/Microsoft.Compute/disks
 *       # What it does, in a few words.
 *       < $filter, top: int, name!
 *       > value: [Disk], nextLink
 *     type Disk = { id, sizeGib: int, sku: { name: 'Basic' | 'Standard' }, tags: { *: string } }
 *
 * A field is a string unless it says otherwise, `!` makes it required. Behind the path may stand `read`, `write` or `sensitive`, `region`
 * or `account`, and another version of the API (`v=2021-07-01`). Lines that are indented go on with the line before.
 */
export function parseNotation(text: string, context: ParseContext): ServiceDescription {
  const { header, types, blocks } = linesOf(text);
  const builder = createShapeBuilder();
  const shapeAt = (source: string): Shape => new ShapeReader(source, builder, named).shape();
  const named = (name: string): Shape => {
    const definition = types.get(name);
    if (definition === undefined) throw new Error(`No type ${name} in the notation of ${context.known.service}.`);
    return builder.named(name, () => shapeAt(definition));
  };
  return describeService(
    context,
    blocks.map((block) => draftOf(block, header, builder, named)),
  );
}

function draftOf(block: Block, header: Header, builder: ShapeBuilder, named: (name: string) => Shape): OperationDraft {
  const [name = "", method = "POST", ...rest] = block.head.split(/\s+/);
  const path = rest[0]?.startsWith("/") ? rest[0] : undefined;
  const flags = new Set(rest);
  const version = rest.find((flag) => flag.startsWith("v="))?.slice(2) ?? header.version;
  const stated = (["read", "write", "sensitive"] as const).find((flag) => flags.has(flag));
  const reach = (["region", "account"] as const).find((flag) => flags.has(flag));
  const output = block.output === "" ? EMPTY_OBJECT : new ShapeReader(`{${block.output}}`, builder, named).shape();
  const input = inputOf(block.input, { method, path, protocol: header.protocol }, builder, named);
  return {
    name,
    version,
    description: block.description,
    statedClass: stated ?? restClass(header.protocol, method),
    ...(reach === undefined ? {} : ({ reach } satisfies { reach: OperationReach })),
    input,
    output,
    protocol: header.protocol,
    method,
    ...(path === undefined ? {} : { path }),
    ...(header.target === undefined ? {} : { target: `${header.target}.${name}` }),
    pagination: paginationOf(input, output),
  };
}

function restClass(protocol: Wire["protocol"], method: string): OperationClass | null {
  if (protocol !== "rest") return null;
  return method === "GET" ? "read" : method === "POST" ? null : "write";
}

function inputOf(
  text: string,
  wire: { readonly method: string; readonly path: string | undefined; readonly protocol: Wire["protocol"] },
  builder: ShapeBuilder,
  named: (name: string) => Shape,
): ObjectShape {
  const inPath = [...(wire.path ?? "").matchAll(/\{\+?([\w-]+)\}/g)].map(([, name = ""]) => name);
  const stated = text === "" ? EMPTY_OBJECT : new ShapeReader(`{${text}}`, builder, named).shape();
  const fields = new Map(stated.type === "object" ? Object.entries(stated.fields) : []);
  const paths = inPath.map((name): [string, Field] => [
    name,
    { ...(fields.get(name) ?? field({ type: "string" }, "")), location: "path", required: true },
  ]);
  const others = [...fields].filter(([name]) => !inPath.includes(name));
  return builder.object([...paths, ...others.map(([name, value]): [string, Field] => [name, { ...placed(value, wire) }])]);
}

function placed(value: Field, { method, protocol }: { readonly method: string; readonly protocol: Wire["protocol"] }): Field {
  const isCompound = value.shape.type === "list" || value.shape.type === "object";
  const isSpread = protocol === "alicloud-rpc" || (protocol === "volcengine-rpc" && method === "GET");
  if (isSpread && isCompound) return { ...value, flattened: true };
  const isQuery =
    (protocol === "rest" || protocol === "alicloud-sls" || protocol === "alicloud-roa") &&
    method !== "POST" &&
    method !== "PUT" &&
    method !== "PATCH";
  return isQuery ? { ...value, location: "query", ...(value.shape.type === "list" ? { flattened: true as const } : {}) } : value;
}

function paginationOf(input: ObjectShape, output: Shape): Pagination | undefined {
  if (output.type !== "object") return undefined;
  const has = (name: string) => Object.hasOwn(output.fields, name);
  if (has("value") && has("nextLink")) return { items: "value", by: "link", link: "nextLink" };
  const items = itemsOf(output) ?? (output.fields.items?.shape.type === "map" ? "items" : undefined);
  if (items !== undefined && Object.hasOwn(input.fields, "pageToken") && has("nextPageToken")) {
    return { items, by: "token", inputToken: "pageToken", outputToken: "nextPageToken" };
  }
  return guessPages(input, output);
}

function linesOf(text: string): {
  readonly header: Header;
  readonly types: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
} {
  const types = new Map<string, string>();
  const blocks: { head: string; description: string; input: string; output: string }[] = [];
  let header: Header | undefined;
  let goOn: (line: string) => void = () => {};
  for (const line of text.split("\n")) {
    const words = line.trim();
    if (words === "") continue;
    const block = blocks.at(-1);
    if (line.startsWith(" ")) {
      const part = words.startsWith("#") ? "description" : words.startsWith("<") ? "input" : words.startsWith(">") ? "output" : undefined;
      if (part !== undefined && block !== undefined) {
        goOn = (more) => {
          block[part] = `${block[part]} ${more}`.trim();
        };
      }
      goOn(part === undefined ? words : words.slice(1).trim());
    } else if (words.startsWith("service ")) {
      const [, version = "", protocol = "", target] = words.split(/\s+/);
      header = { version, protocol: protocol as Wire["protocol"], target: target?.replace("target=", "") };
    } else if (words.startsWith("type ")) {
      const [, name = "", definition = ""] = /^type (\w+) = (.*)$/.exec(words) ?? [];
      types.set(name, definition);
      goOn = (more) => types.set(name, `${types.get(name)} ${more}`);
    } else {
      blocks.push({ head: words, description: "", input: "", output: "" });
    }
  }
  if (header === undefined) throw new Error("Notation begins with a line `service VERSION PROTOCOL`.");
  return { header, types, blocks };
}
