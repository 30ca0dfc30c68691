import type { Orchestrator, Runtime, Store } from "nephoscope";
import type { AccessRules } from "./access-rules.ts";
import type { ChatPlatform, Route } from "./chat-platform.ts";

/** What every bot is made of, whatever its platform. */
export interface ChatBotOptions {
  readonly orchestrator: Orchestrator;
  /** The orchestrator's own: runs, approvals and the bot's records stand together. Replicas share one on PostgreSQL. */
  readonly store: Store;
  /** Who may ask what, and who decides. Without rules nobody may. */
  readonly access: AccessRules;
  /** IANA zone in which times are written. */
  readonly timezone: string;
  readonly runtime: Runtime;
}

/** A bot that runs. One process may run several, on one port. */
export interface ChatBot {
  readonly platform: ChatPlatform["id"];
  readonly routes: readonly Route[];
  /** Receives; goes on with what an earlier process left. */
  start(): Promise<void>;
  readiness(): Promise<{ readonly ready: boolean; readonly detail: string }>;
  /** Takes nothing new; runs end within `graceMs` or are parked, for the next process to go on with. */
  stop(graceMs: number): Promise<void>;
}
