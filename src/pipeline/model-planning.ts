import type { Intent, ManagedQuestion, ModelCaller } from "../agents/index.ts";
import type { Model, ModelReply, PlannedSteps, PlanningFacts, Usage } from "../contracts/index.ts";
import type { Language, QuestionError } from "../errors/index.ts";
import type { ToolRegistry } from "../execution/index.ts";
import type { Drivers, RunOptions } from "./run-options.ts";

/** The stages of a run in which a model takes part, and what it has cost. */
export class ModelPlanning {
  readonly #drivers: Drivers;
  readonly #registry: ToolRegistry;
  readonly #options: RunOptions & { readonly signal: AbortSignal };
  #usage = { modelCalls: 0, promptTokens: 0, completionTokens: 0 };
  #intent: Intent | undefined;
  #request: ManagedQuestion | undefined;
  #planned: PlannedSteps | undefined;

  constructor(drivers: Drivers, registry: ToolRegistry, options: RunOptions & { readonly signal: AbortSignal }) {
    this.#drivers = drivers;
    this.#registry = registry;
    this.#options = options;
  }

  get usage(): Pick<Usage, "modelCalls" | "promptTokens" | "completionTokens"> {
    return this.#usage;
  }

  get planned(): PlannedSteps | undefined {
    return this.#planned;
  }

  /** Asks the model for what the grammar did not understand; throws `misunderstood` where there is no model to ask. */
  async plan(
    request: { readonly question: string; readonly language: Language },
    facts: PlanningFacts,
    misunderstood: QuestionError | undefined,
  ): Promise<"intent" | "plan"> {
    const { model, fallbackModel, runtime, limits } = this.#drivers;
    if (model === undefined || this.#options.model === false) throw misunderstood;
    // Most questions need no model, so they should not load what talks to one.
    const { TaskPlannerAgent } = await import("../agents/index.ts");
    const planner = new TaskPlannerAgent({
      model,
      fallback: fallbackModel,
      clock: runtime.clock,
      tools: this.#registry.list(),
      limits,
      writes: this.#drivers.writes,
      onCall: (usage) => this.#count(usage),
    });
    const { question, language } = request;
    this.#request = { question, language, facts };
    const decision = await planner.plan({ question, language, facts }, this.#options.signal);
    if (decision.kind === "plan") this.#planned = decision.planned;
    else this.#intent = decision.intent;
    return decision.kind;
  }

  /** Finds the tool for the intent. */
  async manage(): Promise<void> {
    if (this.#intent === undefined || this.#request === undefined) throw new Error("no intent before planning");
    const { ManagerAgent } = await import("../agents/index.ts");
    const decision = new ManagerAgent({ tools: this.#registry.list() }).resolve(this.#intent, this.#request);
    if (decision.status === "no-tool") throw decision.error;
    this.#planned = decision.planned;
  }

  /** The same model within the run's limits: its calls are counted, have a time limit, end with the token budget, and are tried twice. */
  bounded(model: Model): Model {
    let caller: Promise<ModelCaller> | undefined;
    return {
      contractVersion: model.contractVersion,
      id: model.id,
      complete: async (request, signal) => {
        caller ??= this.#caller();
        return await (await caller).complete(model, request, signal);
      },
    };
  }

  async #caller(): Promise<ModelCaller> {
    const { limits, runtime } = this.#drivers;
    const { ModelCaller } = await import("../agents/index.ts");
    const spentTokens = this.#usage.promptTokens + this.#usage.completionTokens;
    return new ModelCaller({ clock: runtime.clock, limits, spentTokens, onCall: (usage) => this.#count(usage) });
  }

  #count(usage: ModelReply["usage"]): void {
    const { modelCalls, promptTokens, completionTokens } = this.#usage;
    this.#usage = {
      modelCalls: modelCalls + 1,
      promptTokens: promptTokens + usage.promptTokens,
      completionTokens: completionTokens + usage.completionTokens,
    };
  }
}
