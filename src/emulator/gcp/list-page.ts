import { invalidArgument } from "./google-error.ts";
import { pageToken, readPageToken } from "./page-token.ts";
import { QueryFields } from "./query-fields.ts";
import type { GoogleRequest } from "./service.ts";

interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Empty on the last page: `{ nextPageToken }` otherwise. */
  readonly rest: { readonly nextPageToken?: string };
}

/** The page of a list that `pageSize` and `pageToken` of the query string ask for. A size of 0 or less is `defaultSize`. @throws GoogleError */
export function listPage<Item>(
  all: readonly Item[],
  request: GoogleRequest,
  {
    defaultSize,
    largestSize,
    binding,
  }: { readonly defaultSize: number; readonly largestSize: number; readonly binding: readonly unknown[] },
): ListPage<Item> {
  const fields = new QueryFields(request.query);
  const size = fields.integer("pageSize");
  const limit = size <= 0 ? defaultSize : Math.min(size, largestSize);
  const bound = [request.method.name, request.project, ...binding];
  const page = readPageToken(fields.text("pageToken"), bound, request.nowMs);
  if (page === undefined) throw invalidArgument("The page token is invalid.");
  const end = page.position + limit;
  return {
    items: all.slice(page.position, end),
    rest: end < all.length ? { nextPageToken: pageToken({ position: end, snapshotMs: page.snapshotMs }, bound) } : {},
  };
}
