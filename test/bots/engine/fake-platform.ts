import type { ChatPlatform, PersonFacts, PlaceFacts, Screen, Shown } from "../../../bots/shared/chat-platform.ts";
import type { IncomingQuestion, Person, Place, Reception } from "../../../bots/shared/incoming.ts";
import type { RunView } from "../../../bots/shared/run-view.ts";

/** What happens to a call instead of its answer: an error to throw, or a wait. */
export type Fault = (call: PlatformCall) => Promise<void> | void;
export type PlatformCall = { readonly method: "show" | "tell" | "placeFacts" | "personFacts" | "homeTeam"; readonly view?: RunView };

/** Messages as people see them: one per question, edited in place, and sentences. Shared by the replicas of a bot. */
export class FakeChat {
  readonly messages: { readonly id: string; readonly threadKey: string; view: RunView }[] = [];
  readonly told: { readonly threadKey: string; readonly text: string }[] = [];
  readonly shows: { readonly questionId: string; readonly state: string; readonly title: string; readonly atMs: number }[] = [];

  /** Of one question, in all replicas. */
  mostShowsAtOnce = 0;
  readonly #showing = new Map<string, number>();

  async showing(questionId: string, show: () => Promise<void>): Promise<void> {
    const showing = (this.#showing.get(questionId) ?? 0) + 1;
    this.#showing.set(questionId, showing);
    this.mostShowsAtOnce = Math.max(this.mostShowsAtOnce, showing);
    await show().finally(() => this.#showing.set(questionId, (this.#showing.get(questionId) ?? 1) - 1));
  }

  viewOf(questionId: string): RunView | undefined {
    return this.messages.findLast(({ view }) => view.questionId === questionId)?.view;
  }

  views(threadKey = "slack:T1:C1:1"): readonly RunView[] {
    return this.messages.filter((message) => message.threadKey === threadKey).map(({ view }) => view);
  }

  sentences(threadKey = "slack:T1:C1:1"): readonly string[] {
    return this.told.filter((one) => one.threadKey === threadKey).map(({ text }) => text);
  }
}

export interface FakePlatformOptions {
  readonly chat?: FakeChat;
  readonly nowMs?: () => number;
  readonly updateIntervalMs?: number;
  readonly place?: PlaceFacts;
  readonly people?: Readonly<Record<string, PersonFacts>>;
  /** Called before each call takes effect; with `after` when it has. */
  readonly before?: Fault;
  readonly after?: Fault;
}

/** A chat platform that is an array, and fails where it is told to. */
export class FakePlatform implements ChatPlatform {
  readonly id = "slack";
  readonly routes = [];
  readonly updateIntervalMs: number;
  readonly chat: FakeChat;
  readonly #options: FakePlatformOptions;
  reception: Reception | undefined;

  constructor(options: FakePlatformOptions = {}) {
    this.#options = options;
    this.chat = options.chat ?? new FakeChat();
    this.updateIntervalMs = options.updateIntervalMs ?? 0;
  }

  homeTeam(): Promise<string> {
    return this.#call({ method: "homeTeam" }, () => "T1");
  }

  placeFacts(): Promise<PlaceFacts> {
    return this.#call({ method: "placeFacts" }, () => this.#options.place ?? { isPublic: false, isShared: false });
  }

  personFacts(person: Person): Promise<PersonFacts> {
    return this.#call({ method: "personFacts" }, () => this.#options.people?.[person.id] ?? { isOutsider: false, groups: [] });
  }

  open(place: Place, before: Shown): Screen {
    let shown = before;
    return {
      show: (view, save) =>
        this.chat.showing(view.questionId, async () => {
          const { questionId, state, title } = view;
          this.chat.shows.push({ questionId, state, title, atMs: this.#options.nowMs?.() ?? 0 });
          await this.#call({ method: "show", view }, () => {
            const message = this.chat.messages.find(({ id }) => id === shown.message);
            if (message !== undefined) message.view = view;
            else {
              const id = `m${this.chat.messages.length + 1}`;
              this.chat.messages.push({ id, threadKey: place.threadKey, view });
              shown = { ...shown, message: id };
            }
          });
          await save(shown);
        }),
    };
  }

  async tell(place: Place, text: string): Promise<void> {
    await this.#call({ method: "tell" }, () => this.chat.told.push({ threadKey: place.threadKey, text }));
  }

  async start(reception: Reception): Promise<void> {
    this.reception = reception;
  }

  async stop(): Promise<void> {
    this.reception = undefined;
  }

  async readiness() {
    return { ready: true, detail: "fake" };
  }

  async #call<Result>(call: PlatformCall, act: () => Result): Promise<Result> {
    await this.#options.before?.(call);
    const result = act();
    await this.#options.after?.(call);
    return result;
  }
}

export const ADA: Person = { id: "T1:U-ada", name: "Ada" };
export const GRACE: Person = { id: "T1:U-grace", name: "Grace" };
export const LINUS: Person = { id: "T1:U-linus", name: "Linus" };

export function placeOf(thread = "1", channel = "C1"): Place {
  return {
    platform: "slack",
    threadKey: `slack:T1:${channel}:${thread}`,
    channel: `T1:${channel}`,
    kind: "channel",
    reference: { thread },
  };
}

export function asks(text: string, more: Partial<IncomingQuestion> = {}): IncomingQuestion {
  return { deliveryId: `d-${text}`, place: placeOf(), person: ADA, text, atMs: 1, ...more };
}
