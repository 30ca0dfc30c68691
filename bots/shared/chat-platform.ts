import type { IncomingMessage, ServerResponse } from "node:http";
import type { Person, Place, PlatformId, Reception } from "./incoming.ts";
import type { RunView } from "./run-view.ts";

/** A chat platform as the engine sees it: it shows views, tells sentences, and knows who people are. */
export interface ChatPlatform {
  readonly id: PlatformId;
  /** Milliseconds between two updates of one message that the platform's published limits allow. */
  readonly updateIntervalMs: number;
  /** The workspace (Slack team) or tenant that the bot is of. Rejects where the platform cannot tell: who asks is then refused. */
  homeTeam(): Promise<string>;
  /** Asked of the platform itself, never taken from an event. Rejects where it cannot tell: who asks is then refused. */
  placeFacts(place: Place): Promise<PlaceFacts>;
  personFacts(person: Person, place: Place): Promise<PersonFacts>;
  /** The screen of one question. `shown` is what `show` has saved so far, perhaps in another process. */
  open(place: Place, shown: Shown): Screen;
  /** One sentence in the thread; with `onlyTo` for one person's eyes, where the platform can. */
  tell(place: Place, text: string, onlyTo?: Person): Promise<void>;
  /** Begins to receive. */
  start(reception: Reception): Promise<void>;
  /** Receives no more; what is acknowledged is the engine's. */
  stop(): Promise<void>;
  /** HTTP routes to serve; none where events come over a socket. */
  readonly routes: readonly Route[];
  /** Whether events arrive: a socket is connected, the token is accepted. */
  readiness(): Promise<{ readonly ready: boolean; readonly detail: string }>;
}

export interface Route {
  readonly method: "POST" | "GET";
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

export interface PlaceFacts {
  /** Anybody of the workspace can read along. */
  readonly isPublic: boolean;
  /** People of other organisations are in it. */
  readonly isShared: boolean;
}

export interface PersonFacts {
  /** Not a full member of the workspace: guests, people of other organisations, bots. */
  readonly isOutsider: boolean;
  /** Ids of the groups they are in, as access rules name them; asked for only when `groups` of the rules are not empty. */
  readonly groups: readonly string[];
}

/** Which messages show what: ids by piece (`plan`, `answer`, `chart`, `approval:ID`). JSON-safe, kept with the question. */
export type Shown = Readonly<Record<string, unknown>>;

/**
 * The messages of one question. `show` brings the thread to the state of the view, whatever stands there now: it may be called again
 * with the same view, after a failure, and after a restart. It calls `save` after each piece that was posted. Throws `PlatformError`.
 * One `show` at a time; the engine leaves out views that newer ones have overtaken, never the last.
 */
export interface Screen {
  show(view: RunView, save: (shown: Shown) => Promise<void>): Promise<void>;
}

/** A call to the platform that failed. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  /** Trying again may help: 429, 5xx, resets. */
  readonly retryable: boolean;
  /** What the platform asked for; null where it did not say. */
  readonly retryAfterMs: number | null;

  constructor(message: string, options: { readonly retryable: boolean; readonly retryAfterMs?: number | null; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
