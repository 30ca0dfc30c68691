import { type SchemaRef, shapeOf } from "./sdk-schema.ts";
import { WIRE_SERVICES, type WireService, type WireServiceId } from "./wire-services.ts";
import { parseXml, type XmlNode } from "./xml-tree.ts";

export interface WireBody {
  readonly id: WireServiceId;
  readonly operation: string;
  readonly status: number;
  readonly body: string;
}

/** Called with the path of every field, list indexes left out (`Functions.Runtime`); says what the field is called from now on. */
type Rename = (path: string, name: string) => string;

/** Paths of all fields of a reply: members in JSON, elements in XML. Keys of maps are data, not fields. */
export function fieldPathsOf(reply: WireBody): string[] {
  const paths = new Set<string>();
  rewrite(reply, (path, name) => {
    paths.add(path);
    return name;
  });
  return [...paths];
}

/** The body with one field called otherwise, wherever it stands. */
export function renameField(reply: WireBody, path: string): string {
  return rewrite(reply, (each, name) => (each === path ? `${name}Renamed` : name));
}

function rewrite({ id, operation, status, body }: WireBody, rename: Rename): string {
  const { protocol, model }: WireService = WIRE_SERVICES[id];
  if (protocol === "query" || protocol === "ec2-query") return xmlText(renamedNode(parseXml(body), "", rename));
  if (body === "") return "";
  const schema = status === 200 ? model.output(operation) : undefined;
  return JSON.stringify(renamedValue(JSON.parse(body), schema, "", rename));
}

function renamedNode({ name, text, children }: XmlNode, parent: string, rename: Rename): XmlNode {
  const path = join(parent, name);
  return { name: rename(path, name), text, children: children.map((child) => renamedNode(child, path, rename)) };
}

function renamedValue(value: unknown, schema: SchemaRef | undefined, path: string, rename: Rename): unknown {
  if (typeof value !== "object" || value === null) return value;
  const shape = schema === undefined ? undefined : shapeOf(schema);
  if (Array.isArray(value)) {
    const item = shape?.type === "list" ? shape.item.schema : undefined;
    return value.map((each) => renamedValue(each, item, path, rename));
  }
  if (shape?.type === "map") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const member = shape?.type === "structure" ? shape.members.find((each) => each.name === name)?.schema : undefined;
      return [rename(join(path, name), name), renamedValue(inner, member, join(path, name), rename)];
    }),
  );
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function xmlText({ name, text, children }: XmlNode): string {
  const content = children.length > 0 ? children.map(xmlText).join("") : text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
  return `<${name}>${content}</${name}>`;
}
