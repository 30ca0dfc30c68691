import { type PlanStep, referencesOf } from "../../contracts/index.ts";
import { type Problem, problem } from "./problem.ts";

/** Steps with each after those it uses, or what keeps them from being ordered. */
export function orderSteps(steps: readonly PlanStep[]): { readonly order: readonly PlanStep[]; readonly problems: readonly Problem[] } {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const problems = [...repeatedIds(steps), ...steps.flatMap((step) => wrongDependencies(step, byId))];
  if (problems.length > 0) return { order: [], problems };

  const order: PlanStep[] = [];
  const placed = new Set<string>();
  let left = [...steps];
  while (left.length > 0) {
    const ready = left.filter((step) => dependenciesOf(step).every((id) => placed.has(id)));
    if (ready.length === 0) return { order: [], problems: [cycle(left)] };
    for (const step of ready) {
      order.push(step);
      placed.add(step.id);
    }
    left = left.filter((step) => !placed.has(step.id));
  }
  const used = new Set(steps.flatMap(dependenciesOf));
  const sinks = steps.filter((step) => !used.has(step.id));
  if (sinks.length > 1) problems.push(severalSinks(sinks));
  return { order, problems };
}

function dependenciesOf(step: PlanStep): string[] {
  return [...new Set([...step.dependsOn, ...referencesOf(step.input)])];
}

function repeatedIds(steps: readonly PlanStep[]): Problem[] {
  const repeated = steps.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index);
  return [...new Set(repeated)].map((id) =>
    problem("PLAN_INVALID", `steps.${id}`, { en: "Two steps have this id.", zh: "有两个步骤使用了这个 id。" }),
  );
}

function wrongDependencies(step: PlanStep, byId: ReadonlyMap<string, PlanStep>): Problem[] {
  const references = referencesOf(step.input);
  const missing = dependenciesOf(step)
    .filter((id) => !byId.has(id))
    .map((id) =>
      problem("PLAN_INVALID", `steps.${step.id}`, {
        en: `It uses a step ${id}, which does not exist. Steps are ${[...byId.keys()].join(", ")}.`,
        zh: `它引用了不存在的步骤 ${id}。现有步骤：${[...byId.keys()].join("、")}。`,
      }),
    );
  const unstated = references
    .filter((id) => byId.has(id) && !step.dependsOn.includes(id))
    .map((id) =>
      problem("PLAN_INVALID", `steps.${step.id}.dependsOn`, {
        en: `It uses the step ${id} without depending on it.`,
        zh: `它使用了步骤 ${id}，但没有声明依赖。`,
      }),
    );
  return [...missing, ...unstated];
}

function cycle(steps: readonly PlanStep[]): Problem {
  const ids = steps.map(({ id }) => id);
  return problem("PLAN_INVALID", "steps", {
    en: `These steps wait for each other: ${ids.join(", ")}.`,
    zh: `这些步骤互相等待：${ids.join("、")}。`,
  });
}

function severalSinks(sinks: readonly PlanStep[]): Problem {
  const ids = sinks.map(({ id }) => id);
  return problem("PLAN_INVALID", "steps", {
    en: `No other step uses these: ${ids.join(", ")}. Exactly one step may be left over: its rows are the answer.`,
    zh: `没有其他步骤使用：${ids.join("、")}。只能剩下一个步骤，它的结果就是答案。`,
  });
}
