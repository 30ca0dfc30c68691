import type { EngineParts } from "./engine-parts.ts";
import type { QuestionRecord } from "./question-record.ts";
import { runQuestion } from "./question-runner.ts";
import type { QuestionSession } from "./question-session.ts";
import type { QuestionSessions } from "./question-sessions.ts";
import { Slots } from "./slots.ts";
import { Wakeful } from "./wakeful.ts";

/** Questions that one process runs at the same time. */
const MOST_AT_ONCE = 8;
/** What of ours fails so often in a row fails for good. */
const MOST_FAILURES = 5;

/**
 * Runs the questions of each thread one after the other, in the order they were asked, in whichever replica has the thread's lease; threads
 * take turns in the slots of this process.
 */
export class ThreadQueue {
  readonly #parts: EngineParts;
  readonly #sessions: QuestionSessions;
  readonly #parking: AbortSignal;
  readonly #isOver: (session: QuestionSession) => void;
  readonly #slots = new Slots(MOST_AT_ONCE);
  readonly #threads = new Wakeful((threadKey) => this.#drain(threadKey));
  #isClosed = false;

  /** `isOver` is called with a question that has ended, or waits, while its session is still open. */
  constructor(options: {
    parts: EngineParts;
    sessions: QuestionSessions;
    parking: AbortSignal;
    isOver: (session: QuestionSession) => void;
  }) {
    this.#parts = options.parts;
    this.#sessions = options.sessions;
    this.#parking = options.parking;
    this.#isOver = options.isOver;
  }

  wake(threadKey: string): void {
    void this.#threads.wake(threadKey);
  }

  /** Whether a question whose thread was woken cannot begin at once. */
  async hasToWait(record: QuestionRecord): Promise<boolean> {
    return this.#threads.size > MOST_AT_ONCE || (await this.#parts.book.hasToWait(record));
  }

  /** Begins no more questions. */
  close(): void {
    this.#isClosed = true;
  }

  idle(): Promise<void> {
    return this.#threads.idle();
  }

  async #drain(threadKey: string): Promise<void> {
    try {
      // Asked again once the lease is given back: a question that came in between found it taken.
      while (!this.#isClosed && (await this.#parts.book.nextOf(threadKey)) !== undefined) {
        if (!(await this.#runNext(threadKey))) return;
      }
    } catch (error) {
      this.#parts.runtime.logger.warn("thread could not be worked on", { threadKey, error: String(error) });
    }
  }

  /** False: nothing more can be done here for now. */
  async #runNext(threadKey: string): Promise<boolean> {
    const { leases, book, platform, runtime, burst } = this.#parts;
    runtime.observer?.count("questions-waiting", 1, platform.id);
    const giveBack = await this.#slots.acquire();
    runtime.observer?.count("questions-waiting", -1, platform.id);
    try {
      await burst.over();
      if (this.#isClosed) return false;
      const lease = await leases.take(`thread ${threadKey}`);
      if (lease === undefined) return false;
      try {
        const next = await book.nextOf(threadKey);
        return next === undefined || (await this.#run(next.id, lease.lost));
      } finally {
        await lease.release();
      }
    } finally {
      giveBack();
    }
  }

  async #run(id: string, threadLost: AbortSignal): Promise<boolean> {
    const ran = await this.#sessions.use(id, async (session) => {
      const { state, stoppedBy } = session.record;
      // It was stopped, or has gone on, between the list and now.
      if (state === "queued" ? stoppedBy !== null : state !== "running") {
        this.#isOver(session);
        return true;
      }
      try {
        return await runQuestion(this.#parts, session, { parking: this.#parking, threadLost });
      } catch (error) {
        return await this.#failed(session, error);
      } finally {
        this.#isOver(session);
      }
    });
    return ran ?? false;
  }

  /** It is tried again with the next sweep, a few times. */
  async #failed(session: QuestionSession, error: unknown): Promise<boolean> {
    const { logger, clock } = this.#parts.runtime;
    logger.warn("question could not be run", { questionId: session.id, error: String(error) });
    if (session.lost.aborted) return false;
    const failed = { kind: "failed", code: "INTERNAL", ...UNEXPECTED[session.record.language] } as const;
    await session.update(({ failures }) =>
      failures + 1 < MOST_FAILURES
        ? { failures: failures + 1 }
        : { failures: failures + 1, state: "ending", waitsFor: [], end: failed, endedMs: clock.now() },
    );
    return false;
  }
}

const UNEXPECTED = {
  en: {
    message: "The question could not be run, because something failed within the bot.",
    hint: "Whoever runs the bot finds the reason in its log.",
  },
  zh: { message: "机器人内部出现故障，无法执行该问题。", hint: "请联系机器人的管理员查看日志。" },
};
