import type { MetricValue } from "@azure/monitor-query-metrics";
import type { TimeWindow } from "../../contracts/index.ts";
import type { ProviderError } from "../../errors/index.ts";
import { failure, required } from "./errors.ts";
import type { Aggregation, NativePoint } from "./periods.ts";

/** A metric of a resource as a reply has it, whatever call it came from. */
export interface MetricSeries {
  /** As the reply spells it. */
  readonly resourceId: string;
  readonly metric: string;
  readonly values: readonly MetricValue[];
  readonly failure?: ProviderError;
}

/**
 * The points of one aggregation in the window. A period without data has a time and nothing else: the count, which is always asked for too,
 * tells it from one of which a part was lost.
 */
export function pointsOf(series: MetricSeries, aggregation: Aggregation, window: TimeWindow, operation: string): NativePoint[] {
  const points: NativePoint[] = [];
  for (const each of series.values) {
    const timeMs = required(each.timeStamp, operation, "timeStamp").getTime();
    if (Number.isNaN(timeMs)) required(undefined, operation, "a readable timeStamp");
    const value = each[aggregation];
    if (value === undefined && each.count === undefined) continue;
    const count = required(each.count, operation, "count");
    if (count === 0 && (value === undefined || aggregation !== "total")) continue;
    const known = required(value, operation, aggregation);
    if (timeMs >= window.fromMs && timeMs < window.toMs) points.push({ timeMs, value: known, count });
  }
  return points;
}

/** What a metric's own error code means, where it is not `Success`. */
export function seriesFailure(operation: string, errorCode: string | undefined, message: string | undefined): ProviderError | undefined {
  if (errorCode === undefined || errorCode === "Success") return undefined;
  const detail = [errorCode, message].filter(Boolean).join(": ");
  const code = /throttl|toomany/i.test(detail) ? "PROVIDER_RATE_LIMITED" : "PROVIDER_UNAVAILABLE";
  return failure(code, { en: `Azure ${operation}: ${detail}`, zh: `Azure ${operation}：${detail}` });
}

/** For resources that a reply does not mention. */
export function leftOut(operation: string): ProviderError {
  return failure("PROVIDER_REPLY_INVALID", {
    en: `Azure ${operation}: the reply leaves the resource out.`,
    zh: `Azure ${operation}：响应中缺少该资源。`,
  });
}

/** For statistics that cannot be made of what Azure keeps. */
export function statisticImpossible(statistic: string, native: string): ProviderError {
  return failure(
    "PROVIDER_FAILED",
    {
      en: `Azure Monitor keeps no percentiles, and ${statistic} of ${native} over this window cannot be made of its one-minute values.`,
      zh: `Azure Monitor 不保存百分位数，也无法由每分钟数据得出 ${native} 在该窗口内的 ${statistic}。`,
    },
    {
      hint: {
        en: "Ask for the average or the maximum, or for at most a day of a metric that is a level, such as CPU.",
        zh: "请改用平均值或最大值；对 CPU 等水平类指标，请查询不超过一天的窗口。",
      },
    },
  );
}
