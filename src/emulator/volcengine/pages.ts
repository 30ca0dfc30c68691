import { pagePosition, pageToken } from "../page-token.ts";
import { boundedInteger, optionalText } from "./parameters.ts";
import { invalidArgument } from "./refusals.ts";
import type { VolcengineRequest } from "./service.ts";

/** A page that is asked for by its number, and what the reply tells of it. */
export function numberedPage<Item>(all: readonly Item[], { input }: VolcengineRequest, usual: number, most: number) {
  const number = boundedInteger(input, "PageNumber", 1, 1_000_000, 1);
  const size = boundedInteger(input, "PageSize", 1, most, usual);
  const page = all.slice((number - 1) * size, number * size);
  return { page, told: { PageNumber: number, PageSize: size, TotalCount: all.length } };
}

/** A page that is asked for by a token; the last one comes with an empty token. @throws VolcengineError for a token of another list. */
export function tokenPage<Item>(all: readonly Item[], request: VolcengineRequest, usual: number, most: number) {
  const { account, region, operation, input } = request;
  const limit = boundedInteger(input, "MaxResults", 1, most, usual);
  const { NextToken: _, MaxResults: __, ...filters } = input;
  const binding = [account, region, operation, filters];
  const position = pagePosition(optionalText(input, "NextToken"), binding);
  if (position === undefined) throw invalidArgument();
  const end = position + limit;
  return { page: all.slice(position, end), told: { NextToken: end < all.length ? pageToken(end, binding) : "" } };
}
