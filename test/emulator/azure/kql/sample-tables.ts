import type { KqlWorld } from "../../../../src/emulator/azure/kql/evaluate.ts";
import { evaluate } from "../../../../src/emulator/azure/kql/evaluate.ts";
import type { KqlColumn, KqlRow } from "../../../../src/emulator/azure/kql/value.ts";

export const NOW_MS = Date.UTC(2026, 7, 24, 12);

export const SCHEMAS = {
  T: "TimeGenerated:datetime, Name:string, Level:int, Size:long, Took:real, Ok:bool, Properties:dynamic",
  U: "Name:string, Team:string, Level:int",
} as const;

const minutesAgo = (minutes: number) => NOW_MS - minutes * 60_000;

const ROWS: Readonly<Record<keyof typeof SCHEMAS, readonly KqlRow[]>> = {
  T: [
    [minutesAgo(1), "web-1", 3, 10, 1.5, true, { env: "prod", tags: ["a", "b"], code: 200 }],
    [minutesAgo(7), "web-2", 1, 20, 2.5, false, { env: "dev", nested: { deep: "x" } }],
    [minutesAgo(12), "Web-3 down", 4, null, null, true, { code: 500, env: "prod" }],
    [minutesAgo(61), "", 2, 40, 8, null, null],
    [minutesAgo(3_000), "db 订单-9", 3, 40, 0.25, true, { env: "", tags: [] }],
  ],
  U: [
    ["web-1", "search", 1],
    ["web-1", "ops", 2],
    ["db 订单-9", "data", 3],
    ["nobody", "none", 4],
  ],
};

export const WORLD: KqlWorld = {
  nowMs: NOW_MS,
  table: (name) => {
    if (name !== "T" && name !== "U") return undefined;
    return { columns: columnsOf(SCHEMAS[name]), rows: ROWS[name] };
  },
};

export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly KqlRow[];
}

export function ask(query: string): Answer {
  const { columns, rows } = evaluate(query, WORLD);
  return { columns: columns.map(({ name, type }) => `${name}:${type}`), rows: [...rows] };
}

/** The one cell of `print`. */
export function printed(expression: string): unknown {
  return ask(`print x = ${expression}`).rows[0]?.[0];
}

function columnsOf(schema: string): readonly KqlColumn[] {
  return schema.split(", ").map((column) => {
    const [name = "", type = ""] = column.split(":");
    return { name, type: type as KqlColumn["type"] };
  });
}
