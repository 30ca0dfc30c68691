import { validatePlan } from "../agents/index.ts";
import { PLAN_VERSION, type Plan, type PlanningFacts, planSchema } from "../contracts/index.ts";
import { ConfigurationError, PlanError } from "../errors/index.ts";

/** Throws what is wrong with a plan, whoever made it. */
export function checkPlan(plan: Plan, facts: PlanningFacts, maxSteps: number): void {
  if (plan.steps.length > maxSteps) {
    throw new PlanError({
      code: "PLAN_TOO_LARGE",
      message: {
        en: `The plan has ${plan.steps.length} steps; the limit is ${maxSteps}.`,
        zh: `计划有 ${plan.steps.length} 步，上限是 ${maxSteps} 步。`,
      },
      hint: { en: "Split the question.", zh: "请把问题拆开来问。" },
    });
  }
  const [problem, ...others] = validatePlan(plan, facts);
  if (problem === undefined) return;
  const all = [problem, ...others].map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new PlanError({
    code: "PLAN_INVALID",
    message: { en: `The plan cannot be run: ${all}`, zh: `计划无法执行：${all}` },
    hint: { en: 'Plan the question again: nephoscope plan "…".', zh: '请重新生成计划：nephoscope plan "…"。' },
  });
}

/** Reads a plan that comes from a file: untrusted. */
export function readSavedPlan(value: unknown, emulated: boolean): Plan {
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (version !== PLAN_VERSION) {
    throw new PlanError({
      code: "PLAN_VERSION",
      message: {
        en: `This plan has version ${String(version)}; this nephoscope runs version ${PLAN_VERSION}.`,
        zh: `该计划的版本是 ${String(version)}，当前 nephoscope 只能执行版本 ${PLAN_VERSION}。`,
      },
      hint: { en: 'Plan the question again: nephoscope plan "…" -o plan.json', zh: '请重新生成计划：nephoscope plan "…" -o plan.json' },
    });
  }
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    const facts = parsed.error.issues.map((issue) => `${issue.path.join(".") || "plan"}: ${issue.message}`).join("; ");
    throw new PlanError({ code: "PLAN_INVALID", message: { en: `The plan cannot be read: ${facts}`, zh: `无法读取计划：${facts}` } });
  }
  if (parsed.data.emulated !== emulated) {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: parsed.data.emulated
        ? {
            en: "This plan was made against an emulator, and real clouds are configured.",
            zh: "该计划是针对模拟云生成的，而当前配置的是真实的云。",
          }
        : {
            en: "This plan was made for real clouds, and an emulator is configured.",
            zh: "该计划是针对真实的云生成的，而当前配置的是模拟云。",
          },
      hint: { en: "Set or unset NEPHOSCOPE_EMULATOR, or plan again.", zh: "请设置或取消 NEPHOSCOPE_EMULATOR，或重新生成计划。" },
    });
  }
  return parsed.data;
}
