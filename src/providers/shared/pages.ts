import { ProviderError } from "../../errors/index.ts";

export interface FetchedPage<Page> {
  readonly page: Page;
  /** Token of the next page; an empty one counts as none. */
  readonly next: string | null | undefined;
}

export interface PagedCall<Page> {
  readonly providerId: string;
  readonly operation: string;
  /** Fetches the page that a token leads to; the first one without. */
  fetch(token: string | undefined): Promise<FetchedPage<Page>>;
  /** Whether an error says that the token is not, or no longer, valid. */
  refusesToken(error: unknown): boolean;
}

/** Pages in order. A token that repeats, or is refused, ends them with `PROVIDER_PAGE_LOST`: going on would drop or double rows. */
export async function* pages<Page>(call: PagedCall<Page>): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { page, next } = await fetchPage(call, token);
    yield page;
    token = next || undefined;
    if (token === undefined) return;
    if (seen.has(token)) throw pageLost(call, seen.size + 1);
    seen.add(token);
  } while (true);
}

async function fetchPage<Page>(call: PagedCall<Page>, token: string | undefined): Promise<FetchedPage<Page>> {
  try {
    return await call.fetch(token);
  } catch (error) {
    if (token !== undefined && call.refusesToken(error)) throw pageLost(call, undefined, error);
    throw error;
  }
}

function pageLost(call: Pick<PagedCall<never>, "providerId" | "operation">, page: number | undefined, cause?: unknown): ProviderError {
  const repeats = cause === undefined;
  return new ProviderError({
    code: "PROVIDER_PAGE_LOST",
    providerId: call.providerId,
    message: {
      en: `${call.operation}: the page token ${repeats ? `repeats after page ${page}` : "was refused"}, so the rest of the list is missing.`,
      zh: `${call.operation}：分页标记${repeats ? `在第 ${page} 页后重复` : "被拒绝"}，列表的其余部分缺失。`,
    },
    hint: { en: "Ask again; if it stays so, narrow the question.", zh: "请重新提问；若仍如此，请缩小范围。" },
    ...(cause === undefined ? {} : { cause }),
  });
}
