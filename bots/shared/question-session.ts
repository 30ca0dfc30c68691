import type { Approval } from "nephoscope";
import type { EngineParts } from "./engine-parts.ts";
import type { QuestionRecord } from "./question-record.ts";
import { RunViewer } from "./run-viewer.ts";
import { UpdatePump } from "./update-pump.ts";
import { within } from "./within.ts";

/** A call to the platform that is under way when a question is let go of may take so long. */
const LAST_SHOW_MS = 15_000;

/** A question in the hands of this process: its record, its view, its screen. */
export class QuestionSession {
  readonly id: string;
  /** Aborted when the hands are no longer this process's: nothing may be written or shown from then on. */
  readonly lost: AbortSignal;
  readonly #parts: EngineParts;
  readonly #mine: AbortSignal;
  readonly #stop = new AbortController();
  readonly #closed = new AbortController();
  readonly #pump: UpdatePump;
  #record: QuestionRecord;
  #viewer: RunViewer;
  #isShown = false;
  #isLetGo = false;

  /** `mine` aborts when the lease is lost, `closing` when the process ends: then what is under way may still be kept. */
  constructor(
    parts: EngineParts,
    record: QuestionRecord,
    { mine, closing }: { readonly mine: AbortSignal; readonly closing: AbortSignal },
  ) {
    this.id = record.id;
    this.#mine = mine;
    this.lost = AbortSignal.any([mine, closing, this.#closed.signal]);
    this.#parts = parts;
    this.#record = record;
    this.#viewer = viewerOf(parts, record);
    this.#pump = new UpdatePump({
      screen: parts.platform.open(record.place, record.shown),
      save: async (shown) => {
        await this.update(() => ({ shown: { ...shown } }));
      },
      platform: parts.platform,
      runtime: parts.runtime,
      signal: this.lost,
    });
    this.noticeStop(record);
  }

  /** As it was last read or written. */
  get record(): QuestionRecord {
    return this.#record;
  }

  get viewer(): RunViewer {
    return this.#viewer;
  }

  /** Aborted when somebody wants the question stopped. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether its view was shown by this session at all. */
  get isShown(): boolean {
    return this.#isShown;
  }

  noticeStop(record: QuestionRecord): void {
    if (record.stoppedBy !== null) this.#stop.abort(new DOMException("Somebody stopped the question.", "AbortError"));
  }

  /** Changes the record. Throws where it is gone, or this process may no longer write. */
  async update(change: (record: QuestionRecord) => Partial<QuestionRecord> | undefined): Promise<QuestionRecord> {
    this.#mine.throwIfAborted();
    if (this.#isLetGo) throw new Error(`the question ${this.id} was let go of`);
    const record = await this.#parts.book.update(this.id, change);
    if (record === undefined) throw new Error(`the question ${this.id} has ended`);
    this.#record = record;
    this.noticeStop(record);
    return record;
  }

  /** What has happened so far, for a question that an earlier process or replica began. */
  async catchUp(): Promise<void> {
    const { runId } = this.#record;
    this.#viewer = viewerOf(this.#parts, this.#record);
    if (runId === null) return;
    for (const event of await this.#parts.store.events(runId, 0)) this.#viewer.apply(event);
    await this.lookAtApprovals();
  }

  /** Forgets a run that came to nothing. */
  startOver(): void {
    this.#viewer = viewerOf(this.#parts, this.#record);
  }

  /** Takes the approvals of the run into the view, as they stand now. */
  async lookAtApprovals(): Promise<readonly Approval[]> {
    const approvals = await approvalsOf(this.#parts, this.#record);
    if (approvals.length > 0) this.#viewer.setApprovals(approvals, this.#parts.runtime.clock.now());
    return approvals;
  }

  show(): void {
    this.#isShown = true;
    this.#pump.push(this.#viewer.view());
  }

  /** Lets go: nothing is shown from then on. Resolves when what is on its way has arrived. */
  async close(): Promise<void> {
    this.#closed.abort(new DOMException("Let go of.", "AbortError"));
    await within(this.#parts.runtime.clock, LAST_SHOW_MS, this.#pump.settled()).catch(() => {});
    this.#isLetGo = true;
  }

  /** Resolves when the thread shows the last view, or the platform refused it for good. */
  shown(): Promise<void> {
    return this.#pump.settled();
  }
}

/** Approvals of the run, oldest first. */
export async function approvalsOf({ store }: EngineParts, { runId }: QuestionRecord): Promise<readonly Approval[]> {
  return runId === null ? [] : (await store.listApprovals({ runId })).toReversed();
}

function viewerOf({ timezone, orchestrator }: EngineParts, { id, text, language }: QuestionRecord): RunViewer {
  return new RunViewer({ questionId: id, question: text, language, timezone, accountNames: () => orchestrator.accountNames });
}
