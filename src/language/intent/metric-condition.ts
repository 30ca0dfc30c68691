import type { PlanningFacts, Unit } from "../../contracts/index.ts";
import { contradictory, unitMismatch, unitMissing } from "../failures.ts";
import type { Threshold } from "../phrases/element.ts";
import { refuse } from "../stop.ts";
import type { Dimension } from "../text/sense.ts";
import type { MetricCondition } from "./resource-intent.ts";

const DIMENSION: Readonly<Record<Unit, Dimension | null>> = {
  percent: "percent",
  bytes: "bytes",
  "bytes/second": "bytes/second",
  count: null,
  "count/second": "count/second",
  seconds: "duration",
  milliseconds: "duration",
};

/** Brings a threshold into the metric's unit. Bytes and durations need one; counts have none; a fraction of a percentage is asked back. */
export function metricCondition(metric: string, threshold: Threshold, facts: PlanningFacts): MetricCondition {
  const unit = unitOf(metric, facts);
  const values = threshold.values.map((value) => inUnit(metric, value, threshold, unit));
  const [low = 0, high = 0] = values;
  if (values.length === 2 && low > high) refuse(contradictory(`the range ${threshold.text} is empty`, `范围 ${threshold.text} 是空的`));
  return { metric, operator: threshold.operator, values };
}

/** The unit of a metric's column; undefined for a native metric nobody knows. */
export function unitOf(metric: string, facts: PlanningFacts): Unit | undefined {
  const native = facts.providers.flatMap((provider) => provider.nativeMetrics).find((each) => each.native === metric);
  return facts.metrics[native?.metric ?? metric]?.unit;
}

function inUnit(metric: string, value: number, threshold: Threshold, unit: Unit | undefined): number {
  const { measure, text } = threshold;
  if (unit === undefined) {
    if (measure !== undefined && measure.dimension !== "percent") refuse(unitMismatch(metric, text, "count"));
    return value;
  }
  const dimension = DIMENSION[unit];
  if (measure === undefined) {
    const fraction = unit === "percent" && value > 0 && value < 1;
    const needed = dimension === "bytes" || dimension === "bytes/second" || dimension === "duration" || fraction;
    if (needed) refuse(unitMissing(metric, text, unit));
    return value;
  }
  if (measure.dimension !== dimension) refuse(unitMismatch(metric, text, unit));
  return (value * measure.factor) / (unit === "seconds" ? 1000 : 1);
}
