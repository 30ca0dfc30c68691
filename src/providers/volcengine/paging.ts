import { ProviderError } from "../../errors/index.ts";
import { type FetchedPage, pages } from "../shared/pages.ts";
import { PROVIDER_ID, refusesToken } from "./errors.ts";

/** Pages of a Volcengine list that goes on by tokens, in order. */
export function pagesOf<Page>(operation: string, fetch: (token: string | undefined) => Promise<FetchedPage<Page>>): AsyncGenerator<Page> {
  return pages({ providerId: PROVIDER_ID, operation, refusesToken, fetch });
}

/** A page of a list that goes on by page numbers or by offsets. */
export interface CountedPage<Item> {
  readonly items: readonly Item[];
  /** Items of the whole list, as the reply tells. */
  readonly total: number;
}

/**
 * Pages of a list that tells its length, in order; `fetch` is given the number of the page, from 1, and how many items came before it.
 * An empty page before the end is `PROVIDER_PAGE_LOST`.
 */
export function countedPages<Item>(
  operation: string,
  fetch: (pageNumber: number, seen: number) => Promise<CountedPage<Item>>,
): AsyncGenerator<readonly Item[]> {
  let seen = 0;
  return pagesOf(operation, async (token) => {
    const pageNumber = Number(token ?? 1);
    const { items, total } = await fetch(pageNumber, seen);
    seen += items.length;
    if (items.length === 0 && seen < total) throw pageLost(operation, seen, total);
    return { page: items, next: seen < total ? String(pageNumber + 1) : undefined };
  });
}

function pageLost(operation: string, seen: number, total: number): ProviderError {
  return new ProviderError({
    code: "PROVIDER_PAGE_LOST",
    providerId: PROVIDER_ID,
    message: {
      en: `${operation}: the list ends after ${seen} of ${total} entries, so the rest is missing.`,
      zh: `${operation}：列表在第 ${seen} 条后结束（共 ${total} 条），其余部分缺失。`,
    },
    hint: { en: "Ask again; if it stays so, narrow the question.", zh: "请重新提问；若仍如此，请缩小范围。" },
  });
}
