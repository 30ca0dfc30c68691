export type PlatformId = "slack" | "teams";

/** Where something was said. JSON-safe, because runs outlive processes. */
export interface Place {
  readonly platform: PlatformId;
  /** One conversation: `slack:T1:C1:1700000000.000100`. What belongs together has the same key, across restarts and replicas. */
  readonly threadKey: string;
  /** `T1:C1`: the id that access rules name. */
  readonly channel: string;
  readonly kind: "personal" | "group" | "channel";
  /** What the platform needs to post there, later and from another process; nobody else reads it. */
  readonly reference: Readonly<Record<string, unknown>>;
}

/** `T1:U1` (Slack: team and user) or `tenant:object` (Teams: tenant and Entra object id). Names are never used to decide. */
export interface Person {
  readonly id: string;
  /** What platforms print for them; not to be trusted. */
  readonly name: string | null;
}

export interface IncomingQuestion {
  /** Unique per delivery of the platform's event; a repeated delivery repeats it. */
  readonly deliveryId: string;
  readonly place: Place;
  readonly person: Person;
  /** Without the mention of the bot, entities decoded. */
  readonly text: string;
  readonly atMs: number;
}

/** A click on a card. It carries ids only: what they stand for is read from the store. */
export interface IncomingDecision {
  readonly deliveryId: string;
  readonly place: Place;
  readonly person: Person;
  readonly approvalId: string;
  readonly decision: "approve" | "reject" | "revise";
  /** With "revise": what to change. */
  readonly comment?: string;
}

export interface IncomingStop {
  readonly deliveryId: string;
  readonly place: Place;
  readonly person: Person;
  readonly questionId: string;
}

export interface IncomingFeedback extends IncomingStop {
  readonly good: boolean;
}

/** What whoever clicked is told, and nobody else. */
export interface ClickReply {
  /** Whether the click did what its button says. */
  readonly accepted: boolean;
  /** In the language of the question. */
  readonly text: string;
}

/** What a platform hands its events to. */
export interface Reception {
  /** Keeps the question before it resolves, so that it can be acknowledged: from then on it is answered whatever happens to this process. */
  ask(question: IncomingQuestion): Promise<"taken" | "duplicate">;
  decide(decision: IncomingDecision): Promise<ClickReply>;
  stop(stop: IncomingStop): Promise<ClickReply>;
  feedback(feedback: IncomingFeedback): Promise<ClickReply>;
}
