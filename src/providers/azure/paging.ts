import { type FetchedPage, pages } from "../shared/pages.ts";
import { PROVIDER_ID, refusesToken } from "./errors.ts";

/** Pages of an Azure list, in order. */
export function pagesOf<Page>(operation: string, fetch: (token: string | undefined) => Promise<FetchedPage<Page>>): AsyncGenerator<Page> {
  return pages({ providerId: PROVIDER_ID, operation, refusesToken, fetch });
}
