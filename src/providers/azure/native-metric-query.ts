import type { MetricRequest, MetricTarget } from "../../contracts/index.ts";
import { shellQuote } from "../shared/shell-quote.ts";
import { required } from "./errors.ts";
import { guestQuery } from "./guest-metrics.ts";
import { azureMetric } from "./metrics.ts";
import { aggregationOf, seriesPlan } from "./periods.ts";

/** The query behind one value, as a command of the Azure CLI. */
export function nativeMetricQuery(target: MetricTarget, request: Pick<MetricRequest, "statistic" | "window">): string {
  const metric = required(azureMetric(target.metric), "GetBatch", `the metric ${target.metric.native}`);
  const { statistic, window } = request;
  const type = String(target.resource.attributes.resourceType ?? "");
  const series = metric.series[type] ?? required(Object.values(metric.series)[0], "GetBatch", "a series");
  const aggregation = aggregationOf(statistic, metric.sampling, series);
  if (metric.store === "insights") {
    return [
      "az monitor log-analytics query",
      `--subscription ${target.resource.account}`,
      '--workspace "$WORKSPACE_ID"',
      `--analytics-query ${shellQuote(`${guestQuery(request, aggregation)}\n| where Resource == ${JSON.stringify(target.resource.id.toLowerCase())}`)}`,
    ].join(" ");
  }
  return [
    "az monitor metrics list",
    `--resource ${shellQuote(target.resource.id)}`,
    `--metrics ${shellQuote(series.name)}`,
    `--aggregation ${aggregation[0]?.toUpperCase()}${aggregation.slice(1)}`,
    `--interval ${seriesPlan(statistic, window).interval}`,
    `--start-time ${new Date(window.fromMs).toISOString()}`,
    `--end-time ${new Date(window.toMs).toISOString()}`,
  ].join(" ");
}
