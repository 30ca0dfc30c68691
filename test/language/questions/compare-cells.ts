import type { AnswerTable, Cell } from "../../../src/contracts/index.ts";
import type { Range, ShownValue, TruthLog, TruthResource } from "./question.ts";

/** Every row shows the values of its resource. */
export function shownProblems(table: AnswerTable, items: readonly (TruthResource | undefined)[], values: readonly ShownValue[]): string[] {
  return values.flatMap((value) => {
    if (value.column === null) {
      const fits = table.columns.some((_, position) => misfits(table, position, items, value).length === 0);
      return fits || items.length === 0 ? [] : ["no column has the expected values"];
    }
    const position = table.columns.findIndex((column) => column.name === value.column);
    if (position === -1) return [`there is no column ${value.column}`];
    const wrong = misfits(table, position, items, value);
    return wrong.length === 0 ? [] : [`${wrong.length} wrong values of ${value.column}: ${wrong.slice(0, 3).join("; ")}`];
  });
}

function misfits(table: AnswerTable, position: number, items: readonly (TruthResource | undefined)[], value: ShownValue): string[] {
  return items.flatMap((item, index) => {
    if (item === undefined) return [];
    const cell = table.rows[index]?.[position];
    const range = value.of(item);
    const fits = range === undefined ? cell === null : isWithin(cell, [range]);
    return fits ? [] : [`${item.name} has ${cell} instead of ${range === undefined ? "nothing" : written(range)}`];
  });
}

/** The message of the truth is the row's, or is in it. */
export function messageProblems(table: AnswerTable, items: readonly (TruthLog | undefined)[]): string[] {
  const position = table.columns.findIndex((column) => column.name === "message");
  const wrong = items.filter((item, index) => item !== undefined && !String(table.rows[index]?.[position] ?? "").includes(item.message));
  return wrong.length === 0 ? [] : [`${wrong.length} wrong messages, the first instead of: ${wrong[0]?.message}`];
}

export function singleProblems(table: AnswerTable, ranges: readonly Range[]): string[] {
  if (table.rows.length !== 1) return [`${table.rows.length} rows instead of one number`];
  const cell = table.rows[0]?.at(-1);
  return isWithin(cell, ranges) ? [] : [`${cell} instead of ${ranges.map(written).join(" or ")}`];
}

export function groupProblems(table: AnswerTable, by: string, groups: ReadonlyMap<string, Range>, top?: number): string[] {
  const position = Math.max(
    0,
    table.columns.findIndex(({ name }) => name === by || name === `tag:${by}`),
  );
  const wanted = new Map([...groups].map(([group, range]) => [groupName(group), range]));
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const row of table.rows) {
    const group = groupName(row[position] ?? null);
    const cell = row.at(-1);
    const range = wanted.get(group);
    if (seen.has(group)) problems.push(`the group ${JSON.stringify(group)} is there twice`);
    seen.add(group);
    if (range === undefined) {
      if (cell !== 0 && cell !== null) problems.push(`the group ${JSON.stringify(group)} should not be there`);
    } else if (!isWithin(cell, [range])) {
      problems.push(`the group ${JSON.stringify(group)} has ${cell} instead of ${written(range)}`);
    }
  }
  if (top !== undefined) return [...problems, ...topProblems(table, position, wanted, top)];
  const missing = [...wanted].filter(([group, [low]]) => low > 0 && !seen.has(group)).map(([group]) => JSON.stringify(group));
  return missing.length === 0 ? problems : [...problems, `groups are missing: ${missing.join(", ")}`];
}

function topProblems(table: AnswerTable, position: number, wanted: ReadonlyMap<string, Range>, top: number): string[] {
  const least = [...wanted.values()].map(([low]) => low).sort((left, right) => right - left)[Math.min(top, wanted.size) - 1] ?? 0;
  const first = table.rows.slice(0, top).map((row) => groupName(row[position] ?? null));
  const wrong = first.filter((group) => (wanted.get(group)?.[1] ?? 0) < least);
  if (first.length < Math.min(top, wanted.size)) return [`${first.length} groups instead of ${top}`];
  return wrong.map((group) => `the group ${JSON.stringify(group)} is not among the first ${top}`);
}

function groupName(cell: Cell): string {
  const name = String(cell ?? "").toLowerCase();
  return name === "warn" ? "warning" : name;
}

function isWithin(cell: Cell | undefined, ranges: readonly Range[]): boolean {
  return typeof cell === "number" && ranges.some(([low, high]) => cell >= low && cell <= high);
}

function written([low, high]: Range): string {
  return low === high ? String(low) : `${low} to ${high}`;
}
