import { type Problem, validatePlan } from "../agents/index.ts";
import { PLAN_VERSION, type Plan, type PlanningFacts, planSchema } from "../contracts/index.ts";
import { type CodeOf, ConfigurationError, ERROR_CODES, PlanError, QuestionError } from "../errors/index.ts";

/** Throws what is wrong with a plan, whoever made it. */
export function checkPlan(plan: Plan, facts: PlanningFacts, maxSteps: number): void {
  const [problem, ...others] = validatePlan(plan, facts, maxSteps);
  if (problem === undefined) return;
  const message = {
    en: [problem, ...others].map(({ text }) => text.en).join(" "),
    zh: [problem, ...others].map(({ text }) => text.zh).join(""),
  };
  const details = { path: problem.path };
  if (isQuestionCode(problem.code)) throw new QuestionError({ code: problem.code, message, details });
  const hint = { en: 'Plan the question again: nephoscope plan "…"', zh: '请重新生成计划：nephoscope plan "…"' };
  throw new PlanError({ code: problem.code, message, hint, details });
}

function isQuestionCode(code: Problem["code"]): code is CodeOf<"QuestionError"> {
  return (ERROR_CODES.QuestionError as readonly string[]).includes(code);
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
