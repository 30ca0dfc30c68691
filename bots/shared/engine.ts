import { admit } from "./admission.ts";
import { fingerprintOf, standing } from "./approval-cards.ts";
import { persistently } from "./backoff.ts";
import type { EngineParts } from "./engine-parts.ts";
import { NO_LONGER_KEPT } from "./engine-wording.ts";
import type { QuestionRecord } from "./question-record.ts";
import { approvalsOf, type QuestionSession } from "./question-session.ts";
import { QuestionSessions } from "./question-sessions.ts";
import { ThreadQueue } from "./thread-queue.ts";
import { Wakeful } from "./wakeful.ts";
import { within } from "./within.ts";

/** How often everything under way is looked at: what a crash left, what was decided elsewhere, what expired. */
const SWEEP_MS = 30_000;
/** That a question waits is told within this time, or not at all. */
const QUEUED_VIEW_MS = 10_000;
/** For what is under way when the time to stop is over: to be put away. */
const PUT_AWAY_MS = 3_000;

/**
 * Takes questions from the state their record is in to the next, until their end stands in the thread. It may be ended at any moment: the
 * next one, or one of another replica, goes on from the records.
 */
export class Engine {
  readonly sessions: QuestionSessions;
  readonly #parts: EngineParts;
  readonly #parking = new AbortController();
  readonly #closing = new AbortController();
  readonly #queue: ThreadQueue;
  readonly #questions = new Wakeful((id) => this.#attendSafely(id));
  /** Left by an earlier process: their cards are shown once more. */
  readonly #leftBehind = new Set<string>();
  #sweeping: Promise<void> = Promise.resolve();

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.sessions = new QuestionSessions(parts, this.#closing.signal);
    this.#queue = new ThreadQueue({
      parts,
      sessions: this.sessions,
      parking: this.#parking.signal,
      isOver: (session) => {
        const { state, stoppedBy } = session.record;
        // One that could not be run is left to the sweep: not tried again and again.
        if (state === "running" || (state === "queued" && stoppedBy === null)) return;
        // Held until its view stands: with its last holder a session lets go of what is still on its way.
        void this.sessions.use(session.id, async () => {
          await this.#questions.wake(session.id);
          await session.shown().catch(() => {});
        });
      },
    });
  }

  /** Begins to look after what earlier processes and other replicas left. */
  async start(): Promise<void> {
    for await (const { id } of this.#parts.book.list()) this.#leftBehind.add(id);
    for (const id of this.#leftBehind) this.wake(id);
    this.#sweeping = this.#sweepUntilClosed();
  }

  /** Has a question looked at: it was received, decided on, or stopped. */
  wake(id: string): void {
    if (!this.#closing.signal.aborted) void this.#questions.wake(id);
  }

  /** Runs end within `graceMs`, or are parked; what is not delivered by then is left to the next process. */
  async stop(graceMs: number): Promise<void> {
    this.#queue.close();
    await this.#idleWithin(graceMs);
    this.#parking.abort(new DOMException("The bot is restarting.", "AbortError"));
    await this.#idleWithin(PUT_AWAY_MS);
    this.#closing.abort(new DOMException("The bot has stopped.", "AbortError"));
    await this.#idleWithin(PUT_AWAY_MS);
    await this.#sweeping;
  }

  async #idleWithin(ms: number): Promise<void> {
    await within(this.#parts.runtime.clock, ms, Promise.all([this.#queue.idle(), this.#questions.idle()]));
  }

  async #sweepUntilClosed(): Promise<void> {
    const { runtime, book } = this.#parts;
    while (!this.#closing.signal.aborted) {
      await runtime.clock.sleep(SWEEP_MS, this.#closing.signal).catch(() => {});
      try {
        for await (const { id } of book.list()) this.wake(id);
      } catch (error) {
        runtime.logger.warn("questions under way could not be read", { error: String(error) });
      }
    }
  }

  async #attendSafely(id: string): Promise<void> {
    try {
      const record = await this.#parts.book.read(id);
      if (record !== undefined && !this.#closing.signal.aborted) await this.#attend(record);
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#parts.runtime.logger.warn("question could not be attended to", { questionId: id, error: String(error) });
      }
    }
  }

  async #attend(record: QuestionRecord): Promise<void> {
    switch (record.state) {
      case "received":
        await this.sessions.use(record.id, (session) => this.#receive(session));
        break;
      case "telling":
        await this.sessions.use(record.id, (session) => this.#tell(session));
        break;
      case "queued":
      case "running":
        if (record.stoppedBy !== null && record.state === "queued")
          await this.sessions.use(record.id, (session) => this.#stopWaiting(session));
        else this.#queue.wake(record.place.threadKey);
        break;
      case "waiting":
        await this.#lookAtApprovals(record);
        break;
      case "ending":
        await this.sessions.use(record.id, (session) => this.#deliver(session));
        break;
    }
  }

  async #receive(session: QuestionSession): Promise<void> {
    if (session.record.state !== "received") return;
    // A delivery that was repeated while its question was ending.
    if ((await this.#parts.book.readEnded(session.id)) !== undefined) return await this.#parts.book.end(session.record);
    const admitted = await admit(this.#parts, session.record);
    const { state, place } = await session.update((record) => (record.state === "received" ? admitted : undefined));
    if (state === "telling") return await this.#tell(session);
    this.#queue.wake(place.threadKey);
    if (!(await this.#queue.hasToWait(session.record)) || session.isShown) return;
    session.viewer.queued();
    session.show();
    // Whichever replica runs it needs it in its own hands then.
    await within(this.#parts.runtime.clock, QUEUED_VIEW_MS, session.shown());
  }

  async #tell(session: QuestionSession): Promise<void> {
    const { platform, runtime, book } = this.#parts;
    const { place, sentence, state } = session.record;
    if (state !== "telling") return;
    try {
      await persistently(() => platform.tell(place, sentence ?? ""), runtime, session.lost);
    } catch (error) {
      session.lost.throwIfAborted();
      runtime.logger.warn("sentence refused by the platform", { questionId: session.id, error: String(error) });
    }
    await book.end(session.record);
  }

  /** A question that was stopped before it ran, or while it waited. */
  async #stopWaiting(session: QuestionSession): Promise<void> {
    const { clock } = this.#parts.runtime;
    const { end } = await session.update(({ state }) =>
      state === "queued" || state === "waiting"
        ? { state: "ending", waitsFor: [], end: { kind: "stopped" }, endedMs: clock.now() }
        : undefined,
    );
    if (end?.kind !== "stopped") return;
    session.viewer.stopped();
    session.show();
    await this.#deliver(session);
  }

  /** Whether a person has decided, here or elsewhere, or the time to decide is over: then the run goes on, and tells what came of it. */
  async #lookAtApprovals(record: QuestionRecord): Promise<void> {
    if (record.stoppedBy !== null) return void (await this.sessions.use(record.id, (session) => this.#stopWaiting(session)));
    const nowMs = this.#parts.runtime.clock.now();
    const approvals = await approvalsOf(this.#parts, record);
    const isPending = (id: string) => approvals.some((approval) => approval.id === id && standing(approval, nowMs) === "pending");
    const goesOn = !record.waitsFor.every(isPending);
    const cards = fingerprintOf(approvals, nowMs);
    if (!goesOn && cards === record.cards && !this.#leftBehind.has(record.id)) return;
    await this.sessions.use(record.id, async (session) => {
      await session.lookAtApprovals();
      const change = { cards, ...(goesOn ? { state: "queued" as const } : {}) };
      await session.update(({ state }) => (state === "waiting" ? change : undefined));
      this.#leftBehind.delete(record.id);
      session.show();
      if (goesOn) this.#queue.wake(record.place.threadKey);
      await session.shown();
    });
  }

  /** Brings the end to the thread, however long it takes. */
  async #deliver(session: QuestionSession): Promise<void> {
    const { book, runtime } = this.#parts;
    if (session.record.state !== "ending") return;
    if (!session.isShown) {
      this.#viewEnd(session);
      session.show();
    }
    await session.shown();
    await book.end(session.record);
    this.#leftBehind.delete(session.id);
    runtime.logger.debug("question ended", { questionId: session.id, runId: session.record.runId });
  }

  /** The last view of a question that another process ran. */
  #viewEnd(session: QuestionSession): void {
    const { end, language } = session.record;
    if (end?.kind === "stopped") session.viewer.stopped();
    else if (end?.kind === "failed") session.viewer.failed(end);
    else if (session.viewer.view().state === "working") {
      const { message, hint } = NO_LONGER_KEPT;
      session.viewer.failed({ code: "RUN_NOT_FOUND", message: message[language], hint: hint[language] });
    }
  }
}
