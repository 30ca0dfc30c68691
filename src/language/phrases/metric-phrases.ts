import type { Statistic } from "../../contracts/index.ts";
import { metricUnknown } from "../failures.ts";
import { has, type PhraseContext, type PhraseMatch, sense, skip, skipLight } from "./phrase-context.ts";
import { threshold } from "./threshold-phrases.ts";

export interface MetricMention {
  readonly end: number;
  readonly metrics: readonly string[];
  readonly statistic: Statistic | undefined;
}

/** `average CPU usage`, `CPU 的峰值`, `p95 of latency`, `AWS/EC2:CPUUtilization`. */
export function metricMention(context: PhraseContext, at: number): MetricMention | undefined {
  const before = sense(context, at, "statistic")?.statistic;
  const start = before === undefined ? at : skipLight(context, at + 1);
  const metric = sense(context, start, "metric");
  if (metric === undefined || !countsAsMetric(context, start)) return undefined;
  let end = start + 1;
  while (has(context, end, "metricSuffix") && !has(context, end, "quantity")) end += 1;
  if (before !== undefined) return { end, metrics: metric.metrics, statistic: before };
  const next = skipLight(context, end);
  const after = sense(context, next, "statistic")?.statistic;
  // "CPU, max memory": the statistic belongs to what follows it.
  if (after === undefined || has(context, skipLight(context, next + 1), "metric"))
    return { end, metrics: metric.metrics, statistic: undefined };
  return { end: skip(context, next + 1, "metricSuffix"), metrics: metric.metrics, statistic: after };
}

export function metric(context: PhraseContext, at: number): PhraseMatch | undefined {
  const happened = verb(context, at);
  if (happened !== undefined) return happened;
  const having = has(context, at, "having");
  const mention = metricMention(context, having ? skipLight(context, at + 1) : at);
  if (mention !== undefined && (!having || isCounted(context, mention))) {
    return { end: mention.end, element: { type: "metric", metrics: mention.metrics, statistic: mention.statistic, present: having } };
  }
  if (context.domain === "resources" && has(context, at, "metricUnknown")) {
    return { end: at + 1, element: { type: "error", error: metricUnknown(context.tokens[at]?.text ?? "", context.facts) } };
  }
  return undefined;
}

/** `sending more than 5 MB/s`, `throttled`, `报错过`: verbs that name a metric. */
function verb(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (context.domain !== "resources") return undefined;
  const suffered = sense(context, at, "suffered");
  if (suffered !== undefined)
    return { end: at + 1, element: { type: "metric", metrics: suffered.metrics, statistic: undefined, present: true } };
  const compared = sense(context, at, "compared");
  const amount = compared === undefined ? undefined : threshold(context, skip(context, at + 1, "glue"))?.element;
  if (compared === undefined || amount?.type !== "threshold" || amount.threshold.measure?.dimension !== compared.dimension)
    return undefined;
  return { end: at + 1, element: { type: "metric", metrics: compared.metrics, statistic: undefined, present: false } };
}

/** "Functions with errors" are those with more than none; "servers with CPU" says no such thing. */
function isCounted(context: PhraseContext, mention: MetricMention): boolean {
  return mention.statistic === undefined && mention.metrics.every((name) => context.facts.metrics[name]?.unit === "count");
}

/** "Errors" and "requests" are metrics only where the question is about resources; services have their own figures. */
function countsAsMetric(context: PhraseContext, at: number): boolean {
  if (context.domain === "resources") return true;
  return context.domain === "services" || context.domain === "traces"
    ? !has(context, at, "severity", "requests") || context.domain === "services"
    : false;
}
