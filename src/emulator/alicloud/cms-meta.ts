import { illegal } from "./cms-input.ts";
import { CMS_METRICS } from "./cms-metrics.ts";
import type { RpcRequest } from "./rpc-service.ts";

const DEFAULT_ROWS = 30;

/** DescribeMetricMetaList: the metrics there are, with units, dimensions, periods and statistics. */
export function describeMetricMetaList({ input }: RpcRequest): Record<string, unknown> {
  if (input.Labels) throw illegal("The emulator does not filter by Labels");
  const [page, size] = [Number(input.PageNumber ?? 1), Number(input.PageSize ?? DEFAULT_ROWS)];
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(size) || size < 1) throw illegal("PageNumber and PageSize are from 1");
  const matching = CMS_METRICS.filter(
    ({ namespace, name }) => (!input.Namespace || input.Namespace === namespace) && (!input.MetricName || input.MetricName === name),
  );
  const Resource = matching.slice((page - 1) * size, page * size).map((metric) => ({
    Namespace: metric.namespace,
    MetricName: metric.name,
    Description: metric.description,
    Unit: metric.unit,
    Dimensions: ["userId", ...metric.dimensions].join(","),
    Periods: metric.periods.join(","),
    Statistics: metric.statistics.join(","),
    Labels: JSON.stringify([
      { name: "metricCategory", value: metric.dimensions.join(",") },
      { name: "alertEnable", value: "true" },
      { name: "alertUnit", value: metric.unit },
    ]),
  }));
  return { Code: "200", Success: true, TotalCount: String(matching.length), Resources: { Resource } };
}
