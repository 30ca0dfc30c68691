import type { Approval, ErrorSummary, Language, RunDocument, RunEvent, Usage } from "nephoscope";
import { type StepLine, StepList, visibleLines } from "nephoscope/presentation";
import { addUsage, answerView, costView, emulatedMark, receiptView } from "./answer-view.ts";
import { approvalView } from "./approval-view.ts";
import type { ApprovalView, RunState, RunView } from "./run-view.ts";

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
  #approvals: readonly ApprovalView[] = [];
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
    const { timezone } = this.#options;
    const accountNames = this.#options.accountNames();
    this.#approvals = approvals.map((approval) => approvalView(approval, { timezone, accountNames, nowMs }));
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
    const accountNames = this.#options.accountNames();
    const document = this.#document;
    const steps = this.#steps.lines(this.#lastMs);
    return {
      questionId,
      runId: this.#runId,
      question,
      language: this.#language,
      emulated: this.#emulated,
      state: this.#state,
      title: `${this.#emulated ? emulatedMark(this.#language) : ""}${this.#title(steps)}`,
      steps,
      answer: document === null ? null : answerView(document, { timezone, accountNames }),
      receipt: document === null ? null : receiptView(document, accountNames),
      cost: document === null ? null : costView(document, this.#spent),
      approvals: this.#approvals,
      failure: this.#failure,
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
    this.#failure = document.error === null ? null : visibleFailure(document.error);
  }

  #title(steps: readonly StepLine[]): string {
    const zh = this.#language === "zh";
    switch (this.#state) {
      case "queued":
        return zh ? "排队中：等待本会话的上一个问题" : "Waiting for the question before in this thread";
      case "working": {
        const done = steps.filter(({ state }) => state === "done").length;
        if (steps.length < 2) return zh ? "正在处理" : "Working on it";
        return zh ? `正在处理：${done}/${steps.length} 步已完成` : `Working on it: ${done} of ${steps.length} steps done`;
      }
      case "waiting":
        return zh ? "等待批准" : "Waiting for approval";
      case "answered":
        return this.#answeredTitle();
      case "failed":
        return zh ? "没有得到结果" : "No answer";
      case "stopped":
        return zh ? "已停止" : "Stopped";
    }
  }

  #answeredTitle(): string {
    const zh = this.#language === "zh";
    const seconds = ((this.#spent?.wallMs ?? 0) / 1000).toFixed(1);
    const incomplete = this.#document?.receipt?.complete === false;
    if (zh) return `用时 ${seconds} 秒${incomplete ? "，结果不完整" : ""}`;
    return `Answered in ${seconds} s${incomplete ? ", incomplete" : ""}`;
  }
}

function visibleFailure({ code, message, hint }: ErrorSummary): NonNullable<RunView["failure"]> {
  return { code, message: visibleLines(message), hint: hint === null ? null : visibleLines(hint) };
}
