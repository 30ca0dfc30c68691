import type { ProviderContext } from "../../contracts/index.ts";
import { type Clients, ONE_REQUEST } from "./clients.ts";
import { required } from "./errors.ts";
import { noNumbers } from "./metric-limits.ts";
import type { GcpMetric, Sampling } from "./metrics.ts";

const OPERATION = "GetMetricDescriptor";

export type ResolvedMetric = GcpMetric & { readonly sampling: Exclude<Sampling, "unknown"> };

/** What a metric is that the vocabulary does not have: by its descriptor, asked once in a run. */
export async function resolveMetric(
  clients: Clients,
  project: string,
  metric: GcpMetric,
  context: ProviderContext,
): Promise<ResolvedMetric> {
  const { sampling } = metric;
  if (sampling !== "unknown") return { ...metric, sampling };
  const descriptors = context.shared(`descriptor/${project}/${metric.native}`, async function* () {
    yield await describe(clients, project, metric.native, context);
  });
  for await (const found of descriptors) {
    // Several series of one resource differ in labels that nobody asked about.
    return { ...metric, sampling: found, reducer: found === "counter" ? "REDUCE_SUM" : "REDUCE_MEAN" };
  }
  return required<ResolvedMetric>(undefined, OPERATION, "a descriptor");
}

interface Descriptor {
  readonly metricKind?: number | string;
  readonly valueType?: number | string;
}

/** google/api/metric.proto; enumerations come as numbers where google-gax asks for them. */
const KINDS = ["METRIC_KIND_UNSPECIFIED", "GAUGE", "DELTA", "CUMULATIVE"];
const VALUE_TYPES = ["VALUE_TYPE_UNSPECIFIED", "BOOL", "INT64", "DOUBLE", "STRING", "DISTRIBUTION", "MONEY"];

async function describe(clients: Clients, project: string, native: string, context: ProviderContext): Promise<"level" | "counter"> {
  const client = await clients.client("metrics");
  const { kind, valueType } = await clients.call(context, {
    operation: `monitoring.${OPERATION}`,
    scope: { account: project },
    send: () => client.getMetricDescriptor({ name: `projects/${project}/metricDescriptors/${native}` }, ONE_REQUEST),
    read: ({ metricKind, valueType: type }: Descriptor) => ({
      kind: nameOf(KINDS, required(metricKind, OPERATION, "metricKind")),
      valueType: nameOf(VALUE_TYPES, required(type, OPERATION, "valueType")),
    }),
  });
  if (valueType !== "INT64" && valueType !== "DOUBLE") throw noNumbers(native, valueType);
  return kind === "GAUGE" ? "level" : "counter";
}

function nameOf(names: readonly string[], value: number | string): string {
  return typeof value === "string" ? value : (names[value] ?? String(value));
}
