import type { Field, ObjectShape, Shape } from "../contracts/index.ts";
import { firstSentence, inComment, literal, oneLine, propertyName } from "./declare-text.ts";

/** How much of a shape is told. */
export interface Detail {
  /** Objects nested deeper are told by the names of their fields only. */
  readonly depth: number;
  /** Fields nested deeper have no description. */
  readonly describedDepth: number;
  /** Longer lists of values are cut, and say so. */
  readonly values: number;
  /** Of more fields only the likeliest are told with their types, the others by name. */
  readonly fields: number;
  /** Names of fields that are told by name only. */
  readonly names: number;
}

/** Nothing left out: what programs are checked against. */
export const WHOLE: Detail = {
  depth: Number.POSITIVE_INFINITY,
  describedDepth: 0,
  values: Number.POSITIVE_INFINITY,
  fields: Number.POSITIVE_INFINITY,
  names: 0,
};

const DESCRIPTION_LENGTH = 120;
/** What questions are mostly about. */
const LIKELY = /(?:^|[a-z_])(?:ids?|names?|states?|status|types?|kind|time|date|created\w*|size\w*|count|enabled|encrypted|tags|labels)$/i;

/** `reply`: clouds leave fields out whatever their description says, so all are optional; nobody changes them. */
export type Direction = "request" | "reply";

/** The shape as a type. */
export function declareShape(shape: Shape, direction: Direction, detail: Detail, depth = 0): string {
  switch (shape.type) {
    case "string":
      if (shape.values !== undefined && shape.values.length > 0) return union(shape.values, detail.values);
      return shape.format === "date-time" ? "IsoTime" : shape.format === "bytes" ? "Base64" : "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "unknown":
      return "unknown";
    case "list": {
      const items = declareShape(shape.items, direction, detail, depth);
      return `${detail === WHOLE ? "readonly " : ""}${needsParentheses(items) ? `(${items})` : items}[]`;
    }
    case "map":
      return `{ ${detail === WHOLE ? "readonly " : ""}[key: string]: ${declareShape(shape.values, direction, detail, depth)} }`;
    case "object":
      return depth >= detail.depth ? namesOnly(shape, detail) : `{\n${declareFields(shape, direction, detail, depth)}${indent(depth)}}`;
  }
}

/** One line a field, the required ones first. */
export function declareFields(shape: ObjectShape, direction: Direction, detail: Detail, depth: number): string {
  const fields = Object.entries(shape.fields);
  // `{}` would take anything.
  if (fields.length === 0 && direction === "request") return `${indent(depth + 1)}[name: string]: never;\n`;
  const ordered =
    fields.length > detail.fields ? fields.sort((a, b) => rank(b) - rank(a)) : fields.sort((a, b) => required(b) - required(a));
  const lines = ordered.slice(0, detail.fields).flatMap(([name, field]) => declareField(name, field, direction, detail, depth + 1));
  const left = ordered.slice(detail.fields).map(([name]) => name);
  if (left.length > 0) lines.push(`${indent(depth + 1)}/* ${left.length} more: ${nameList(left, detail.names)} */`);
  return lines.map((line) => `${line}\n`).join("");
}

function required([, field]: [string, Field]): number {
  return field.required ? 1 : 0;
}

function rank([name, field]: [string, Field]): number {
  const isSimple = field.shape.type !== "object" && field.shape.type !== "list";
  return 4 * (field.required ? 1 : 0) + 2 * (LIKELY.test(name) ? 1 : 0) + (isSimple ? 1 : 0);
}

function declareField(name: string, field: Field, direction: Direction, detail: Detail, depth: number): string[] {
  const description = depth <= detail.describedDepth ? firstSentence(field.description ?? "", DESCRIPTION_LENGTH) : "";
  const comment = description === "" ? [] : [`${indent(depth)}/** ${inComment(description)} */`];
  const optional = direction === "reply" || !field.required ? "?" : "";
  // A model need not read that replies cannot be changed.
  const readonly = direction === "reply" && detail === WHOLE ? "readonly " : "";
  return [
    ...comment,
    `${indent(depth)}${readonly}${propertyName(name)}${optional}: ${declareShape(field.shape, direction, detail, depth)};`,
  ];
}

function namesOnly({ fields }: ObjectShape, detail: Detail): string {
  return `{ /* ${nameList(Object.keys(fields), detail.names)} */ }`;
}

function nameList(names: readonly string[], limit: number): string {
  return `${inComment(oneLine(names.slice(0, limit).join(", "), 800))}${names.length > limit ? `, … (${names.length - limit} more)` : ""}`;
}

function union(values: readonly string[], limit: number): string {
  const unique = [...new Set(values)];
  const shown = unique.slice(0, limit).map(literal).join(" | ");
  return unique.length > limit ? `${shown} | string /* ${unique.length - limit} more values */` : shown;
}

/** Unions, and what a comment follows. */
function needsParentheses(type: string): boolean {
  return type.startsWith('"') || type.startsWith("readonly ");
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
