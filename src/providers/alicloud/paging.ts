import { ProviderError } from "../../errors/index.ts";
import { type FetchedPage, pages } from "../shared/pages.ts";
import { PROVIDER_ID, refusesToken } from "./errors.ts";

/** Pages of a list of Alibaba Cloud, in order. */
export function pagesOf<Page>(operation: string, fetch: (token: string | undefined) => Promise<FetchedPage<Page>>): AsyncGenerator<Page> {
  return pages({ providerId: PROVIDER_ID, operation, refusesToken, fetch });
}

/** Where a list that is counted off stands. */
export interface ListPosition {
  /** Rows before the page. */
  readonly offset: number;
  /** From 1. */
  readonly page: number;
}

/** Pages of a list that is counted off instead of having tokens, until `total` rows are there. One that ends before that is `PROVIDER_PAGE_LOST`. */
export function countedPages<Row>(
  operation: string,
  fetch: (position: ListPosition) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>,
): AsyncGenerator<readonly Row[]> {
  let page = 0;
  return pages({
    providerId: PROVIDER_ID,
    operation,
    refusesToken: refusesOffset,
    fetch: async (token) => {
      const offset = Number(token ?? 0);
      const { rows, total } = await fetch({ offset, page: ++page });
      const next = offset + rows.length;
      return { page: rows, next: next < total ? String(next) : undefined };
    },
  });
}

/** Pages of a list that does not say how many rows there are: one shorter than `pageSize` is the last. */
export function fullPages<Page>(
  operation: string,
  pageSize: number,
  rowsOf: (page: Page) => number,
  fetch: (offset: number) => Promise<Page>,
): AsyncGenerator<Page> {
  return pages({
    providerId: PROVIDER_ID,
    operation,
    refusesToken: refusesOffset,
    fetch: async (token) => {
      const offset = Number(token ?? 0);
      const page = await fetch(offset);
      return { page, next: rowsOf(page) < pageSize ? undefined : String(offset + pageSize) };
    },
  });
}

/** Parameters are the same on every page but for the position. */
export function refusesOffset(error: unknown): boolean {
  return error instanceof ProviderError && /^(ParameterInvalid|InvalidParameter)/.test(String(error.details.vendorCode ?? ""));
}
