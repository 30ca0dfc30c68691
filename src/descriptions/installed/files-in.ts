import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Texts of the folder's files of that ending, in order; none where there is no such folder. */
export function* filesIn(folder: string, ending: string): Generator<string> {
  for (const name of namesIn(folder)) {
    if (name.endsWith(ending)) yield readFileSync(join(folder, name), "utf8");
  }
}

/** Names in the folder, in order. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
