import { type ErrorSummary, type Language, OrchestratorError, type RunDocument, type RunEvent, toOrchestratorError } from "nephoscope";
import { visibleJson } from "nephoscope/presentation";
import { EXIT, type ExitStatus, exitStatusOfError } from "./exit-status.ts";
import type { Host } from "./host.ts";
import { errorLines } from "./render/document.ts";

export interface FailureContext {
  readonly question: string;
  readonly language: Language;
  readonly format: "text" | "json" | "jsonl";
}

/** Tells what went wrong before there was a run: a sentence and a hint, or a whole document for programs. Never a stack trace. */
export function reportFailure(host: Host, error: unknown, context: FailureContext): ExitStatus {
  const aborted = host.signal.aborted && !OrchestratorError.isInstance(error);
  const summary = aborted ? interrupted(context.language) : toOrchestratorError(error).summary(context.language);
  if (context.format === "text") host.stderr.write(`${errorLines(summary, { style: host.stderr.style }).join("\n")}\n`);
  else {
    const document = failedDocument(summary, context);
    const event: RunEvent = { type: "run-error", runId: "", sequence: 0, timestampMs: host.now(), document };
    writeJson(host, context.format === "json" ? document : event);
  }
  return aborted ? EXIT.interrupted : exitStatusOfError(summary);
}

/** Pretty on a terminal, one line for programs. */
export function writeJson(host: Host, value: unknown): void {
  host.stdout.write(`${visibleJson(JSON.stringify(value, undefined, host.stdout.columns === null ? 0 : 2))}\n`);
}

function interrupted(language: Language): ErrorSummary {
  return { code: "RUN_INTERRUPTED", message: language === "zh" ? "已中断。" : "Interrupted.", hint: null };
}

function failedDocument(error: ErrorSummary, { question, language }: FailureContext): RunDocument {
  return {
    runId: "",
    status: "failed",
    question,
    language,
    route: "simple",
    planner: "grammar",
    emulated: false,
    window: null,
    plan: null,
    answer: null,
    receipt: null,
    usage: {
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      apiCalls: { total: 0, byOperation: {} },
      retries: 0,
      wallMs: 0,
      estimatedCostUsd: null,
    },
    approvals: [],
    error,
  };
}
