import { pagePosition, pageToken } from "./page-token.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcRequest } from "./rpc-service.ts";

/** How many rows a page of one operation may have. */
interface EcsPageSizes {
  /** `MaxResults` below this is taken for it; else it is refused. */
  readonly leastResults?: number;
  readonly mostResults: number;
  /** Of `PageSize`. */
  readonly mostRows: number;
  /** What is said to a token that is none. */
  refusedToken?(): RpcError;
}

/** The rows of a list that one request gets. */
interface EcsPage<Row> {
  readonly rows: readonly Row[];
  /** By `NextToken` and `MaxResults` rather than by `PageNumber` and `PageSize`. */
  readonly byToken: boolean;
  readonly counts: { readonly TotalCount: number; readonly PageNumber: number; readonly PageSize: number };
  /** Empty after the last page, and where pages have numbers. */
  readonly NextToken: string;
}

const DEFAULT_ROWS = 10;
const UNBOUND = ["MaxResults", "NextToken", "RegionId"];

/** Cuts a page out of a list as ECS does. Throws {@link RpcError} for sizes, numbers and tokens it does not take. */
export function ecsPage<Row>(request: RpcRequest, all: readonly Row[], sizes: EcsPageSizes): EcsPage<Row> {
  const { input } = request;
  const byToken = input.MaxResults !== undefined || input.NextToken !== undefined;
  const [from, size] = byToken ? tokenPage(request, sizes) : numberedPage(input, sizes);
  return {
    rows: all.slice(from, from + size),
    byToken,
    counts: { TotalCount: all.length, PageNumber: from / size + 1, PageSize: size },
    NextToken: byToken && from + size < all.length ? pageToken(from + size, bindingOf(request)) : "",
  };
}

function tokenPage(request: RpcRequest, sizes: EcsPageSizes): readonly [from: number, size: number] {
  const size = Number(request.input.MaxResults ?? DEFAULT_ROWS);
  const inRange = sizes.leastResults !== undefined || (size >= 1 && size <= sizes.mostResults);
  if (!Number.isInteger(size) || !inRange)
    throw new RpcError(400, "InvalidParameter.MaxResults", "The specified parameter MaxResults is not valid.");
  const from = pagePosition(request.input.NextToken, bindingOf(request));
  if (from === undefined) throw sizes.refusedToken?.() ?? invalidNextToken();
  return [from, Math.min(Math.max(size, sizes.leastResults ?? 1), sizes.mostResults)];
}

function numberedPage(input: RpcRequest["input"], { mostRows }: EcsPageSizes): readonly [from: number, size: number] {
  const number = Number(input.PageNumber ?? 1);
  const size = Number(input.PageSize ?? DEFAULT_ROWS);
  if (!Number.isInteger(number) || number < 1) throw new RpcError(400, "InvalidParam.PageNumber", "The specified parameter is invalid.");
  if (!Number.isInteger(size) || size < 1 || size > mostRows)
    throw new RpcError(400, "InvalidParam.PageSize", "The specified parameter is invalid.");
  return [(number - 1) * size, size];
}

function bindingOf({ operation, account, region, input }: RpcRequest): unknown {
  return [
    operation,
    account,
    region,
    Object.entries(input)
      .filter(([name]) => !UNBOUND.includes(name))
      .sort(),
  ];
}

export function invalidNextToken(): RpcError {
  return new RpcError(400, "InvalidParameter.NextToken", "The specified parameter NextToken is not valid.");
}
