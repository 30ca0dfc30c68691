import type { KqlColumn } from "./value.ts";

/** Names that stand there already get a number: `name1`. */
export function uniqueNames(columns: readonly KqlColumn[]): readonly KqlColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let number = 1; taken.has(name); number++) name = `${column.name}${number}`;
    taken.add(name);
    return { ...column, name };
  });
}

/** Names for columns that have none: `Column1`, `Column2`, … */
export function columnNumbers(): () => string {
  let number = 1;
  return () => `Column${number++}`;
}
