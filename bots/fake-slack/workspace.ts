import type { AnyChunk, KnownBlock, ModalView } from "@slack/types";
import type { Clock } from "nephoscope";
import { SlackApiError } from "./slack-api-error.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
  /** `guest`: restricted to some channels. `stranger`: of another organisation, met in shared channels only. */
  readonly kind: "member" | "guest" | "stranger" | "bot";
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im" | "mpim";
  /** With another organisation (Slack Connect). */
  readonly shared: boolean;
  readonly members: Set<string>;
}

export interface Group {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
}

/** What a stream has brought so far; a message that no longer streams keeps it. */
export interface MessageStream {
  /** Of the call that opened it, for good. Null: opened with neither. */
  mode: "markdown_text" | "chunks" | null;
  readonly display: "plan" | "timeline";
  readonly startedMs: number;
  open: boolean;
  readonly chunks: AnyChunk[];
}

export interface Message {
  readonly ts: string;
  readonly channel: string;
  /** Of the first message of the thread; null for one that is in the channel itself. */
  readonly thread: string | null;
  readonly user: string;
  text: string;
  /** Markdown instead of text and blocks. */
  markdown: string | null;
  blocks: readonly KnownBlock[];
  files: readonly string[];
  metadata: unknown;
  edited: boolean;
  deleted: boolean;
  stream: MessageStream | null;
  /** Seen by nobody else. */
  readonly onlyFor: string | null;
  /** How often it was written: 1 for one that was posted and never touched. */
  version: number;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly length: number;
  readonly altText: string | null;
  bytes: Buffer | null;
  shared: boolean;
}

export interface OpenView {
  readonly id: string;
  readonly user: string;
  view: ModalView;
}

/** Everything there is in the workspace; who changes something calls `changed`. */
export class Workspace {
  readonly teamId = "T0FAKE0001";
  readonly appId = "A0FAKE0001";
  readonly botId = "B0FAKE0001";
  readonly botUserId = "U0FAKEBOT1";
  readonly strangerTeamId = "T0OTHER001";
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly groups = new Map<string, Group>();
  readonly files = new Map<string, StoredFile>();
  readonly views = new Map<string, OpenView>();
  /** By channel and thread: what the bot says it is doing. */
  readonly statuses = new Map<string, { readonly text: string; readonly untilMs: number }>();
  readonly prompts = new Map<string, readonly { readonly title: string; readonly message: string }[]>();
  readonly titles = new Map<string, string>();
  readonly #messages = new Map<string, Message>();
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;
  #ids = 0;
  #lastMicros = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.people.set(this.botUserId, { id: this.botUserId, name: "nephoscope", kind: "bot" });
  }

  addPerson(person: { readonly name: string; readonly kind?: Person["kind"] }): string {
    const id = this.newId("U");
    this.people.set(id, { id, name: person.name, kind: person.kind ?? "member" });
    this.changed();
    return id;
  }

  /** The bot is a member of every channel; without `members` all members of the workspace are, too. */
  addChannel(channel: {
    readonly name: string;
    readonly kind?: Channel["kind"];
    readonly shared?: boolean;
    readonly members?: readonly string[];
  }): string {
    const kind = channel.kind ?? "public";
    const id = this.newId(kind === "im" ? "D" : kind === "mpim" ? "G" : "C");
    const members = channel.members ?? [...this.people.values()].filter((person) => person.kind === "member").map((person) => person.id);
    this.channels.set(id, {
      id,
      name: channel.name,
      kind,
      shared: channel.shared ?? false,
      members: new Set([...members, this.botUserId]),
    });
    this.changed();
    return id;
  }

  addGroup(group: { readonly handle: string; readonly users: readonly string[] }): string {
    const id = this.newId("S");
    this.groups.set(id, { id, ...group });
    return id;
  }

  /** The conversation of one person with the bot; made when there is none yet. */
  directMessage(user: string): string {
    const known = [...this.channels.values()].find(({ kind, members }) => kind === "im" && members.has(user));
    return known?.id ?? this.addChannel({ name: this.person(user).name, kind: "im", members: [user] });
  }

  person(id: string): Person {
    const person = this.people.get(id);
    if (person === undefined) throw new SlackApiError("user_not_found");
    return person;
  }

  /** A channel that the bot is in; others do not exist for it. */
  channel(id: unknown): Channel {
    const channel = this.channels.get(String(id));
    if (channel === undefined) throw new SlackApiError("channel_not_found");
    return channel;
  }

  teamOf(user: string): string {
    return this.person(user).kind === "stranger" ? this.strangerTeamId : this.teamId;
  }

  add(message: Pick<Message, "channel" | "thread" | "user" | "text"> & Partial<Message>): Message {
    const full: Message = {
      markdown: null,
      blocks: [],
      files: [],
      metadata: undefined,
      edited: false,
      deleted: false,
      stream: null,
      onlyFor: null,
      version: 1,
      ...message,
      ts: this.newTimestamp(),
    };
    this.#messages.set(`${full.channel}:${full.ts}`, full);
    // https://docs.slack.dev/reference/methods/assistant.threads.setStatus: a message from the app takes the status away.
    if (full.user === this.botUserId && full.onlyFor === null) this.statuses.delete(`${full.channel}:${full.thread}`);
    this.changed();
    return full;
  }

  message(channel: string, ts: unknown): Message | undefined {
    const message = this.#messages.get(`${channel}:${String(ts)}`);
    return message?.deleted ? undefined : message;
  }

  /** Oldest first; ephemeral ones only for whom they are. */
  messages(channel: string, seenBy?: string): readonly Message[] {
    return [...this.#messages.values()].filter(
      (message) => message.channel === channel && !message.deleted && (message.onlyFor === null || message.onlyFor === seenBy),
    );
  }

  thread(channel: string, ts: string, seenBy?: string): readonly Message[] {
    return this.messages(channel, seenBy).filter((message) => message.ts === ts || message.thread === ts);
  }

  ephemerals(user: string): readonly Message[] {
    return [...this.#messages.values()].filter((message) => message.onlyFor === user);
  }

  newId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}0FAKE${String(this.#ids).padStart(4, "0")}`;
  }

  /** Seconds and six digits, never the same twice: https://docs.slack.dev/messaging/retrieving-messages. */
  newTimestamp(): string {
    this.#lastMicros = Math.max(this.#lastMicros + 100, this.#clock.now() * 1000);
    return `${Math.floor(this.#lastMicros / 1e6)}.${String(this.#lastMicros % 1e6).padStart(6, "0")}`;
  }

  now(): number {
    return this.#clock.now();
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** @returns how to listen no more. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
