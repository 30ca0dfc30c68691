import type { EngineParts } from "./engine-parts.ts";
import type { QuestionRecord } from "./question-record.ts";
import { QuestionSession } from "./question-session.ts";

/** Whoever shows a question without running it lets go of it within this time. */
const PATIENCE_MS = 25_000;
const RETRY_MS = 500;

/** The questions in the hands of this process. What opens one twice shares it. */
export class QuestionSessions {
  readonly #parts: EngineParts;
  readonly #closing: AbortSignal;
  readonly #open = new Map<string, Opened>();

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
        await entry.close();
      }
    }
  }

  /** Lets a question that is in the hands of this process know what its record says now. */
  async notify(record: QuestionRecord): Promise<void> {
    (await this.#open.get(record.id)?.session)?.noticeStop(record);
  }

  #opened(id: string): Opened {
    let close = async () => {};
    const session = this.#take(id, (letGo) => {
      close = letGo;
    });
    const opened = { session, close: () => close(), users: 0 };
    this.#open.set(id, opened);
    return opened;
  }

  async #take(id: string, closes: (letGo: () => Promise<void>) => void): Promise<QuestionSession | undefined> {
    const { leases, book, runtime, platform } = this.#parts;
    const untilMs = runtime.clock.now() + PATIENCE_MS;
    while (!this.#closing.aborted) {
      const lease = await leases.take(`question ${platform.id} ${id}`, async () => {
        const record = await book.read(id);
        if (record !== undefined) await this.notify(record);
      });
      if (lease !== undefined) {
        closes(lease.release);
        const record = await book.read(id);
        if (record === undefined) return undefined;
        const session = new QuestionSession(this.#parts, record, { mine: lease.lost, closing: this.#closing });
        closes(async () => {
          await session.close();
          await lease.release();
        });
        await session.catchUp();
        return session;
      }
      if (runtime.clock.now() >= untilMs) return undefined;
      await runtime.clock.sleep(RETRY_MS);
    }
    return undefined;
  }
}

interface Opened {
  readonly session: Promise<QuestionSession | undefined>;
  close(): Promise<void>;
  users: number;
}
