import type { ProviderContext } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import { type Clients, ONE_REQUEST } from "./clients.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";
import type { SeriesPlan } from "./periods.ts";

const OPERATION = "ListTimeSeries";
/** Points, not series (Cloud Monitoring API reference, `timeSeries.list`). */
const PAGE_SIZE = 100_000;

/** The parts of `ListTimeSeriesResponse` that are read; an empty list is left out (proto3 JSON mapping). */
interface Reply {
  readonly timeSeries?: readonly TimeSeries[];
  readonly nextPageToken?: string;
}

interface TimeSeries {
  readonly resource?: { readonly labels?: Readonly<Record<string, string>> };
  readonly points?: readonly {
    readonly interval?: { readonly endTime?: string };
    readonly value?: { readonly doubleValue?: number | string; readonly int64Value?: string };
  }[];
}

/** Native points by the label that tells resources from each other; the rest of a series may come on the next page. */
export type SeriesPage = ReadonlyMap<string, readonly (readonly [endMs: number, value: number])[]>;

export interface SeriesQuery {
  readonly project: string;
  readonly filter: string;
  /** The label of the resource. */
  readonly label: string;
  readonly plan: SeriesPlan;
}

/** All series of a project that match: one request for all its regions, whoever asks first. */
export function readSeries(clients: Clients, query: SeriesQuery, context: ProviderContext): AsyncIterable<SeriesPage> {
  const { project, filter, label, plan } = query;
  const { window, aggregation, secondaryAggregation } = plan;
  return context.shared(`series/${JSON.stringify([project, filter, window, aggregation, secondaryAggregation])}`, async function* () {
    const client = await clients.client("metrics");
    const list = pagesOf(OPERATION, (pageToken) =>
      clients.call(context, {
        operation: `monitoring.${OPERATION}`,
        scope: { account: project },
        send: () =>
          client.listTimeSeries(
            {
              name: `projects/${project}`,
              filter,
              // The start is not part of it, the end is; and a point carries the end of its time (common.proto).
              interval: { startTime: { seconds: window.fromMs / 1_000 }, endTime: { seconds: window.toMs / 1_000 } },
              aggregation,
              ...(secondaryAggregation === undefined ? {} : { secondaryAggregation }),
              view: "FULL",
              pageSize: PAGE_SIZE,
              ...(pageToken === undefined ? {} : { pageToken }),
            },
            ONE_REQUEST,
          ),
        read: ({ timeSeries = [], nextPageToken }: Reply) => ({ page: pageOf(timeSeries, label), next: nextPageToken }),
      }),
    );
    try {
      yield* list;
    } catch (error) {
      // Nothing in the project has ever written it: no instance with the agent, for example.
      if (!isUnknownMetric(error)) throw error;
    }
  });
}

function isUnknownMetric(error: unknown): boolean {
  return error instanceof ProviderError && error.code === "PROVIDER_NOT_FOUND" && /cannot find metric/i.test(error.message);
}

function pageOf(list: readonly TimeSeries[], label: string): SeriesPage {
  const page = new Map<string, [number, number][]>();
  // All series have the same few times.
  const times = new Map<string, number>();
  const timeOf = (text: string): number => {
    let timeMs = times.get(text);
    if (timeMs === undefined) {
      timeMs = Date.parse(text);
      times.set(text, timeMs);
    }
    return Number.isNaN(timeMs) ? required<number>(undefined, OPERATION, "a readable endTime") : timeMs;
  };
  for (const { resource, points } of list) {
    const id = required(resource?.labels?.[label], OPERATION, `resource.labels.${label}`);
    const series = required(points, OPERATION, "points").map(({ interval, value }): [number, number] => {
      // 64-bit integers come as text.
      const number = Number(value?.doubleValue ?? value?.int64Value ?? required(undefined, OPERATION, "value"));
      return [timeOf(required(interval?.endTime, OPERATION, "interval.endTime")), number];
    });
    // One of an instance that was moved between zones may be two.
    page.set(id, [...(page.get(id) ?? []), ...series]);
  }
  return page;
}
