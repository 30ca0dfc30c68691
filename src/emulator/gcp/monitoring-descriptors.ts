import { enumValue, METRIC_KINDS, VALUE_TYPES } from "./enumerations.ts";
import { GoogleError } from "./google-error.ts";
import { listPage } from "./list-page.ts";
import { MONITORED_METRICS } from "./monitored-metrics.ts";
import type { MetricType } from "./monitored-series.ts";
import { MonitoringFilter } from "./monitoring-filter.ts";
import { QueryFields } from "./query-fields.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

const LABEL_TYPES = { STRING: 0, BOOL: 1, INT64: 2 } as const;
const LAUNCH_STAGES = { LAUNCH_STAGE_UNSPECIFIED: 0, GA: 4 } as const;
const LARGEST_PAGE = 10_000;

/** `ListMetricDescriptors`: the metric types a filter means. */
export function listMetricDescriptors(request: GoogleRequest): GoogleReply {
  const text = new QueryFields(request.query).text("filter");
  const filter = new MonitoringFilter(text);
  const found = MONITORED_METRICS.map(({ type }) => type).filter(
    (type) => filter.matchesType(type.type) && filter.allowsResource(type.resourceType),
  );
  const { items, rest } = listPage(found, request, { defaultSize: LARGEST_PAGE, largestSize: LARGEST_PAGE, binding: [text] });
  const descriptors = items.map((type) => descriptorShape(type, request));
  return { ...(descriptors.length > 0 ? { metricDescriptors: descriptors } : {}), ...rest };
}

/** `GetMetricDescriptor`: the type stands in the path, slashes and all. */
export function getMetricDescriptor(request: GoogleRequest): GoogleReply {
  const { type } = request.path;
  const metric = MONITORED_METRICS.find((candidate) => candidate.type.type === type);
  if (metric === undefined) throw new GoogleError("NOT_FOUND", `Could not find descriptor for metric '${type}'.`);
  return descriptorShape(metric.type, request);
}

function descriptorShape(type: MetricType, { project, numericEnums }: GoogleRequest): Readonly<Record<string, unknown>> {
  return {
    name: `projects/${project}/metricDescriptors/${type.type}`,
    type: type.type,
    ...(type.labels.length > 0 ? { labels: type.labels.map((label) => labelShape(label, numericEnums)) } : {}),
    metricKind: enumValue(METRIC_KINDS, type.kind, numericEnums),
    valueType: enumValue(VALUE_TYPES, type.valueType, numericEnums),
    unit: type.unit,
    description: type.description,
    displayName: type.displayName,
    metadata: { launchStage: enumValue(LAUNCH_STAGES, "GA", numericEnums), samplePeriod: "60s", ingestDelay: "240s" },
    launchStage: enumValue(LAUNCH_STAGES, "GA", numericEnums),
    monitoredResourceTypes: [type.resourceType],
  };
}

/** STRING is the default and left out. */
function labelShape({ key, valueType, description }: MetricType["labels"][number], numeric: boolean): Readonly<Record<string, unknown>> {
  return { key, ...(valueType === undefined ? {} : { valueType: enumValue(LABEL_TYPES, valueType, numeric) }), description };
}
