import { ambiguous } from "../failures.ts";
import type { Placed } from "../phrases/element.ts";
import { giveUp } from "../stop.ts";
import type { Condition } from "./bind-thresholds.ts";
import type { IntentCondition } from "./resource-intent.ts";

/**
 * Divides conditions into those that hold together and those of which one holds. An "or" joins the two conditions it stands between;
 * where it could reach further ("a and b or c"), nothing is guessed.
 */
export function joinConditions(
  elements: readonly Placed[],
  conditions: readonly Condition[],
): { all: IntentCondition[]; any: IntentCondition[] } {
  const group = new Set<Condition>();
  elements.forEach((element, index) => {
    if (element.type !== "connector" || element.word !== "or") return;
    const before = conditions.filter((condition) => condition.indexes.includes(index - 1));
    const after = conditions.filter((condition) => condition.indexes.includes(index + 1));
    const same = before.some((condition) => after.includes(condition));
    if (before.length === 0 || after.length === 0 || same) giveUp(unclearOr(), ["or"]);
    for (const condition of [...before, ...after]) group.add(condition);
  });
  if (group.size > 0) checkGroup(elements, conditions, group);
  const intentOf = (condition: Condition): IntentCondition[] => {
    if (condition.metric !== undefined) return [{ metric: condition.metric }];
    return condition.scope === undefined ? [] : [{ scope: condition.scope }];
  };
  return {
    all: conditions.filter((condition) => !group.has(condition)).flatMap(intentOf),
    any: conditions.filter((condition) => group.has(condition)).flatMap(intentOf),
  };
}

function checkGroup(elements: readonly Placed[], conditions: readonly Condition[], group: ReadonlySet<Condition>): void {
  const members = [...group];
  const others = conditions.filter((condition) => !group.has(condition));
  const metrics = members.every((condition) => condition.metric !== undefined);
  // "Prod servers with CPU over 80% or memory over 90%" is clear; any other condition beside an "or" could belong to either side.
  const clear = others.length === 0 || (metrics && others.every((condition) => condition.scope !== undefined));
  const first = Math.min(...members.flatMap((condition) => condition.indexes));
  const last = Math.max(...members.flatMap((condition) => condition.indexes));
  const within = elements.slice(first, last + 1);
  const scopesInside = others.some((condition) => condition.indexes.some((index) => index > first && index < last));
  const joined = (element: Placed | undefined) => element?.type === "connector" && element.word === "and";
  const beside = joined(elements[first - 1]) || joined(elements[last + 1]);
  if (!clear || scopesInside || beside || within.some(joined)) giveUp(unclearOr(), ["or"]);
}

function unclearOr() {
  return ambiguous('It is not clear what "or" joins here.', "看不出“或”连接的是哪些条件。");
}
