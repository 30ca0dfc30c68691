import type { AwsProtocol } from "../../../src/emulator/aws/service.ts";
import { type Member, type SchemaRef, shapeOf } from "./sdk-schema.ts";
import type { XmlNode } from "./xml-tree.ts";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
/** Seconds between 2001 and 2096: milliseconds are caught. */
const isEpochSeconds = (value: number) => value > 1e9 && value < 4e9;

/** What in a JSON value does not fit its schema: unknown members, missing ones, wrong types, wrong times. */
export function jsonViolations(schema: SchemaRef, value: unknown, path: string): string[] {
  const shape = shapeOf(schema);
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(value)?.slice(0, 80)}`];
  switch (shape.type) {
    case "document":
      return [];
    case "unit":
      return value === undefined ? [] : wrong("no body");
    case "string":
    case "number":
    case "boolean":
      return typeof value === shape.type ? [] : wrong(shape.type);
    case "blob":
      return typeof value === "string" ? [] : wrong("base64 text");
    case "timestamp":
      if (shape.format === "date-time") return typeof value === "string" && ISO.test(value) ? [] : wrong("an ISO 8601 time");
      return typeof value === "number" && isEpochSeconds(value) ? [] : wrong("epoch seconds");
    case "list":
      if (!Array.isArray(value)) return wrong("a list");
      return value.flatMap((item, index) => jsonViolations(shape.item.schema, item, `${path}[${index}]`));
    case "map":
      if (!isRecord(value)) return wrong("a map");
      return Object.entries(value).flatMap(([key, item]) => jsonViolations(shape.value.schema, item, `${path}.${key}`));
    case "structure": {
      if (!isRecord(value)) return wrong(shape.name);
      const known = new Map(shape.members.map((member) => [String(member.traits.jsonName ?? member.name), member]));
      const unknown = Object.keys(value)
        .filter((name) => !known.has(name))
        .map((name) => `${path}.${name}: ${shape.name} has no such member`);
      const missing = shape.members
        .slice(0, shape.required)
        .filter((member) => !Object.hasOwn(value, member.name))
        .map((member) => `${path}.${member.name}: required by ${shape.name}`);
      const inside = [...known].flatMap(([name, member]) =>
        Object.hasOwn(value, name) ? jsonViolations(member.schema, value[name], `${path}.${name}`) : [],
      );
      return [...unknown, ...missing, ...inside];
    }
  }
}

/** The same for an element of the two query protocols, whose content is the value. */
export function xmlViolations(schema: SchemaRef, node: XmlNode, path: string, protocol: AwsProtocol): string[] {
  const shape = shapeOf(schema);
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(node.text || node.children[0]?.name)}`];
  const plain = node.children.length === 0;
  switch (shape.type) {
    case "string":
    case "blob":
      return plain ? [] : wrong("text");
    case "number":
      return plain && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(node.text) ? [] : wrong("a number");
    case "boolean":
      return plain && /^(true|false)$/.test(node.text) ? [] : wrong("true or false");
    case "timestamp":
      return plain && ISO.test(node.text) ? [] : wrong("an ISO 8601 time");
    case "document":
    case "unit":
      return wrong(`no ${shape.type} in XML`);
    case "list": {
      const itemName = String(shape.item.traits.xmlName ?? (protocol === "ec2-query" ? "item" : "member"));
      if (plain && node.text.trim() !== "") return wrong("a list");
      return node.children.flatMap((child, index) =>
        child.name === itemName
          ? xmlViolations(shape.item.schema, child, `${path}[${index}]`, protocol)
          : [`${path}[${index}]: items are called ${itemName}, not ${child.name}`],
      );
    }
    case "map":
      return node.children.flatMap((child) => {
        const [key, value] = ["key", "value"].map((name) => child.children.find((part) => part.name === name));
        if (child.name !== "entry" || key === undefined || value === undefined || child.children.length !== 2)
          return [`${path}.${child.name}: maps have entry elements with key and value`];
        return xmlViolations(shape.value.schema, value, `${path}.${key.text}`, protocol);
      });
    case "structure": {
      if (plain && node.text.trim() !== "") return wrong(shape.name);
      const known = new Map(shape.members.map((member) => [xmlNameOf(member, member.name), member]));
      const seen = new Set<string>();
      const inside = node.children.flatMap((child) => {
        const member = known.get(child.name);
        if (member === undefined) return [`${path}.${child.name}: ${shape.name} has no such member`];
        if (seen.has(child.name)) return [`${path}.${child.name}: stands there twice`];
        seen.add(child.name);
        return xmlViolations(member.schema, child, `${path}.${child.name}`, protocol);
      });
      const missing = shape.members
        .slice(0, shape.required)
        .filter((member) => !seen.has(xmlNameOf(member, member.name)))
        .map((member) => `${path}.${member.name}: required by ${shape.name}`);
      return [...inside, ...missing];
    }
  }
}

function xmlNameOf(member: Member, name: string): string {
  return String(member.traits.xmlName ?? name);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
