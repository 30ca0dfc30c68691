import type { Clock } from "nephoscope";
import type { Call } from "./api-server.ts";
import type { Delivery, ForgedDelivery } from "./deliveries.ts";
import type { FaultBook } from "./fault-book.ts";
import type { SocketMode } from "./socket-mode.ts";
import type { Message, OpenView, Workspace } from "./workspace.ts";

export interface FakeSlackOptions {
  /** Where events and interactions go; may be said later (`deliverTo`). A connected Socket Mode client comes first. */
  readonly eventsUrl?: string;
  /** On 127.0.0.1. @defaultValue any that is free */
  readonly port?: number;
  /** @defaultValue the system's */
  readonly clock?: Clock;
  /** @defaultValue true */
  readonly rateLimits?: boolean;
  /** A sentence on top of the page. */
  readonly notice?: string;
}

/** A workspace with one app, that speaks Slack's Web API, Events API, interactivity and Socket Mode. */
export interface FakeSlack extends AsyncDisposable {
  /** The page that shows it. */
  readonly url: string;
  /** For `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly workspace: Workspace;
  readonly faults: FaultBook;
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  readonly socketMode: SocketMode;
  deliverTo(url: string): void;
  /** A person writes; the app hears of it when it is mentioned, or in its direct messages. @returns the message's timestamp */
  say(user: string, channel: string, text: string, options?: { readonly thread?: string }): Promise<string>;
  /** A person opens the app's assistant. */
  openAssistant(user: string): Promise<{ readonly channel: string; readonly thread: string }>;
  /** @throws RangeError when there is no such button, or the person cannot see it. */
  click(user: string, channel: string, messageTs: string, actionId: string, options?: { readonly value?: string }): Promise<Delivery>;
  /** Submits an open modal; it closes when the app says so. */
  submit(user: string, viewId: string, values: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<Delivery>;
  closeView(viewId: string): void;
  thread(channel: string, ts: string): readonly Message[];
  ephemerals(user: string): readonly Message[];
  views(user: string): readonly OpenView[];
  redeliver(deliveryId: string, forged?: ForgedDelivery): Promise<number>;
  /** Nothing is being delivered, and nothing waits for its repetition. */
  settled(): Promise<void>;
  /** Resolves as soon as it is so; looked at after every change. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}
