import { noise } from "../hash.ts";
import { MINUTE_MS } from "../series.ts";
import { ALIGNERS, enumValue, METRIC_KINDS, REDUCERS, TIME_SERIES_VIEWS, VALUE_TYPES } from "./enumerations.ts";
import { GoogleError, invalidArgument } from "./google-error.ts";
import { MONITORED_METRICS, type TimeSeriesStore } from "./monitored-metrics.ts";
import type { MetricType, MonitoredMetric, SeriesLabels, SeriesPoint, SeriesSet, StoredSeries } from "./monitored-series.ts";
import { type Aggregation, aggregate, alignedStart, type Interval } from "./monitoring-aggregation.ts";
import { MonitoringFilter } from "./monitoring-filter.ts";
import { invalidFilter } from "./monitoring-filter-parser.ts";
import { type PagePosition, pageToken, readPageToken } from "./page-token.ts";
import { formatTimestamp, QueryFields } from "./query-fields.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

const LARGEST_PAGE = 100_000;
/** Points of one minute are kept six weeks (Cloud Monitoring, "Quotas and limits": data retention). */
const RETENTION_MS = 42 * 86_400_000;
const LONGEST_PERIOD_MS = 104 * 7 * 86_400_000;
// A place in the list is one number: series × this + point. No series has more points.
const POINTS_PER_SERIES = 1_000_000;

/** `ListTimeSeries`: series of one metric type, aligned and reduced as asked. */
export function listTimeSeries(store: TimeSeriesStore, request: GoogleRequest): GoogleReply {
  const fields = new QueryFields(request.query);
  const filterText = fields.text("filter");
  const filter = new MonitoringFilter(filterText);
  const metric = metricOf(filter, filterText);
  const { type } = metric;
  const interval = intervalOf(fields);
  const view = fields.enumeration(
    TIME_SERIES_VIEWS,
    "view",
    "type.googleapis.com/google.monitoring.v3.ListTimeSeriesRequest.TimeSeriesView",
  );
  const [first, second] = [aggregationOf(fields, "aggregation"), aggregationOf(fields, "secondaryAggregation")];
  const size = fields.integer("pageSize");
  const limit = size <= 0 || size > LARGEST_PAGE ? LARGEST_PAGE : size;
  const binding = bindingOf(request);
  const page = readPageToken(fields.text("pageToken"), binding, request.nowMs);
  if (page === undefined)
    throw invalidArgument(`Field pageToken had an invalid value of "${fields.text("pageToken")}": The page token is invalid.`);

  const stored = store.of(request.project, metric).filter(matching(filter, type, filterText));
  const fromMs = first.aligner === "ALIGN_NONE" ? interval.startMs : alignedStart(interval, first.periodMs);
  const raw: SeriesSet = {
    kind: type.kind,
    valueType: type.valueType,
    unit: type.unit,
    series: stored
      .map((series) => ({
        labels: series.labels,
        points: pointsOf(series, type, { startMs: fromMs, endMs: interval.endMs }, page.snapshotMs),
      }))
      .filter(({ points }) => points.length > 0),
  };
  const once = aggregate(raw, first, interval, "aggregation");
  const set = aggregate(once, second, interval, "secondaryAggregation");
  return render(type, set, { page, limit, headersOnly: view === "HEADERS", numeric: request.numericEnums, binding });
}

function metricOf(filter: MonitoringFilter, text: string): MonitoredMetric {
  const wanted = filter.metricType;
  if (wanted === undefined) {
    throw invalidFilter(
      text,
      'must specify a restriction on "metric.type" in the filter; see "https://cloud.google.com/monitoring/api/resources" for a list of available metric types.',
    );
  }
  const metric = MONITORED_METRICS.find(({ type }) => type.type === wanted);
  if (metric === undefined) {
    throw new GoogleError(
      "NOT_FOUND",
      `Cannot find metric(s) that match type = "${wanted}". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon.`,
    );
  }
  return metric;
}

function matching(filter: MonitoringFilter, type: MetricType, text: string): (series: StoredSeries) => boolean {
  if (!filter.allowsResource(type.resourceType)) {
    throw invalidFilter(
      text,
      "The supplied filter does not specify a valid combination of metric and monitored resource descriptors. The query will not return any time series.",
    );
  }
  const test = filter.compile(type);
  return (series) => test(series.labels);
}

/** `(startTime, endTime]` (common.proto, `TimeInterval`: reads). */
function intervalOf(fields: QueryFields): Interval {
  const endMs = fields.time("interval.endTime");
  if (endMs === undefined) throw invalidArgument("Field interval.endTime had an invalid value: The end time must be specified.");
  const startMs = fields.time("interval.startTime") ?? endMs;
  if (startMs > endMs) {
    throw invalidArgument(
      `Field interval.endTime had an invalid value of "${fields.text("interval.endTime")}": The end time cannot be earlier than the start time.`,
    );
  }
  // A start that is left out is the end: one moment, which holds the gauge that was taken at it.
  return { startMs: startMs === endMs ? endMs - 1 : startMs, endMs };
}

function aggregationOf(fields: QueryFields, prefix: string): Aggregation {
  const aligner = fields.enumeration(
    ALIGNERS,
    `${prefix}.perSeriesAligner`,
    "type.googleapis.com/google.monitoring.v3.Aggregation.Aligner",
  );
  const reducer = fields.enumeration(
    REDUCERS,
    `${prefix}.crossSeriesReducer`,
    "type.googleapis.com/google.monitoring.v3.Aggregation.Reducer",
  );
  const periodMs = fields.duration(`${prefix}.alignmentPeriod`);
  if (aligner === "ALIGN_NONE" && reducer !== "REDUCE_NONE") {
    throw invalidArgument(
      `Field ${prefix}.perSeriesAligner had an invalid value of "ALIGN_NONE": An aligner must be specified when a cross-series reducer is.`,
    );
  }
  if (aligner !== "ALIGN_NONE" && (periodMs === undefined || periodMs < MINUTE_MS || periodMs > LONGEST_PERIOD_MS)) {
    throw invalidArgument(
      `Field ${prefix}.alignmentPeriod had an invalid value of "${fields.text(`${prefix}.alignmentPeriod`)}": The alignment period must be at least 60 seconds and at most 104 weeks.`,
    );
  }
  return { aligner, reducer, periodMs: periodMs ?? MINUTE_MS, groupBy: fields.texts(`${prefix}.groupByFields`) };
}

/** What is visible of a series in an interval, oldest first: a point is stamped with the end of its minute and shows up 30 to 110 seconds later. */
function pointsOf(series: StoredSeries, { kind }: MetricType, { startMs, endMs }: Interval, nowMs: number): readonly SeriesPoint[] {
  const points: SeriesPoint[] = [];
  const earliestMs = Math.max(startMs, nowMs - RETENTION_MS);
  for (let stampMs = (Math.floor(earliestMs / MINUTE_MS) + 1) * MINUTE_MS; stampMs <= endMs; stampMs += MINUTE_MS) {
    const minute = stampMs / MINUTE_MS - 1;
    if (stampMs + 30_000 + noise(series.key, minute, 12) * 80_000 > nowMs) break;
    const value = series.valueAt(minute);
    if (value !== undefined) points.push({ startMs: kind === "DELTA" ? stampMs - MINUTE_MS : stampMs, endMs: stampMs, value });
  }
  return points;
}

interface Rendering {
  readonly page: PagePosition;
  readonly limit: number;
  readonly headersOnly: boolean;
  readonly numeric: boolean;
  readonly binding: unknown;
}

/** A page: pages count points, or series where only headers are asked for, and may cut a series in two. */
function render(type: MetricType, set: SeriesSet, { page, limit, headersOnly, numeric, binding }: Rendering): string {
  const parts: string[] = [];
  const tail = `"metricKind":${JSON.stringify(enumValue(METRIC_KINDS, set.kind, numeric))},"valueType":${JSON.stringify(enumValue(VALUE_TYPES, set.valueType, numeric))}`;
  const valueName = set.valueType === "INT64" ? "int64Value" : "doubleValue";
  const quote = set.valueType === "INT64" ? '"' : "";
  let budget = limit;
  let next: number | undefined;
  let skip = page.position % POINTS_PER_SERIES;
  for (let index = Math.floor(page.position / POINTS_PER_SERIES); index < set.series.length; index++) {
    const series = set.series[index];
    if (series === undefined) break;
    if (budget === 0) {
      next = index * POINTS_PER_SERIES;
      break;
    }
    const header = `{"metric":${labelled(type.type, series.labels.metric)},"resource":${labelled(type.resourceType, series.labels.resource)}${metadataOf(series.labels, set)},${tail}`;
    if (headersOnly) {
      parts.push(`${header}}`);
      budget--;
      continue;
    }
    const newestFirst = series.points.toReversed().slice(skip, skip + budget);
    const points = newestFirst.map(
      (point) =>
        `{"interval":{"startTime":"${formatTimestamp(point.startMs)}","endTime":"${formatTimestamp(point.endMs)}"},"value":{"${valueName}":${quote}${point.value}${quote}}}`,
    );
    parts.push(`${header},"points":[${points.join(",")}]}`);
    budget -= newestFirst.length;
    if (skip + newestFirst.length < series.points.length) {
      next = index * POINTS_PER_SERIES + skip + newestFirst.length;
      break;
    }
    skip = 0;
  }
  const members = [
    // The JSON mapping leaves empty lists out.
    ...(parts.length > 0 ? [`"timeSeries":[${parts.join(",")}]`] : []),
    ...(next === undefined ? [] : [`"nextPageToken":"${pageToken({ position: next, snapshotMs: page.snapshotMs }, binding)}"`]),
    `"unit":${JSON.stringify(set.unit)}`,
  ];
  return `{${members.join(",")}}`;
}

function labelled(type: string, labels: Readonly<Record<string, string>>): string {
  return `{"labels":${JSON.stringify(labels)},"type":"${type}"}`;
}

/** Only reduced series tell metadata: the labels they were grouped by. */
function metadataOf({ user, system }: SeriesLabels, { reduced }: SeriesSet): string {
  if (reduced !== true) return "";
  const metadata = {
    ...(Object.keys(system).length > 0 ? { systemLabels: system } : {}),
    ...(Object.keys(user).length > 0 ? { userLabels: user } : {}),
  };
  return Object.keys(metadata).length === 0 ? "" : `,"metadata":${JSON.stringify(metadata)}`;
}

/** Tokens go with all other parameters of the request. */
function bindingOf({ method, project, query }: GoogleRequest): unknown {
  const others = [...query].filter(([name]) => !["pageToken", "page_token", "pageSize", "page_size", "access_token"].includes(name));
  return [method.name, project, others.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))];
}
