import type { MetricDefinition } from "./metric-definitions.ts";

export interface TimeSeries {
  readonly metadatavalues: readonly object[];
  readonly data: readonly object[];
}

/** A metric as replies give it: `Metric` of both metric specifications. `scope` is what it was asked of. */
export function metricShape(scope: string, { name, title, unit, description }: MetricDefinition, timeseries: readonly TimeSeries[]) {
  return {
    id: `${scope}/providers/Microsoft.Insights/metrics/${name}`,
    type: "Microsoft.Insights/metrics",
    name: { value: name, localizedValue: title },
    displayDescription: description,
    unit,
    timeseries,
    errorCode: "Success",
  };
}

export function wireInstant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.000Z$/, "Z");
}
