import type { Approval, Language, RunDocument, RunEvent, Usage } from "nephoscope";
import { StepList, visibleLines } from "nephoscope/presentation";
import { addUsage, answerView, costView, emulatedMark, receiptView } from "./answer-view.ts";
import { approvalView } from "./approval-view.ts";
import { closedApproval, closedStep, failureView } from "./closed-view.ts";
import type { RunState, RunView } from "./run-view.ts";
import { viewTitle } from "./view-title.ts";

interface ViewerOptions {
  readonly questionId: string;
  readonly question: string;
  readonly language: Language;
  /** IANA zone in which times are written. */
  readonly timezone: string;
  /** What people call accounts, by id; asked for each view, because names are learned while clouds load. */
  accountNames(): Readonly<Record<string, string>>;
}

/** Gathers what there is to see of a question from the events of its run, over pauses and restarts. */
export class RunViewer {
  readonly #options: ViewerOptions;
  #steps = new StepList();
  #state: RunState = "working";
  #runId: string | null = null;
  #emulated = false;
  #lastMs = 0;
  #document: RunDocument | null = null;
  /** Over all segments of the run: a document tells of the last one only. */
  #spent: Usage | null = null;
  #approvals: readonly Approval[] = [];
  #nowMs = 0;
  #failure: RunView["failure"] = null;

  constructor(options: ViewerOptions) {
    this.#options = options;
  }

  apply(event: RunEvent): void {
    this.#runId = event.runId;
    this.#lastMs = event.timestampMs;
    this.#steps.update(event);
    switch (event.type) {
      case "run-start":
        this.#state = "working";
        this.#emulated = event.emulated;
        this.#document = null;
        this.#failure = null;
        return;
      case "run-pause":
        this.#end("waiting", event.document);
        return;
      case "run-end":
        this.#end("answered", event.document);
        return;
      case "run-error":
        this.#end("failed", event.document);
    }
  }

  /** The approvals of the run as they stand, oldest first. */
  setApprovals(approvals: readonly Approval[], nowMs: number): void {
    this.#approvals = approvals;
    this.#nowMs = nowMs;
  }

  queued(): void {
    this.#state = "queued";
  }

  stopped(): void {
    this.#state = "stopped";
    this.#failure = null;
  }

  /** What ended it besides the run itself. */
  failed(failure: NonNullable<RunView["failure"]>): void {
    this.#state = "failed";
    this.#failure = failure;
  }

  view(): RunView {
    const { questionId, question, timezone } = this.#options;
    const context = { timezone, accountNames: this.#options.accountNames(), nowMs: this.#nowMs };
    const language = this.#language;
    const state = this.#state;
    // Of a question that was stopped while it waited, that it waits is told no more.
    const document = state === "stopped" && this.#document?.status === "waiting" ? null : this.#document;
    const isClosed = state === "failed" || state === "stopped";
    const isInterrupted = state === "stopped" || this.#failure?.code === "RUN_INTERRUPTED";
    const lines = this.#steps.lines(this.#lastMs);
    const steps = isClosed ? lines.map((step) => closedStep(step, isInterrupted, language)) : lines;
    const approvals = this.#approvals.map((approval) => approvalView(approval, context));
    const title = viewTitle({
      language,
      state,
      steps,
      wallMs: this.#spent?.wallMs ?? 0,
      isIncomplete: document?.receipt?.complete === false,
      failureCode: this.#failure?.code ?? null,
    });
    return {
      questionId,
      runId: this.#runId,
      question: visibleLines(question),
      language,
      emulated: this.#emulated,
      state,
      title: `${this.#emulated ? emulatedMark(language) : ""}${title}`,
      steps,
      answer: document === null ? null : answerView(document, context),
      receipt: document === null ? null : receiptView(document, context.accountNames),
      cost: this.#document === null ? null : costView(this.#document, this.#spent),
      approvals: isClosed || state === "answered" ? approvals.map((approval) => closedApproval(approval, language)) : approvals,
      failure: this.#failure === null ? null : failureView(this.#failure, this.#approvals, language),
    };
  }

  get #language(): Language {
    return this.#document?.language ?? this.#options.language;
  }

  #end(state: RunState, document: RunDocument): void {
    this.#state = state;
    this.#spent = this.#spent === null ? document.usage : addUsage(this.#spent, document.usage);
    this.#document = document;
    this.#emulated = document.emulated;
    this.#failure = document.error;
  }
}
