import type { Statistic, TimeWindow } from "../../contracts/index.ts";
import type { ProviderError, Text } from "../../errors/index.ts";
import { failure } from "./errors.ts";
import type { GcpMetric } from "./metrics.ts";

/** How long Cloud Monitoring keeps metrics of Google Cloud's own services ("Quotas and limits", data retention). */
const SERVICE_METRICS_KEPT_MS = 6 * 7 * 86_400_000;

/** Why there can be no points, where the window lies before all that is kept. */
export function keptTooShortly({ native }: GcpMetric, { toMs }: TimeWindow, nowMs: number): ProviderError | undefined {
  const ofAgentOrUser = /^(agent|custom|external|workload|prometheus)\.googleapis\.com\//.test(native);
  if (ofAgentOrUser || toMs > nowMs - SERVICE_METRICS_KEPT_MS) return undefined;
  return cannot(
    { en: "Google Cloud keeps this metric for six weeks only.", zh: "谷歌云仅保留该指标六周。" },
    { en: "Ask for a time within the last six weeks.", zh: "请查询最近六周内的时间。" },
  );
}

/** Percentiles are taken from single samples, which would be too many. */
export function noPercentile(statistic: Statistic): ProviderError {
  return cannot(
    {
      en: `Google Cloud has no ${statistic} of this metric, and it is taken from single samples for at most a day.`,
      zh: `谷歌云不提供该指标的 ${statistic}；由原始采样计算时最多支持一天。`,
    },
    { en: "Ask for a shorter time, or for the average or maximum.", zh: "请缩短时间范围，或改问平均值或最大值。" },
  );
}

/** A metric whose values are no numbers. */
export function noNumbers(native: string, valueType: string): ProviderError {
  return cannot(
    {
      en: `The values of ${native} are of type ${valueType}, which cannot be read here.`,
      zh: `${native} 的值类型为 ${valueType}，这里无法读取。`,
    },
    { en: "Ask for a metric whose values are numbers.", zh: "请改问数值类型的指标。" },
  );
}

function cannot(message: Text, hint: Text): ProviderError {
  return failure("PROVIDER_FAILED", message, { hint });
}
