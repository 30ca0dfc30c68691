import { enumValue, METRIC_KINDS, VALUE_TYPES } from "./enumerations.ts";
import { listPage } from "./list-page.ts";
import type { GcpLogMetric, GcpSink } from "./log-routing-data.ts";
import { projectNumber } from "./native-names.ts";
import { formatTimestamp } from "./query-fields.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

type Shape = Readonly<Record<string, unknown>>;

/** Page sizes that are not positive are ignored (API reference). */
const PAGES = { defaultSize: 50, largestSize: 1_000, binding: [] } as const;

/** `ListSinks`. */
export function listSinks(sinks: readonly GcpSink[], request: GoogleRequest): GoogleReply {
  const found = sinks.filter(({ account }) => account === request.project);
  const { items, rest } = listPage(found, request, PAGES);
  return { ...(items.length > 0 ? { sinks: items.map(sinkShape) } : {}), ...rest };
}

/** `ListLogMetrics`. */
export function listLogMetrics(metrics: readonly GcpLogMetric[], request: GoogleRequest): GoogleReply {
  const found = metrics.filter(({ account }) => account === request.project);
  const { items, rest } = listPage(found, request, PAGES);
  return { ...(items.length > 0 ? { metrics: items.map((metric) => metricShape(metric, request.numericEnums)) } : {}), ...rest };
}

/** Values that are false or empty are left out (the JSON mapping of Protocol Buffers). */
function sinkShape({ name, account, destination, filter, description, disabled, exclusion, createdMs }: GcpSink): Shape {
  const times = createdMs === null ? {} : { createTime: formatTimestamp(createdMs), updateTime: formatTimestamp(createdMs) };
  return {
    name,
    destination,
    filter,
    ...(description === "" ? {} : { description }),
    ...(disabled ? { disabled } : {}),
    ...(exclusion === null ? {} : { exclusions: [{ ...exclusion, ...times }] }),
    ...(createdMs === null
      ? {}
      : { writerIdentity: `serviceAccount:service-${projectNumber(account)}@gcp-sa-logging.iam.gserviceaccount.com` }),
    ...(destination.startsWith("bigquery")
      ? { bigqueryOptions: { usePartitionedTables: true, usesTimestampColumnPartitioning: true } }
      : {}),
    ...times,
  };
}

function metricShape({ name, account, description, filter, disabled, createdMs }: GcpLogMetric, numeric: boolean): Shape {
  const type = `logging.googleapis.com/user/${name}`;
  return {
    name,
    description,
    filter,
    ...(disabled ? { disabled } : {}),
    metricDescriptor: {
      name: `projects/${account}/metricDescriptors/${type}`,
      type,
      metricKind: enumValue(METRIC_KINDS, "DELTA", numeric),
      valueType: enumValue(VALUE_TYPES, "INT64", numeric),
      unit: "1",
      description,
    },
    createTime: formatTimestamp(createdMs),
    updateTime: formatTimestamp(createdMs),
  };
}
