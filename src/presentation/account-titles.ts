import type { AnswerTable } from "nephoscope";
import { nameOf } from "./cell-text.ts";

/** What accounts are called in a table. Where clouds do not stand beside them, those whose name others have too are told with their ids. */
export function accountTitles(
  { columns, rows }: Pick<AnswerTable, "columns" | "rows">,
  names: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const column = columns.findIndex(({ name }) => name === "account");
  if (column === -1 || columns.some(({ name }) => name === "provider")) return names;
  const ids = [...new Set([...Object.keys(names), ...rows.map((row) => String(row[column]))])];
  const alike = Map.groupBy(ids, (id) => nameOf(id, names));
  return Object.fromEntries(
    [...alike].flatMap(([name, members]) => members.map((id) => [id, members.length > 1 ? `${name} (${id})` : name])),
  );
}
