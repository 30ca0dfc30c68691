import type { TableView } from "./run-view.ts";

/** Where a row is and what it is: of interest once its name and its numbers have been read. */
const PLACES = ["type", "kind", "provider", "account", "region", "id"];

/**
 * The columns of a table in the order in which a narrow chat shows them: what it is called, what was measured, then where it is, and the
 * id at the end. All of them, each once.
 */
export function chatColumns({ columns }: Pick<TableView, "columns">): number[] {
  const rank = (name: string) => (name === "name" ? -1 : PLACES.indexOf(name) + 1);
  return columns
    .map((_, index) => index)
    .sort((left, right) => rank(columns[left]?.name ?? "") - rank(columns[right]?.name ?? "") || left - right);
}

/** An id as far as it tells one from another: of a path its end. The whole one is behind the row's link, and in the file. */
export function shortId(id: string): string {
  const parts = id.split("/").filter(Boolean);
  return id.length <= 40 || parts.length < 3 ? id : `…/${parts.slice(-2).join("/")}`;
}
