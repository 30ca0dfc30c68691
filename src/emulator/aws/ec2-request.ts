import { pagePosition, pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import type { AwsRequest } from "./service.ts";
import { textElement } from "./xml.ts";

/** Throws what EC2 says to a request that asks whether it would have succeeded. */
export function refuseDryRun({ input }: AwsRequest): void {
  if (input.DryRun === "true")
    throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", { status: 412 });
}

export function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextToken", "The specified NextToken is not valid.");
}

/** The values of a numbered parameter. */
export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** `MaxResults` within its bounds: above them it is refused, or taken for the greatest; undefined where it is not given. */
export function maxResultsOf({ input }: AwsRequest, most: number, above: "refused" | "clipped"): number | undefined {
  const { MaxResults: maxResults } = input;
  if (maxResults === undefined) return undefined;
  const size = Number(maxResults);
  if (Number.isInteger(size) && size > most && above === "clipped") return most;
  if (Number.isInteger(size) && size >= 5 && size <= most) return size;
  const expectation = size > most ? `less than or equal to ${most}` : "greater than or equal to 5";
  throw new AwsError(
    "InvalidParameterValue",
    `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value ${expectation}.`,
  );
}

/** One page of a list, and the element that holds the token of the next. @throws AwsError for a token of another list. */
export function pageOf<Item>(
  all: readonly Item[],
  { input, account, region, operation }: AwsRequest,
  limit: number,
  filters: unknown,
): { readonly page: readonly Item[]; readonly rest: string } {
  const binding = [account, region, operation, filters];
  const position = pagePosition(typeof input.NextToken === "string" ? input.NextToken : undefined, binding);
  if (position === undefined) throw invalidNextToken();
  const end = position + limit;
  return { page: all.slice(position, end), rest: end < all.length ? textElement("nextToken", pageToken(end, binding)) : "" };
}

/** Those with the ids that were asked for, or all. @throws AwsError in the words of `missing` for the first that there is not. */
export function named<Item>(
  all: readonly Item[],
  ids: readonly string[],
  idOf: (item: Item) => string,
  missing: (id: string) => AwsError,
): readonly Item[] {
  if (ids.length === 0) return all;
  const wanted = new Set(ids);
  const found = all.filter((item) => wanted.has(idOf(item)));
  const known = new Set(found.map(idOf));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw missing(unknown);
  return found;
}
