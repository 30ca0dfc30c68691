import type { PlanningFacts, Statistic } from "../../contracts/index.ts";
import { ambiguous } from "../failures.ts";
import type { ElementOf, ElementType, Placed, ScopeCondition } from "../phrases/element.ts";
import { giveUp } from "../stop.ts";
import { metricCondition } from "./metric-condition.ts";
import type { MetricCondition } from "./resource-intent.ts";

/** A metric as it was mentioned, with the thresholds that were said of it. */
export interface Mention {
  readonly index: number;
  readonly metrics: readonly string[];
  readonly statistic: Statistic | undefined;
  readonly bound: boolean;
}

/** A condition and the elements it was made of, so that "and" and "or" can be placed between conditions. */
export interface Condition {
  readonly indexes: readonly number[];
  readonly scope?: ScopeCondition;
  readonly metric?: MetricCondition;
}

interface Open {
  readonly index: number;
  readonly element: ElementOf<"metric">;
  bound: boolean;
}

/** Metrics whose mention means that there are some: "servers with failed status checks". */
const FAULTS: ReadonlySet<string> = new Set(["status.check.failed", "targets.unhealthy"]);
/** Elements that ask for figures, so that a mention is no condition. */
const FIGURE_TYPES: ReadonlySet<ElementType> = new Set(["count", "howMuch", "group", "perSubject", "order", "superlative", "top"]);

/**
 * Says which metric each threshold is about: the ones mentioned just before it ("CPU and memory over 80%"), else the one just
 * after it ("over 80% CPU"), else, after "and" or "or", the one before again ("CPU above 80% or below 10%").
 */
export function bindThresholds(elements: readonly Placed[], facts: PlanningFacts): { mentions: Mention[]; conditions: Condition[] } {
  const mentions: Open[] = [];
  const conditions: Condition[] = [];
  let last: Open[] = [];
  const bind = (targets: Open[], index: number, threshold: ElementOf<"threshold">["threshold"]) => {
    for (const target of targets) {
      target.bound = true;
      const [metric, another] = target.element.metrics;
      if (metric === undefined || another !== undefined) giveUp(inOrOut(), [threshold.text]);
      if (threshold.implies !== undefined && threshold.implies !== metric) giveUp(whichMetric(threshold.text), [threshold.text]);
      conditions.push({ indexes: [target.index, index], metric: metricCondition(metric, threshold, facts) });
    }
    last = targets;
  };
  const waiting: { index: number; threshold: ElementOf<"threshold">["threshold"] }[] = [];
  elements.forEach((element, index) => {
    if (element.type === "scope") conditions.push({ indexes: [index], scope: element.condition });
    if (element.type === "metric") {
      const mention: Open = { index, element, bound: false };
      mentions.push(mention);
      const pending = waiting.pop();
      if (pending !== undefined) bind([mention], pending.index, pending.threshold);
    }
    if (element.type === "threshold") {
      const targets = openBefore(elements, mentions, index);
      if (targets.length > 0) bind(targets, index, element.threshold);
      else if (elements[index + 1]?.type === "metric") waiting.push({ index, threshold: element.threshold });
      else if (last.length === 1 && elements[index - 1]?.type === "connector") bind(last, index, element.threshold);
      else if (element.threshold.implies !== undefined)
        conditions.push({ indexes: [index], metric: metricCondition(element.threshold.implies, element.threshold, facts) });
      else giveUp(whichMetric(element.threshold.text), [element.threshold.text]);
    }
  });
  const some = { operator: "gt", values: [0], measure: undefined, text: "> 0", implies: undefined } as const;
  const figures = elements.some((element) => FIGURE_TYPES.has(element.type));
  for (const mention of mentions) {
    const fault = !figures && mention.element.statistic === undefined && FAULTS.has(mention.element.metrics.join());
    if (!mention.bound && (mention.element.present || fault)) bind([mention], mention.index, some);
  }
  return {
    mentions: mentions.map(({ index, element, bound }) => ({ index, metrics: element.metrics, statistic: element.statistic, bound })),
    conditions,
  };
}

/** Mentions without a threshold, from the last one back as long as only connectors stand between them. */
function openBefore(elements: readonly Placed[], mentions: readonly Open[], index: number): Open[] {
  const earlier = elements.findLastIndex((element, at) => at < index && element.type === "threshold");
  const open = mentions.filter((mention) => !mention.bound && mention.index > earlier);
  const nearest = open.at(-1);
  if (nearest === undefined) return [];
  const found = [nearest];
  for (let at = open.length - 2; at >= 0; at -= 1) {
    const mention = open[at];
    const first = found[0];
    if (mention === undefined || first === undefined) break;
    const between = elements.slice(mention.index + 1, first.index);
    if (between.length !== 1 || between[0]?.type !== "connector") break;
    found.unshift(mention);
  }
  return found;
}

function whichMetric(text: string) {
  return ambiguous(`"${text}" compares, but it is not clear with which metric.`, `“${text}”是在比较,但看不出是哪个指标。`);
}

function inOrOut() {
  return ambiguous(
    "The threshold needs one direction: network in or out, disk read or write.",
    "阈值需要指明方向:入流量还是出流量,磁盘读还是写。",
  );
}
