import {
  type Clock,
  type Model,
  type ModelMessage,
  type ModelReply,
  type PlannedSteps,
  type PlanningFacts,
  type PlanStep,
  referencesOf,
  type TypedStep,
} from "../contracts/index.ts";
import { type Language, ModelError, OrchestratorError } from "../errors/index.ts";
import { ModelCaller, type ModelCallLimits } from "./model-caller.ts";
import { parseReply } from "./parse-reply.ts";
import { type PlannerReply, plannerReplySchema, withoutNulls } from "./planner-reply.ts";
import { planCorrectionPrompt, planQuestionPrompt, planSystemPrompt } from "./prompts/plan.ts";
import { questionTooLong, refusedQuestion, unusableReplies } from "./refusals.ts";
import type { PlannableTool } from "./tool-catalogue.ts";
import { inOrder, unknownTool, validatePlan } from "./validate-plan.ts";
import { type Problem, problem } from "./validation/problem.ts";

/** What a question comes down to when one tool call answers it. `tool` is null where the model knows of none. */
export interface Intent {
  readonly tool: string | null;
  readonly input: Readonly<Record<string, unknown>>;
  /** What is wanted, in the model's words: for those who look for another way. */
  readonly goal: string;
}

export type PlannerDecision =
  | { readonly kind: "intent"; readonly intent: Intent }
  | { readonly kind: "plan"; readonly planned: PlannedSteps };

export interface TaskPlannerOptions {
  readonly model: Model;
  /** Asked when `model` fails or writes nothing usable. */
  readonly fallback?: Model | undefined;
  readonly clock: Clock;
  /** Those that only read are offered; nothing a question says can add to them. */
  readonly tools: readonly PlannableTool[];
  readonly limits: ModelCallLimits & { readonly maxSteps: number };
  /** The operator lets generated code change things. @defaultValue false */
  readonly writes?: boolean;
  /** Told after every model call. */
  onCall?(usage: ModelReply["usage"]): void;
}

export interface PlanningRequest {
  readonly question: string;
  readonly language: Language;
  readonly facts: PlanningFacts;
}

/** Times a reply's problems are fed back to the model that wrote it. */
const MAX_CORRECTIONS = 2;
const MAX_QUESTION_LENGTH = 1_000;
/** Of a bad reply, this much is shown to its model again. */
const MAX_REPEATED_LENGTH = 4_000;

/** The bare result of reading a reply: what it decides, or what is wrong with it. */
type Reading =
  | { readonly ok: true; readonly decision: PlannerDecision }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/** Turns a question into an intent or a plan, with one model call as a rule. */
export class TaskPlannerAgent {
  readonly #options: TaskPlannerOptions;
  readonly #tools: readonly PlannableTool[];

  constructor(options: TaskPlannerOptions) {
    this.#options = options;
    this.#tools = options.tools.filter((tool) => tool.effect === "read");
  }

  /**
   * Throws `QuestionError` for what must not or cannot be answered, `ModelError` when no model made a usable plan;
   * an aborted signal rejects with its reason.
   */
  async plan(request: PlanningRequest, signal: AbortSignal): Promise<PlannerDecision> {
    signal.throwIfAborted();
    const { question } = request;
    if (question.length > MAX_QUESTION_LENGTH) throw questionTooLong(question.length, MAX_QUESTION_LENGTH);
    const { model, fallback, clock, limits, onCall } = this.#options;
    const caller = new ModelCaller({ clock, limits, ...(onCall === undefined ? {} : { onCall }) });
    try {
      return await this.#planWith(model, caller, request, signal);
    } catch (error) {
      if (fallback === undefined || !anotherModelMayDo(error)) throw error;
      return await this.#planWith(fallback, caller, request, signal);
    }
  }

  async #planWith(model: Model, caller: ModelCaller, request: PlanningRequest, signal: AbortSignal): Promise<PlannerDecision> {
    const tools = this.#offered(request.facts);
    const messages: ModelMessage[] = [
      { role: "system", content: planSystemPrompt(tools, { writes: this.#options.writes ?? false }) },
      { role: "user", content: planQuestionPrompt(request.question, request.facts) },
    ];
    for (let replies = 1; ; replies++) {
      const reply = await caller.ask(model, messages, signal);
      if (reply.finishReason === "refused") throw refusedByModel(model);
      const reading = this.#read(reply, tools, request);
      if (reading.ok) return reading.decision;
      if (replies > MAX_CORRECTIONS) throw unusableReplies(model.id, reading.problems, replies);
      messages.push(
        { role: "assistant", content: reply.text.slice(0, MAX_REPEATED_LENGTH) },
        { role: "user", content: planCorrectionPrompt(reading.problems) },
      );
    }
  }

  /** "Of those" needs an answer before. */
  #offered({ previous }: PlanningFacts): readonly PlannableTool[] {
    return previous === null ? this.#tools.filter(({ name }) => name !== "results.load") : this.#tools;
  }

  #read(reply: ModelReply, tools: readonly PlannableTool[], request: PlanningRequest): Reading {
    const parsed = parseReply(reply, plannerReplySchema);
    if (!parsed.ok) return parsed;
    const answer = parsed.value;
    if (answer.kind === "refusal") throw refusedQuestion(answer);
    if (answer.kind === "intent" && answer.tool === null) {
      return { ok: true, decision: { kind: "intent", intent: { tool: null, input: {}, goal: answer.goal ?? "" } } };
    }
    const steps = draftedSteps(answer);
    const [first, ...others] = this.#check(steps, tools, request.facts);
    if (first !== undefined) return { ok: false, problems: [first, ...others] };
    if (answer.kind === "intent") {
      const { tool, input } = steps[0] as PlanStep;
      return { ok: true, decision: { kind: "intent", intent: { tool, input, goal: answer.goal ?? "" } } };
    }
    const ordered = inOrder(steps).map(({ id, tool, input }) => ({ id, tool, input }) as TypedStep);
    return { ok: true, decision: { kind: "plan", planned: { language: request.language, steps: ordered } } };
  }

  #check(steps: readonly PlanStep[], tools: readonly PlannableTool[], facts: PlanningFacts): Problem[] {
    const names = tools.map(({ name }) => name);
    const notOffered = steps.filter(({ tool }) => !names.includes(tool)).map(({ id, tool }) => unknownTool(tool, `steps.${id}`, names));
    if (notOffered.length > 0) return notOffered;
    // Only the answer before may be read, whatever run a question names.
    const foreign = steps
      .filter(({ tool, input }) => tool === "results.load" && input.runId !== facts.previous?.runId)
      .map(({ id }) =>
        problem("TOOL_INPUT_INVALID", `steps.${id}.input.runId`, {
          en: `Only the previous answer can be loaded: ${facts.previous?.runId}.`,
          zh: `只能加载上一个回答：${facts.previous?.runId}。`,
        }),
      );
    return foreign.length > 0 ? foreign : validatePlan({ steps: [...steps] }, facts, this.#options.limits.maxSteps);
  }
}

/** The id of the only step of an intent. */
export const INTENT_STEP = "answer";

function draftedSteps(answer: Exclude<PlannerReply, { kind: "refusal" }>): PlanStep[] {
  const drafts = answer.kind === "plan" ? answer.steps : [{ id: INTENT_STEP, tool: answer.tool ?? "", input: answer.input ?? {} }];
  return drafts.map(({ id, tool, input: given }) => {
    const input = withoutNulls(given);
    return { id, tool, input, dependsOn: referencesOf(input) };
  });
}

const OTHER_MODEL_CODES: ReadonlySet<string> = new Set([
  "MODEL_UNAVAILABLE",
  "MODEL_RATE_LIMITED",
  "MODEL_REFUSED",
  "MODEL_OUTPUT_INVALID",
]);

/** A wrong key is not hidden behind a fallback, and a budget is everybody's. */
function anotherModelMayDo(error: unknown): boolean {
  return OrchestratorError.isInstance(error) && OTHER_MODEL_CODES.has(error.code);
}

function refusedByModel(model: Model): ModelError {
  return new ModelError({
    code: "MODEL_REFUSED",
    modelId: model.id,
    message: { en: `${model.id} declined to plan this question.`, zh: `${model.id} 拒绝为该问题生成计划。` },
    hint: { en: "Word the question differently, or use another model.", zh: "请换一种问法，或换一个模型。" },
  });
}
