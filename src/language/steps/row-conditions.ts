import type { Condition, PlanningFacts } from "../../contracts/index.ts";
import { ambiguous } from "../failures.ts";
import { unitOf } from "../intent/metric-condition.ts";
import type { IntentCondition, MetricCondition } from "../intent/resource-intent.ts";
import type { ScopeCondition } from "../phrases/element.ts";
import { giveUp } from "../stop.ts";

/** A condition as a filter on rows checks it. */
export function rowCondition(condition: IntentCondition, facts: PlanningFacts): Condition {
  return "metric" in condition ? metricOnRows(condition.metric, condition.metric.metric, facts) : scopeOnRows(condition.scope);
}

export function metricOnRows({ metric, operator, values }: MetricCondition, column: string, facts: PlanningFacts): Condition {
  const unit = unitOf(metric, facts);
  const measured = unit === undefined ? {} : { unit };
  const [value = 0] = values;
  return operator === "between" || operator === "outside"
    ? { column, operator, values: [...values], ...measured }
    : { column, operator, value, ...measured };
}

function scopeOnRows(condition: ScopeCondition): Condition {
  if (condition.on === "tagPresence") return { column: `tag:${condition.key}`, operator: condition.negated ? "missing" : "present" };
  const column = condition.on === "tag" ? `tag:${condition.key}` : condition.on;
  if (condition.on === "name" && condition.operator === "contains") {
    return { column, operator: condition.negated ? "not-contains" : "contains", value: condition.values[0] ?? "" };
  }
  if (condition.on === "name" && condition.operator !== "is") {
    giveUp(
      ambiguous(
        'The beginning or end of a name cannot be checked on earlier rows; say "name contains …".',
        "无法在已有结果上按名称的开头或结尾筛选,请说“名称包含……”。",
      ),
      [...condition.values],
    );
  }
  const [value = "", another] = condition.values;
  if (another === undefined) return { column, operator: condition.negated ? "ne" : "eq", value };
  return { column, operator: condition.negated ? "not-in" : "in", values: [...condition.values] };
}
