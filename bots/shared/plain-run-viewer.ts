import type { Approval, Language, RunDocument, RunEvent } from "nephoscope";
import type { RunView, StepView } from "./run-view.ts";

interface Heading {
  readonly questionId: string;
  readonly question: string;
  readonly language: Language;
  readonly timezone: string;
  readonly accountNames: Readonly<Record<string, string>>;
}

/** Events → view, with nothing but states: stands in until the real one is there. */
export class RunViewer {
  readonly #heading: Heading;
  readonly #steps = new Map<string, StepView>();
  #state: RunView["state"] = "working";
  #runId: string | null = null;
  #document: RunDocument | null = null;
  #approvals: RunView["approvals"] = [];
  #failure: RunView["failure"] = null;

  constructor(heading: Heading) {
    this.#heading = heading;
  }

  apply(event: RunEvent): void {
    this.#runId = event.runId;
    if (event.type === "run-start") {
      this.#state = "working";
      this.#failure = null;
    }
    if (event.type === "step-start") this.#steps.set(event.stepId, { id: event.stepId, title: event.title, state: "running", facts: "" });
    if (event.type === "step-end") {
      const step = this.#steps.get(event.stepId);
      if (step !== undefined) this.#steps.set(event.stepId, { ...step, state: "done", facts: `${event.rows} rows` });
    }
    if (event.type === "run-end" || event.type === "run-pause" || event.type === "run-error") {
      this.#document = event.document;
      this.#state = event.type === "run-end" ? "answered" : event.type === "run-pause" ? "waiting" : "failed";
      this.#failure = event.document.error;
    }
  }

  setApprovals(approvals: readonly Approval[], nowMs: number): void {
    this.#approvals = approvals.map((approval) => {
      const status = approval.status === "pending" && approval.expiresMs <= nowMs ? "expired" : approval.status;
      return {
        id: approval.id,
        status,
        title: status,
        why: approval.why,
        code: approval.subject.program.code,
        codeLines: approval.subject.program.code.split("\n").length,
        operations: [],
        places: [],
        rehearsal: [],
        estimate: "",
        emulated: approval.subject.emulated,
        digest: approval.digest.slice(0, 12),
        expires: approval.expiresAt,
        askedBy: approval.askedBy.id,
        decisions: approval.approvedBy.map(({ by, atMs }) => ({ by: by.id, at: String(atMs), text: "approved" })),
        canDecide: status === "pending",
      };
    });
  }

  queued(): void {
    this.#state = "queued";
  }

  stopped(): void {
    this.#state = "stopped";
  }

  failed(failure: NonNullable<RunView["failure"]>): void {
    this.#state = "failed";
    this.#failure = failure;
  }

  view(): RunView {
    const { questionId, question, language } = this.#heading;
    const answer = this.#document?.answer ?? null;
    return {
      questionId,
      runId: this.#runId,
      question,
      language,
      emulated: this.#document?.emulated ?? false,
      state: this.#state,
      title: this.#state,
      steps: [...this.#steps.values()],
      answer: answer === null ? null : { text: answer.text, warnings: answer.warnings, window: null, table: null, chart: null },
      receipt: null,
      cost: null,
      approvals: this.#approvals,
      failure: this.#failure,
    };
  }
}
