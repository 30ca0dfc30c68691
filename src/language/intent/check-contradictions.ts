import { contradictory } from "../failures.ts";
import type { ScopeCondition } from "../phrases/element.ts";
import { refuse } from "../stop.ts";
import type { IntentCondition, MetricCondition } from "./resource-intent.ts";

/** Refuses conditions that nothing can fulfil together. */
export function checkContradictions(all: readonly IntentCondition[]): void {
  checkMetrics(all.flatMap((condition) => ("metric" in condition ? [condition.metric] : [])));
  checkScopes(all.flatMap((condition) => ("scope" in condition ? [condition.scope] : [])));
}

interface Bounds {
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
}

function checkMetrics(conditions: readonly MetricCondition[]): void {
  for (const metric of new Set(conditions.map((condition) => condition.metric))) {
    const bounds: Bounds = { low: Number.NEGATIVE_INFINITY, lowOpen: false, high: Number.POSITIVE_INFINITY, highOpen: false };
    for (const condition of conditions) if (condition.metric === metric) narrow(bounds, condition);
    if (bounds.low > bounds.high || (bounds.low === bounds.high && (bounds.lowOpen || bounds.highOpen))) {
      refuse(contradictory(`no value of ${metric} fulfils them`, `没有满足条件的 ${metric} 取值`));
    }
  }
}

function narrow(bounds: Bounds, { operator, values }: MetricCondition): void {
  const [first = 0, second = first] = values;
  const raise = (low: number, open: boolean) => {
    if (low > bounds.low || (low === bounds.low && open)) Object.assign(bounds, { low, lowOpen: open });
  };
  const lower = (high: number, open: boolean) => {
    if (high < bounds.high || (high === bounds.high && open)) Object.assign(bounds, { high, highOpen: open });
  };
  if (operator === "gt" || operator === "gte") raise(first, operator === "gt");
  if (operator === "lt" || operator === "lte") lower(first, operator === "lt");
  if (operator === "eq" || operator === "between") {
    raise(first, false);
    lower(second, false);
  }
}

function checkScopes(conditions: readonly ScopeCondition[]): void {
  for (const condition of conditions) {
    for (const other of conditions) {
      if (condition === other || keyOf(condition) !== keyOf(other)) continue;
      const clash = clashes(condition, other);
      if (clash) refuse(contradictory(`${describe(condition)} and ${describe(other)}`, `${describe(condition)} 与 ${describe(other)}`));
    }
  }
}

function keyOf(condition: ScopeCondition): string {
  if (condition.on === "tag" || condition.on === "tagPresence") return `tag:${condition.key.toLowerCase()}`;
  return condition.on === "name" ? `name ${condition.operator}${condition.operator === "is" ? "" : condition.values.join()}` : condition.on;
}

function clashes(a: ScopeCondition, b: ScopeCondition): boolean {
  if (a.on === "tagPresence" || b.on === "tagPresence") {
    if (a.on === "tagPresence" && b.on === "tagPresence") return a.negated !== b.negated;
    const presence = a.on === "tagPresence" ? a : b;
    const value = a.on === "tagPresence" ? b : a;
    return presence.negated && !value.negated;
  }
  if (a.negated) return false;
  const others = new Set<string>(b.values.map((value) => value.toLowerCase()));
  const left = a.values.filter((value) => others.has(value.toLowerCase()) !== b.negated);
  return left.length === 0;
}

function describe(condition: ScopeCondition): string {
  const operator = condition.negated ? "≠" : "=";
  if (condition.on === "tagPresence") return `tag ${condition.key} ${condition.negated ? "missing" : "present"}`;
  return `${condition.on === "tag" ? condition.key : condition.on} ${operator} ${condition.values.join("|")}`;
}
