import { ManagerAgent, TaskPlannerAgent } from "../agents/index.ts";
import type {
  Answer,
  Plan,
  PlannedSteps,
  PlannerKind,
  PlanningFacts,
  Receipt,
  ResolvedWindow,
  Route,
  RunDocument,
  RunEvent,
  StoredResult,
  StoredRun,
  Table,
} from "../contracts/index.ts";
import {
  ConfigurationError,
  type Language,
  OrchestratorError,
  QuestionError,
  StoreError,
  TimeLimitError,
  toOrchestratorError,
} from "../errors/index.ts";
import { builtinTools } from "../execution/builtin-tools.ts";
import { CallGate } from "../execution/call-gate.ts";
import { ReceiptLedger } from "../execution/receipts.ts";
import { runPlan } from "../execution/run-plan.ts";
import { ToolRegistry } from "../execution/tool-registry.ts";
import { detectLanguage, planByGrammar } from "../language/index.ts";
import { buildPlan } from "./build-plan.ts";
import { checkPlan, readSavedPlan } from "./check-plan.ts";
import { answerWindow, composeAnswer } from "./compose-answer.ts";
import type { Stages } from "./graph.ts";
import { ANSWER_STEP, planningFacts, previousAnswer } from "./planning-facts.ts";
import { createRunEmitter, type RunEmitter } from "./run-emitter.ts";
import type { Drivers, RunOptions } from "./run-options.ts";
import { stepTitle } from "./wording/step-title.ts";

/** What a run is about. */
export type Subject =
  | { readonly kind: "question"; readonly question: string }
  | { readonly kind: "plan"; readonly plan: unknown }
  | { readonly kind: "resume"; readonly runId: string };
