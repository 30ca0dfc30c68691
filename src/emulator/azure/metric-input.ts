import { MINUTE_MS } from "../series.ts";
import { armError } from "./azure-error.ts";
import { type Aggregation, definitionsOf, type MetricDefinition } from "./metric-definitions.ts";

const HOUR_MS = 60 * MINUTE_MS;
const MAX_METRICS = 20;
const AGGREGATIONS: readonly Aggregation[] = ["average", "minimum", "maximum", "total", "count"];
/** Time grains of platform metrics ("Supported metrics with Azure Monitor", Time Grains). */
const INTERVALS_MS: Readonly<Record<string, number>> = {
  PT1M: MINUTE_MS,
  PT5M: 5 * MINUTE_MS,
  PT15M: 15 * MINUTE_MS,
  PT30M: 30 * MINUTE_MS,
  PT1H: HOUR_MS,
  PT6H: 6 * HOUR_MS,
  PT12H: 12 * HOUR_MS,
  P1D: 24 * HOUR_MS,
};

export interface MetricInput {
  readonly namespace: string;
  readonly metrics: readonly { readonly definition: MetricDefinition; readonly aggregations: readonly Aggregation[] }[];
  readonly startMs: number;
  readonly endMs: number;
  readonly interval: string;
  readonly intervalMs: number;
}

export interface MetricParameters {
  readonly metricnamespace: string | undefined;
  readonly metricnames: readonly string[];
  readonly aggregation: string | undefined;
  readonly interval: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
}

/** Reads what both ways of asking for metrics share. Throws what the vendor says to mistakes. */
export function readMetricInput(parameters: MetricParameters, nowMs: number): MetricInput {
  const { metricnamespace: namespace, interval = "PT1M" } = parameters;
  if (!namespace) throw badRequest("The metricnamespace parameter is required.");
  const { startMs, endMs } = readTimes(parameters.start, parameters.end, nowMs);
  const intervalMs = interval === "FULL" ? endMs - startMs : INTERVALS_MS[interval];
  if (intervalMs === undefined)
    throw badRequest(
      `Detected invalid time grain input: '${interval}'. Supported time grains are ${Object.keys(INTERVALS_MS).join(",")} and FULL.`,
    );
  return { namespace, metrics: readMetrics(namespace, parameters), startMs, endMs, interval, intervalMs };
}

function readMetrics(namespace: string, { metricnames, aggregation }: MetricParameters): MetricInput["metrics"] {
  const definitions = definitionsOf(namespace);
  if (definitions === undefined) throw badRequest(`Failed to find metric configuration for namespace: ${namespace}.`);
  const names = metricnames.filter((name) => name !== "");
  if (names.length === 0) throw badRequest("The metricnames parameter is required.");
  if (names.length > MAX_METRICS) throw badRequest(`At most ${MAX_METRICS} metrics can be requested at once.`);
  const wanted = aggregation === undefined ? undefined : aggregation.split(",").map((name) => readAggregation(name.trim()));
  return names.map((name) => {
    const definition = definitions.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
    if (definition !== undefined) return { definition, aggregations: wanted ?? [definition.primary] };
    const [provider, type] = namespace.split("/");
    const valid = definitions.map((one) => one.name).join(",");
    throw badRequest(
      `Failed to find metric configuration for provider: ${provider}, resource Type: ${type}, metric: ${name.trim()}, Valid metrics: ${valid}`,
    );
  });
}

function readAggregation(name: string): Aggregation {
  const found = AGGREGATIONS.find((one) => one === name.toLowerCase());
  if (found === undefined)
    throw badRequest(`Invalid aggregation type: '${name}'. Valid types are Average, Count, Maximum, Minimum, Total.`);
  return found;
}

/** The hour before now by default; whole minutes, as the reply tells. */
function readTimes(start: string | undefined, end: string | undefined, nowMs: number): { startMs: number; endMs: number } {
  if (end !== undefined && start === undefined) throw badRequest("The starttime parameter is required when endtime is specified.");
  const endMs = end === undefined ? nowMs : instant(end);
  const startMs = start === undefined ? endMs - HOUR_MS : instant(start);
  if (startMs >= endMs) throw badRequest("Start time cannot be greater than or equal to end time.");
  return { startMs: Math.floor(startMs / MINUTE_MS) * MINUTE_MS, endMs: Math.ceil(endMs / MINUTE_MS) * MINUTE_MS };
}

function instant(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw badRequest(`Detected invalid datetime input: '${text}'.`);
  return ms;
}

/**
 * Metric names in a query string. An encoded comma belongs to a name, a bare one stands between names (Azure/azure-sdk-for-python#30016,
 * Azure/azure-sdk-for-net#37275).
 */
export function metricNamesIn(search: string): readonly string[] {
  const value = search.split("&").find((part) => /^metricnames=/i.test(part));
  const names = value?.slice("metricnames=".length).split(",") ?? [];
  return names.map((name) => new URLSearchParams(`name=${name}`).get("name") ?? "");
}

export function badRequest(message: string) {
  return armError(400, "BadRequest", message);
}
