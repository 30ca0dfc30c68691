import type { AnswerTable } from "nephoscope";

/** What accounts are called in a table. Where clouds do not stand beside them, those of one name are told apart by their ids. */
export function accountTitles(
  { columns, rows }: Pick<AnswerTable, "columns" | "rows">,
  names: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const column = columns.findIndex(({ name }) => name === "account");
  if (column === -1 || columns.some(({ name }) => name === "provider")) return names;
  const ids = [...new Set(rows.map((row) => String(row[column])))];
  const alike = Map.groupBy(ids, (id) => names[id] ?? id);
  return Object.fromEntries(
    [...alike].flatMap(([name, members]) => members.map((id) => [id, members.length > 1 ? `${name} (${id})` : name])),
  );
}
