import { pagePosition, pageToken } from "../page-token.ts";
import type { ArmCall } from "./arm-operations.ts";
import { armError } from "./azure-error.ts";
import type { AzureReply } from "./service.ts";

/** Resources in a page. The specifications promise a `nextLink` (`x-ms-pageable`) and tell no size. */
const PAGE_SIZE = 200;

/** A page of a list, and the link to the next one. Links hold for the same address and query only. */
export function armPage<Item>(
  { operation, account, request, circumstances }: ArmCall,
  all: readonly Item[],
  shape: (item: Item) => object,
): AzureReply {
  const query = [...new URLSearchParams(request.search)].filter(([name]) => name.toLowerCase() !== "$skiptoken");
  const binding = [operation, account, query];
  const given = request.query.get("$skiptoken");
  const lost = circumstances.fault === "lost-page";
  const position = lost && !circumstances.repeat ? undefined : pagePosition(given, binding);
  if (position === undefined) throw armError(400, "InvalidParameter", "The value of parameter $skiptoken is invalid.");
  const end = position + PAGE_SIZE;
  const token = lost ? given : end < all.length ? pageToken(end, binding) : undefined;
  return {
    body: {
      value: all.slice(position, end).map(shape),
      ...(token === undefined
        ? {}
        : { nextLink: `https://${request.host}${request.path}?${linkQuery([...query, ["$skiptoken", token]])}` }),
    },
  };
}

/** The vendor leaves `$` as it is. */
function linkQuery(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name).replace("%24", "$")}=${encodeURIComponent(value)}`).join("&");
}
