import { createHash } from "node:crypto";
import type { Runtime, Store } from "nephoscope";
import { Documents } from "./documents.ts";
import type { IncomingQuestion, PlatformId } from "./incoming.ts";
import { type EndedQuestion, endedQuestionSchema, type QuestionRecord, questionRecordSchema } from "./question-record.ts";

/** Repeated deliveries come within hours; feedback comes later. */
const ENDED_KEPT_MS = 30 * 24 * 60 * 60_000;

/**
 * The questions of one platform that are under way, and what is left of those that ended. A question is kept under an id that follows from
 * its delivery: so one write both keeps it and refuses the second delivery.
 */
export class QuestionBook {
  readonly #open: Documents<QuestionRecord>;
  readonly #ended: Documents<EndedQuestion>;
  readonly #platform: PlatformId;
  readonly #runtime: Runtime;

  constructor(store: Store, runtime: Runtime, platform: PlatformId) {
    this.#open = new Documents({ store, runtime, kind: `bot-question-${platform}`, schema: questionRecordSchema });
    this.#ended = new Documents({ store, runtime, kind: `bot-ended-${platform}`, schema: endedQuestionSchema });
    this.#platform = platform;
    this.#runtime = runtime;
  }

  /** Keeps a question. Undefined: this delivery was taken before. */
  async add(
    question: IncomingQuestion,
    first: Pick<QuestionRecord, "language" | "state" | "sentence" | "text">,
  ): Promise<string | undefined> {
    const id = questionIdOf(this.#platform, question.deliveryId);
    if ((await this.#ended.read(id)) !== undefined) return undefined;
    const { place, person, atMs } = question;
    const added = await this.#open.create(
      id,
      {
        id,
        place: { ...place, reference: { ...place.reference } },
        person: { id: person.id, name: person.name },
        atMs,
        receivedMs: this.#runtime.clock.now(),
        grant: null,
        runId: null,
        waitsFor: [],
        cards: "",
        end: null,
        endedMs: null,
        stoppedBy: null,
        failures: 0,
        shown: {},
        ...first,
      },
      null,
    );
    return added ? id : undefined;
  }

  async read(id: string): Promise<QuestionRecord | undefined> {
    return (await this.#open.read(id))?.value;
  }

  async readEnded(id: string): Promise<EndedQuestion | undefined> {
    return (await this.#ended.read(id))?.value;
  }

  /** Changes what is there now, and returns what stands then; undefined where the question has ended. */
  update(id: string, change: (record: QuestionRecord) => Partial<QuestionRecord> | undefined): Promise<QuestionRecord | undefined> {
    return this.#open.update(id, (record) => {
      const changed = change(record);
      return changed === undefined ? undefined : { ...record, ...changed };
    });
  }

  /** Takes it out of those under way. What is left refuses repeated deliveries; it is written first, so that none slips through. */
  async end(record: QuestionRecord): Promise<void> {
    const { id, place, person, runId, language } = record;
    const ended = { id, platform: place.platform, channel: place.channel, askedBy: person.id, runId, language };
    await this.#ended.create(id, ended, this.#runtime.clock.now() + ENDED_KEPT_MS);
    await this.#open.remove(id);
  }

  list(): AsyncGenerator<QuestionRecord, void, void> {
    return this.#open.list();
  }

  async ofRun(runId: string): Promise<QuestionRecord | undefined> {
    for await (const record of this.list()) if (record.runId === runId) return record;
    return undefined;
  }

  /** What a thread has to do next, for whoever has its lease: a run that lost its driver, else the question that was asked first. */
  async nextOf(threadKey: string): Promise<QuestionRecord | undefined> {
    let next: QuestionRecord | undefined;
    for await (const record of this.list()) {
      if (record.place.threadKey !== threadKey) continue;
      if (record.state === "running") return record;
      if (record.state === "queued" && record.stoppedBy === null && (next === undefined || isBefore(record, next))) next = record;
    }
    return next;
  }

  /** Whether a question has to wait for another one of its thread. */
  async hasToWait(record: QuestionRecord): Promise<boolean> {
    for await (const other of this.list()) {
      if (other.id === record.id || other.place.threadKey !== record.place.threadKey) continue;
      if (other.state === "running" || (other.state === "queued" && isBefore(other, record))) return true;
    }
    return false;
  }
}

function isBefore(a: QuestionRecord, b: QuestionRecord): boolean {
  return (a.atMs - b.atMs || a.receivedMs - b.receivedMs || (a.id < b.id ? -1 : 1)) < 0;
}

function questionIdOf(platform: PlatformId, deliveryId: string): string {
  return `q_${createHash("sha256").update(`${platform} ${deliveryId}`).digest("hex").slice(0, 24)}`;
}
