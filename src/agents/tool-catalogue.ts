import { z } from "zod";
import {
  type Column,
  conditionSchema,
  nameConditionSchema,
  RESOURCE_STATES,
  referenceSchema,
  resourceWhereSchema,
  TOOL_COLUMNS,
  type Tool,
  tagConditionSchema,
  whereSchema,
  windowSpecSchema,
} from "../contracts/index.ts";

/** What a planner needs to know of a tool. */
export type PlannableTool = Pick<Tool, "name" | "description" | "effect" | "input">;

type JsonSchema = z.core.JSONSchema.JSONSchema | boolean;

/** Shapes that several inputs share: written once, named everywhere else. Later ones may use earlier ones. */
const SHARED: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ["Ref", referenceSchema],
  ["Window", windowSpecSchema],
  ["Names", whereSchema.shape.providers.unwrap()],
  ["State", z.enum(RESOURCE_STATES)],
  ["Tag", tagConditionSchema],
  ["Name", nameConditionSchema],
  ["Where", whereSchema],
  ["ResourceWhere", resourceWhereSchema],
  ["Condition", conditionSchema],
];

/** The types that tool inputs are made of, one a line, in the notation of TypeScript. */
export function describeTypes(): string {
  return SHARED.map(([name, schema]) => `${name} = ${typeText(jsonSchemaOf(schema), namesBefore(name))}`).join("\n");
}

/** Columns of the tools that ask clouds; those of the others follow from their inputs. */
export function describeColumns(): string {
  const { "traces.query": traces, ...plain } = TOOL_COLUMNS;
  const tables: Readonly<Record<string, readonly Column[]>> = {
    ...plain,
    "traces.query view traces": traces.traces,
    "traces.query view services": traces.services,
  };
  return Object.entries(tables)
    .map(([name, columns]) => `${name}: ${columns.map(columnText).join(", ")}`)
    .join("\n");
}

function columnText({ name, unit }: Column): string {
  return unit === undefined ? name : `${name} (${unit})`;
}

/** One line a tool: `name(input): what it does`. */
export function describeTools(tools: readonly PlannableTool[]): string {
  const names = namesBefore(undefined);
  return tools.map(({ name, input, description }) => `${name}(${typeText(jsonSchemaOf(input), names)}): ${description}`).join("\n");
}

function namesBefore(end: string | undefined): ReadonlyMap<string, string> {
  const index = SHARED.findIndex(([name]) => name === end);
  const visible = index === -1 ? SHARED : SHARED.slice(0, index);
  return new Map(visible.map(([name, schema]) => [keyOf(jsonSchemaOf(schema)), name]));
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input" });
  return json;
}

/** Equal but for what is said about them. */
function keyOf(schema: JsonSchema): string {
  if (typeof schema === "boolean") return String(schema);
  const { description: _, ...rest } = schema;
  return JSON.stringify(rest);
}

function typeText(schema: JsonSchema, names: ReadonlyMap<string, string>): string {
  if (typeof schema === "boolean") return "any";
  const name = names.get(keyOf(schema));
  if (name !== undefined) return name;
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join("|");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return schema.anyOf.map((option) => typeText(option, names)).join("|");
  switch (schema.type) {
    case "array": {
      const item = typeText((schema.items ?? true) as JsonSchema, names);
      return /[|]/.test(item) && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
    }
    case "object":
      return objectText(schema, names);
    case "integer":
      return "number";
    default:
      return [schema.type ?? "any"].flat().join("|");
  }
}

function objectText(schema: z.core.JSONSchema.JSONSchema, names: ReadonlyMap<string, string>): string {
  const fields = Object.entries(schema.properties ?? {}).map(([key, value]) => {
    const optional = schema.required?.includes(key) ? "" : "?";
    const said = typeof value === "boolean" || value.description === undefined ? "" : ` /*${value.description}*/`;
    return `${key}${optional}: ${typeText(value, names)}${said}`;
  });
  return `{${fields.join(", ")}}`;
}
