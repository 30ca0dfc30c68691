import type { ProviderContext } from "../../contracts/index.ts";
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "Resources";
/** The most rows that a reply holds (Resource Graph, "Working with large Azure resource data sets"). */
const PAGE_SIZE = 1_000;

export type GraphRow = Readonly<Record<string, unknown>>;

/**
 * Rows of a query over subscriptions (all that the identity can read, without any), page by page. The query must project `id`: without it
 * Resource Graph cuts the rows at the first page instead of handing out a token.
 */
export function queryGraph(
  clients: Clients,
  query: string,
  subscriptions: readonly string[] | undefined,
  context: ProviderContext,
): AsyncGenerator<readonly GraphRow[]> {
  return pagesOf(OPERATION, (skipToken) =>
    clients.call(
      {
        service: "resourceGraph",
        operation: OPERATION,
        place: {},
        send: (client) =>
          client.resources({
            query,
            ...(subscriptions === undefined ? {} : { subscriptions: [...subscriptions] }),
            options: { resultFormat: "objectArray", top: PAGE_SIZE, ...(skipToken === undefined ? {} : { skipToken }) },
          }),
        read: ({ data, count, resultTruncated, skipToken: next }) => {
          const rows: unknown = required(data, OPERATION, "data");
          if (!Array.isArray(rows)) return required<never>(undefined, OPERATION, "a list as data");
          if (rows.length !== required(count, OPERATION, "count")) required(undefined, OPERATION, "as many rows as it counts");
          // A cut without a token would leave the rest out in silence.
          if (required(resultTruncated, OPERATION, "resultTruncated") === "true") required(next, OPERATION, "$skipToken");
          return { page: rows as readonly GraphRow[], next };
        },
      },
      context,
    ),
  );
}

/** A field that is a text; `PROVIDER_REPLY_INVALID` without it. */
export function textOf(row: GraphRow, field: string): string {
  const value = row[field];
  return typeof value === "string" ? value : required<string>(undefined, OPERATION, field);
}

/** A column that may be empty: undefined for that. Resource Graph names every projected column in every row; one that is not there was lost. */
export function optionalTextOf(row: GraphRow, field: string): string | undefined {
  if (!Object.hasOwn(row, field)) return required<never>(undefined, OPERATION, field);
  const value = row[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}
