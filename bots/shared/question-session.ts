import type { Approval } from "nephoscope";
import type { EngineParts } from "./engine-parts.ts";
import type { Lease } from "./leases.ts";
import type { QuestionRecord } from "./question-record.ts";
import { RunViewer } from "./run-viewer.ts";
import { UpdatePump } from "./update-pump.ts";

/** A question in the hands of this process: its record, its view, its screen. */
export class QuestionSession {
  readonly id: string;
  /** Aborted when the hands are no longer this process's: nothing may be written or shown from then on. */
  readonly lost: AbortSignal;
  readonly #parts: EngineParts;
  readonly #stop = new AbortController();
  readonly #pump: UpdatePump;
  #record: QuestionRecord;
  #viewer: RunViewer;
  #isShown = false;

  constructor(parts: EngineParts, record: QuestionRecord, lost: AbortSignal) {
    this.id = record.id;
    this.lost = lost;
    this.#parts = parts;
    this.#record = record;
    this.#viewer = viewerOf(parts, record);
    this.#pump = new UpdatePump({
      screen: parts.platform.open(record.place, record.shown),
      save: async (shown) => {
        await this.update(() => ({ shown: { ...shown } }));
      },
      intervalMs: parts.platform.updateIntervalMs,
      runtime: parts.runtime,
      signal: lost,
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
    this.lost.throwIfAborted();
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

const PATIENCE_MS = 25_000;
const RETRY_MS = 500;

/** The questions in the hands of this process. What opens one twice shares it. */
export class QuestionSessions {
  readonly #parts: EngineParts;
  readonly #closing: AbortSignal;
  readonly #open = new Map<string, { readonly session: Promise<QuestionSession | undefined>; lease?: Lease; users: number }>();

  /** With `closing` whatever is open lets go. */
  constructor(parts: EngineParts, closing: AbortSignal) {
    this.#parts = parts;
    this.#closing = closing;
  }

  /** Works on a question while `work` lasts. Undefined: it has ended, or is in other hands and stays there. */
  async use<Result>(id: string, work: (session: QuestionSession) => Promise<Result>): Promise<Result | undefined> {
    const entry = this.#open.get(id) ?? this.#opened(id);
    entry.users += 1;
    try {
      const session = await entry.session;
      return session === undefined ? undefined : await work(session);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) {
        this.#open.delete(id);
        await entry.lease?.release();
      }
    }
  }

  /** Lets a question that is in the hands of this process know what its record says now. */
  async notify(record: QuestionRecord): Promise<void> {
    (await this.#open.get(record.id)?.session)?.noticeStop(record);
  }

  #opened(id: string) {
    const entry: { session: Promise<QuestionSession | undefined>; lease?: Lease; users: number } = {
      session: Promise.resolve(undefined),
      users: 0,
    };
    entry.session = this.#take(id, entry);
    this.#open.set(id, entry);
    return entry;
  }

  async #take(id: string, entry: { lease?: Lease }): Promise<QuestionSession | undefined> {
    const { leases, book, runtime, platform } = this.#parts;
    const untilMs = runtime.clock.now() + PATIENCE_MS;
    while (!this.#closing.aborted) {
      const lease = await leases.take(`question ${platform.id} ${id}`, async () => {
        const record = await book.read(id);
        if (record !== undefined) await this.notify(record);
      });
      if (lease !== undefined) {
        entry.lease = lease;
        const record = await book.read(id);
        if (record === undefined) return undefined;
        const session = new QuestionSession(this.#parts, record, AbortSignal.any([lease.lost, this.#closing]));
        await session.catchUp();
        return session;
      }
      if (runtime.clock.now() >= untilMs) return undefined;
      await runtime.clock.sleep(RETRY_MS);
    }
    return undefined;
  }
}
