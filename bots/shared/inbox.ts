import { detectLanguage, type Runtime } from "nephoscope";
import { z } from "zod";
import { personFactsInTime } from "./admission.ts";
import { decideApproval } from "./approval-desk.ts";
import { Documents } from "./documents.ts";
import type { Engine } from "./engine.ts";
import type { EngineParts } from "./engine-parts.ts";
import { CLICKS, HELP, REFUSALS } from "./engine-wording.ts";
import type { ClickReply, IncomingDecision, IncomingFeedback, IncomingQuestion, IncomingStop, Reception } from "./incoming.ts";

/** Platforms deliver again for an hour or so; a replay may come later, but says nothing new by then. */
const DELIVERY_KEPT_MS = 3 * 24 * 60 * 60_000;
const FEEDBACK_KEPT_MS = 180 * 24 * 60 * 60_000;
const MOST_CHARACTERS = 4_000;

const deliverySchema = z.object({ reply: z.object({ accepted: z.boolean(), text: z.string() }).nullable() });
const feedbackSchema = z.object({
  questionId: z.string(),
  runId: z.string().nullable(),
  person: z.string(),
  good: z.boolean(),
  atMs: z.number(),
});

/** Where deliveries of a platform come in: each counts once, however often and wherever it is delivered. */
export class Inbox implements Reception {
  readonly #parts: EngineParts;
  readonly #engine: Engine;
  readonly #runtime: Runtime;
  readonly #deliveries: Documents<z.infer<typeof deliverySchema>>;
  readonly #feedback: Documents<z.infer<typeof feedbackSchema>>;
  readonly #underWay = new Map<string, Promise<ClickReply>>();

  constructor(parts: EngineParts, engine: Engine) {
    const { store, runtime } = parts;
    this.#parts = parts;
    this.#engine = engine;
    this.#runtime = runtime;
    this.#deliveries = new Documents({ store, runtime, kind: "bot-delivery", schema: deliverySchema });
    this.#feedback = new Documents({ store, runtime, kind: "bot-feedback", schema: feedbackSchema });
  }

  async ask(question: IncomingQuestion): Promise<"taken" | "duplicate"> {
    this.#parts.burst.came();
    const text = question.text.trim();
    const language = detectLanguage(text);
    // Of an empty text nobody knows the language.
    const sentence = text === "" ? `${HELP.en}\n${HELP.zh}` : text.length > MOST_CHARACTERS ? REFUSALS.tooLong[language] : null;
    const state = sentence === null ? "received" : "telling";
    const id = await this.#parts.book.add(question, { text: text.slice(0, MOST_CHARACTERS), language, state, sentence });
    const { person, place } = question;
    this.#runtime.logger.debug(id === undefined ? "delivery taken before" : "question taken", {
      questionId: id ?? null,
      person: person.id,
      channel: place.channel,
    });
    if (id === undefined) return "duplicate";
    this.#engine.wake(id);
    return "taken";
  }

  decide(decision: IncomingDecision): Promise<ClickReply> {
    return this.#once(decision.deliveryId, async () => {
      const { reply, question } = await decideApproval(this.#parts, decision);
      if (question !== undefined) this.#engine.wake(question.id);
      return reply;
    });
  }

  stop(stop: IncomingStop): Promise<ClickReply> {
    return this.#once(stop.deliveryId, () => this.#stop(stop));
  }

  feedback(feedback: IncomingFeedback): Promise<ClickReply> {
    return this.#once(feedback.deliveryId, () => this.#keepFeedback(feedback));
  }

  async #stop({ questionId, person, place }: IncomingStop): Promise<ClickReply> {
    const record = await this.#parts.book.read(questionId);
    if (record === undefined) return await this.#over(questionId);
    const { language } = record;
    if (record.person.id !== person.id && !(await this.#isApprover(record.grant?.policy.approvers ?? [], { person, place }))) {
      return { accepted: false, text: CLICKS.stopForbidden[language] };
    }
    const stopped = await this.#parts.book.update(questionId, ({ state, stoppedBy }) =>
      stoppedBy === null && state !== "ending" && state !== "telling" ? { stoppedBy: person.id } : undefined,
    );
    if (stopped === undefined || stopped.stoppedBy === null) return { accepted: false, text: CLICKS.endedQuestion[language] };
    this.#runtime.logger.debug("question stopped", { questionId, person: person.id });
    await this.#engine.sessions.notify(stopped);
    this.#engine.wake(questionId);
    return { accepted: true, text: CLICKS.stopping[language] };
  }

  async #isApprover(approvers: readonly string[], { person, place }: Pick<IncomingStop, "person" | "place">): Promise<boolean> {
    if (approvers.length === 0) return false;
    const facts = await personFactsInTime(this.#parts, person, place).catch(() => undefined);
    if (facts === undefined || facts.isOutsider) return false;
    return [person.id, ...facts.groups].some((id) => approvers.includes(id));
  }

  async #over(questionId: string): Promise<ClickReply> {
    const ended = await this.#parts.book.readEnded(questionId);
    if (ended !== undefined) return { accepted: false, text: CLICKS.endedQuestion[ended.language] };
    return { accepted: false, text: `${CLICKS.unknownQuestion.en} ${CLICKS.unknownQuestion.zh}` };
  }

  async #keepFeedback({ questionId, person, good }: IncomingFeedback): Promise<ClickReply> {
    const { book } = this.#parts;
    const question = (await book.readEnded(questionId)) ?? (await book.read(questionId));
    if (question === undefined) return await this.#over(questionId);
    const { runId, language } = question;
    const nowMs = this.#runtime.clock.now();
    const feedback = { questionId, runId, person: person.id, good, atMs: nowMs };
    await this.#feedback.put(`${questionId} ${person.id}`, () => feedback, nowMs + FEEDBACK_KEPT_MS);
    this.#runtime.logger.debug("feedback", { questionId, runId, person: person.id, good });
    return { accepted: true, text: CLICKS.thanks[language] };
  }

  /**
   * What a delivery was answered before is answered again. One that was begun and not answered, because a process ended then, is done once
   * more: what it does changes nothing the second time.
   */
  #once(deliveryId: string, act: () => Promise<ClickReply>): Promise<ClickReply> {
    const key = `${this.#parts.platform.id} ${deliveryId}`;
    const before = this.#underWay.get(key);
    if (before !== undefined) return before;
    const reply = (async () => {
      const known = (await this.#deliveries.read(key))?.value.reply;
      if (known != null) return known;
      const expiresMs = this.#runtime.clock.now() + DELIVERY_KEPT_MS;
      await this.#deliveries.create(key, { reply: null }, expiresMs);
      const given = await act();
      await this.#deliveries.put(key, () => ({ reply: given }), expiresMs);
      return given;
    })()
      .catch((error: unknown) => {
        this.#runtime.logger.warn("click could not be taken", { deliveryId, error: String(error) });
        return { accepted: false, text: `${CLICKS.failed.en} ${CLICKS.failed.zh}` };
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reply);
    return reply;
  }
}
