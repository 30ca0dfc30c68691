import { datetimeText, type KqlColumn, type KqlRow, type KqlTable, type KqlType, timespanText } from "./kql/value.ts";

/** Columns of the tables, in the order in which the vendor gives them; alerts have but some of them. */
export const GRAPH_COLUMNS: readonly KqlColumn[] = [
  { name: "id", type: "string" },
  { name: "name", type: "string" },
  { name: "type", type: "string" },
  { name: "tenantId", type: "string" },
  { name: "kind", type: "string" },
  { name: "location", type: "string" },
  { name: "resourceGroup", type: "string" },
  { name: "subscriptionId", type: "string" },
  { name: "managedBy", type: "string" },
  { name: "sku", type: "dynamic" },
  { name: "plan", type: "dynamic" },
  { name: "properties", type: "dynamic" },
  { name: "tags", type: "dynamic" },
  { name: "identity", type: "dynamic" },
  { name: "zones", type: "dynamic" },
  { name: "extendedLocation", type: "dynamic" },
];

/** `ColumnDataType` of the specification. */
const WIRE_TYPES: Readonly<Record<KqlType, string>> = {
  string: "string",
  int: "integer",
  long: "integer",
  real: "number",
  bool: "boolean",
  dynamic: "object",
  datetime: "datetime",
  timespan: "string",
};

export function rowsToTable(rows: readonly object[], columns: readonly KqlColumn[]): KqlTable {
  return {
    columns,
    rows: rows.map((row) => columns.map(({ name, type }) => (row as Record<string, unknown>)[name] ?? (type === "string" ? "" : null))),
  };
}

/** The rows as `data` has them: objects by column names, or a table. */
export function tableReply(columns: readonly KqlColumn[], rows: readonly KqlRow[], format: "table" | "objectArray"): unknown {
  const cells = (row: KqlRow) => columns.map(({ type }, index) => wireValue(row[index], type));
  if (format === "table") return { columns: columns.map(({ name, type }) => ({ name, type: WIRE_TYPES[type] })), rows: rows.map(cells) };
  return rows.map((row) => Object.fromEntries(cells(row).map((cell, index) => [columns[index]?.name, cell])));
}

function wireValue(value: unknown, type: KqlType): unknown {
  if (value === null || value === undefined) return null;
  if (type === "datetime") return datetimeText(Number(value));
  return type === "timespan" ? timespanText(Number(value)) : value;
}
