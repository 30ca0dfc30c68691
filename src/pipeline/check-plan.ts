import { z } from "zod";
import { validatePlan } from "../agents/validate-plan.ts";
import type { Problem } from "../agents/validation/problem.ts";
import { PLAN_VERSION, type Plan, type PlanningFacts, planSchema } from "../contracts/index.ts";
import { type CodeOf, ConfigurationError, ERROR_CODES, type Language, PlanError, QuestionError, type Text } from "../errors/index.ts";

/** Throws what is wrong with a plan, whoever made it. */
export function checkPlan(plan: Plan, facts: PlanningFacts, maxSteps: number): void {
  const [problem, ...others] = validatePlan(plan, facts, maxSteps);
  if (problem === undefined) return;
  const message = {
    en: [problem, ...others].map(({ path, text }) => located(path, text.en)).join(" "),
    zh: [problem, ...others].map(({ path, text }) => located(path, text.zh)).join(""),
  };
  const details = { path: problem.path };
  if (isQuestionCode(problem.code)) throw new QuestionError({ code: problem.code, message, details });
  throw new PlanError({ code: problem.code, message, hint: PLAN_AGAIN, details });
}

/** Names the step and field, unless the sentence is about the question as a whole. */
function located(path: string, text: string): string {
  return path.startsWith("steps.") ? `${path}: ${text}` : text;
}

function isQuestionCode(code: Problem["code"]): code is CodeOf<"QuestionError"> {
  return (ERROR_CODES.QuestionError as readonly string[]).includes(code);
}

/** A plan from outside may refer to the answer before it in its own thread, not to what others asked. */
export function checkForeignResults(plan: Plan, facts: PlanningFacts): void {
  const foreign = plan.steps.find(({ tool, input }) => tool === "results.load" && input.runId !== facts.previous?.runId);
  if (foreign === undefined) return;
  throw new PlanError({
    code: "PLAN_INVALID",
    message: {
      en: `steps.${foreign.id}: a saved plan can load only the previous answer of its thread.`,
      zh: `steps.${foreign.id}：保存的计划只能引用同一会话中的上一个回答。`,
    },
    hint: PLAN_AGAIN,
  });
}

const PLAN_AGAIN: Text = {
  en: 'Plan the question again: nephoscope plan "…" -o plan.json',
  zh: '请重新生成计划：nephoscope plan "…" -o plan.json',
};

/** Reads a plan that comes from a file: untrusted. */
export function readSavedPlan(value: unknown, emulated: boolean): Plan {
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (version !== PLAN_VERSION) {
    throw new PlanError({
      code: "PLAN_VERSION",
      message:
        version === undefined
          ? { en: "This is no plan of nephoscope: it has no version.", zh: "这不是 nephoscope 的计划：没有版本号。" }
          : {
              en: `This plan has version ${String(version)}; this nephoscope runs version ${PLAN_VERSION}.`,
              zh: `该计划的版本是 ${String(version)}，当前 nephoscope 只能执行版本 ${PLAN_VERSION}。`,
            },
      hint: PLAN_AGAIN,
    });
  }
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    const facts = parsed.error.issues.map((issue) => `${issue.path.join(".") || "plan"}: ${issue.message}`).join("; ");
    const message = { en: `The plan cannot be read: ${facts}`, zh: `无法读取计划：${facts}` };
    throw new PlanError({ code: "PLAN_INVALID", message, hint: PLAN_AGAIN });
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

/** What even a plan that cannot be run says about itself, so that the refusal is in its language. */
export function planHeading(value: unknown): { readonly question: string; readonly language: Language } {
  const heading = z.looseObject({ question: z.string().catch(""), language: z.enum(["zh", "en"]).catch("en") }).safeParse(value);
  return heading.success ? heading.data : { question: "", language: "en" };
}
