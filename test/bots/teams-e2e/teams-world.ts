import type { Clock, Store } from "nephoscope";
import { type Emulator, startEmulator } from "nephoscope/emulator";
import { memory } from "nephoscope/stores/memory";
import { demoModel } from "../../../scripts/demo-slack/demo-model.ts";
import { type StartedTeamsBot, startTeamsBot } from "../../../scripts/demo-teams/start-teams-bot.ts";
import { type Activity, type FakeConnector, type Message, startFakeConnector } from "./fake-connector.ts";
import { BOT, FakeTenant, type TeamsChat, type TeamsPerson } from "./fake-tenant.ts";

interface Delivered {
  /** Null: nobody answered. */
  readonly status: number | null;
  readonly body: unknown;
  readonly activity: Activity;
}

export interface TeamsWorld extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly tenant: FakeTenant;
  readonly connector: FakeConnector;
  readonly people: Readonly<Record<"asker" | "approver" | "secondApprover" | "colleague" | "guest", TeamsPerson>>;
  readonly access: Parameters<typeof startTeamsBot>[0]["access"];
  readonly warnings: readonly string[];
  /** Where activities go from now on. */
  deliverTo(messagesUrl: string): void;
  /** A message with a mention, in a thread of its own or in that of another one; the conversation it is in. */
  say(person: TeamsPerson, chat: TeamsChat, text: string, thread?: string): Promise<string>;
  /** Presses a button of a card. */
  click(person: TeamsPerson, message: Message, verb: string, input?: Readonly<Record<string, string>>): Promise<Delivered>;
  /** Sends it as it is, once more. */
  redeliver(activity: Activity): Promise<Delivered>;
  readonly delivered: readonly Delivered[];
  thread(conversation: string): readonly Message[];
}

export interface TeamsWorldOptions {
  readonly clock?: Clock;
  readonly rateLimits?: boolean;
  readonly store?: Store;
  readonly withBot?: boolean;
  readonly instances?: number;
  readonly transport?: "botbuilder" | "agents-hosting";
}

/** Emulator, Bot Connector and bot, with people who may ask and others who may approve. */
export async function startTeamsWorld(options: TeamsWorldOptions = {}): Promise<TeamsWorld> {
  const emulator = await startEmulator({ instances: options.instances ?? 40, seed: 7 });
  const tenant = new FakeTenant();
  const connector = await startFakeConnector(tenant, { rateLimits: options.rateLimits ?? true });
  const [asker, approver, secondApprover, colleague] = ["asker", "approver", "second-approver", "colleague"].map((name) =>
    tenant.addPerson(name),
  ) as [TeamsPerson, TeamsPerson, TeamsPerson, TeamsPerson];
  const people = { asker, approver, secondApprover, colleague, guest: tenant.addPerson("guest", "guest") };
  const access: TeamsWorld["access"] = {
    rules: [{ everybody: true }],
    approvers: { users: [approver.aadObjectId, secondApprover.aadObjectId] },
    limits: { perPersonPerHour: 1000, perChannelPerHour: 1000 },
  };
  const warnings: string[] = [];
  const delivered: Delivered[] = [];
  let messagesUrl = "";
  let sent = 0;

  async function deliver(activity: Activity): Promise<Delivered> {
    const one = await fetch(messagesUrl, {
      method: "POST",
      body: JSON.stringify(activity),
      headers: { "content-type": "application/json" },
    }).then(
      async (response) => {
        const text = await response.text();
        return { status: response.status, body: text === "" ? null : JSON.parse(text), activity };
      },
      () => ({ status: null, body: null, activity }),
    );
    delivered.push(one);
    return one;
  }

  /**
   * What every activity of Teams has:
   * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-basics
   */
  function envelope(person: TeamsPerson, chat: TeamsChat, conversation: string, id: string): Activity {
    const { id: from, name, aadObjectId } = person;
    return {
      id,
      channelId: "msteams",
      serviceUrl: connector.url,
      timestamp: new Date().toISOString(),
      from: { id: from, name, aadObjectId },
      recipient: BOT,
      conversation: {
        id: conversation,
        conversationType: chat.kind,
        tenantId: tenant.id,
        ...(chat.kind === "personal" ? {} : { isGroup: true }),
      },
      channelData: {
        tenant: { id: person.tenantId },
        ...(chat.teamId === null ? {} : { team: { id: chat.teamId }, channel: { id: chat.id }, teamsChannelId: chat.id }),
      },
      locale: "en-US",
    };
  }

  const world: TeamsWorld = {
    emulator,
    tenant,
    connector,
    people,
    access,
    warnings,
    delivered,
    deliverTo(url) {
      messagesUrl = url;
    },
    async say(person, chat, text, thread) {
      sent += 1;
      const id = String(1_600_000_000_000 + sent);
      const conversation = thread ?? (chat.kind === "channel" ? `${chat.id};messageid=${id}` : chat.id);
      const mention = { type: "mention", text: `<at>${BOT.name}</at>`, mentioned: BOT };
      await deliver({
        ...envelope(person, chat, conversation, id),
        type: "message",
        textFormat: "plain",
        text: chat.kind === "personal" ? text : `<at>${BOT.name}</at> ${text}`,
        entities: chat.kind === "personal" ? [] : [mention],
      });
      return conversation;
    },
    async click(person, message, verb, input = {}) {
      sent += 1;
      const chat = tenant.chats.get(message.conversation.replace(/;messageid=.*$/, ""));
      const button = buttonsOf(message).find((one) => one.verb === verb);
      if (chat === undefined || button === undefined) throw new Error(`There is no button ${verb} in ${JSON.stringify(message.activity)}`);
      return await deliver({
        ...envelope(person, chat, message.conversation, `f:${sent}`),
        type: "invoke",
        name: "adaptiveCard/action",
        replyToId: message.id,
        value: { action: { type: "Action.Execute", ...button, data: { ...button.data, ...input } }, trigger: "manual" },
      });
    },
    redeliver: deliver,
    thread: (conversation) => connector.messages.filter((message) => message.conversation === conversation),
    async [Symbol.asyncDispose]() {
      await bot?.stop(2000);
      await connector[Symbol.asyncDispose]();
      await emulator.close();
    },
  };
  const bot: StartedTeamsBot | null =
    options.withBot === false
      ? null
      : await startTeamsBot({
          emulatorEnv: emulator.env,
          store: options.store ?? memory(),
          model: demoModel(),
          access,
          ...(options.clock === undefined ? {} : { clock: options.clock }),
          ...(options.transport === undefined ? {} : { transport: options.transport }),
          logger: { debug() {}, warn: (message, fields) => warnings.push(`${message} ${JSON.stringify(fields ?? {})}`) },
        });
  if (bot !== null) world.deliverTo(bot.messagesUrl);
  return world;
}

interface CardButton {
  readonly verb: string;
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The buttons that send something to the bot, in order. */
function buttonsOf({ activity }: Message): readonly CardButton[] {
  const found: CardButton[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("type" in value && value.type === "Action.Execute") found.push(value as unknown as CardButton);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(activity.attachments);
  return found;
}

/** All that a message says. */
export function textOf({ activity }: Message): string {
  return JSON.stringify([activity.text ?? "", activity.attachments ?? []]);
}

/** Rows of the table that a message shows, cell by cell, without the header. */
export function tableRows({ activity }: Message): readonly string[] | undefined {
  let rows: readonly unknown[] | undefined;
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("type" in value && value.type === "Table" && "rows" in value && Array.isArray(value.rows)) rows = value.rows;
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(activity.attachments);
  return rows?.slice(1).map((row) => JSON.stringify(row));
}

export interface ApprovalCard {
  /** The last of it, with the buttons. */
  readonly message: Message;
  readonly canDecide: boolean;
  readonly buttons: readonly CardButton[];
}

/** The newest approval of a thread. */
export function approvalIn(thread: readonly Message[]): ApprovalCard | undefined {
  const message = thread.findLast((one) => textOf(one).includes("cloud.call("));
  if (message === undefined) return undefined;
  const buttons = buttonsOf(message).filter(({ data }) => data.approval !== undefined);
  return { message, canDecide: buttons.length > 0, buttons };
}

/** Messages with a table. */
export function answersIn(thread: readonly Message[]): readonly Message[] {
  return thread.filter((message) => tableRows(message) !== undefined);
}

/** Whether something in the thread can still be stopped. */
export function isUnderWay(thread: readonly Message[]): boolean {
  return thread.some((message) => buttonsOf(message).some(({ verb }) => verb === "stop"));
}

/** Asks something else in a place of its own, and waits for its answer: what was on its way before has arrived by then. */
export async function letPass(world: TeamsWorld): Promise<void> {
  const thread = await world.say(world.people.colleague, world.tenant.channel(), "list aws servers");
  await world.connector.until(() => answersIn(world.thread(thread)).length > 0);
}
