import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { memory } from "nephoscope/stores/memory";
import { type FakeRuntime, fakeRuntime } from "nephoscope/testing";
import type { ChatPlatform } from "../../../bots/shared/chat-platform.ts";
import type {
  ClickReply,
  IncomingDecision,
  IncomingFeedback,
  IncomingQuestion,
  IncomingStop,
  Place,
  Reception,
} from "../../../bots/shared/incoming.ts";
import { botbuilderTransport } from "../../../bots/teams/botbuilder-transport.ts";
import { teamsPlatform } from "../../../bots/teams/teams-platform.ts";
import type { TeamsTransport } from "../../../bots/teams/transport.ts";
import { type FakeConnector, fakeConnector } from "./fake-connector.ts";

export const TENANT = "11111111-1111-4111-8111-111111111111";
export const BOT = { id: "28:bot", name: "nephoscope" };

/** A connector and the platform at it, with nothing behind it but a list of what came in. */
export interface Stage extends AsyncDisposable {
  readonly connector: FakeConnector;
  readonly platform: ChatPlatform;
  readonly runtime: FakeRuntime;
  readonly url: string;
  readonly received: {
    readonly questions: IncomingQuestion[];
    readonly decisions: IncomingDecision[];
    readonly stops: IncomingStop[];
    readonly feedback: IncomingFeedback[];
  };
  /** Sends an activity as Teams does. */
  deliver(activity: Record<string, unknown>): Promise<{ readonly status: number; readonly body: unknown }>;
  /** The place of a question that is asked now. */
  ask(kind: "personal" | "groupChat" | "channel"): Promise<Place>;
}

export async function openStage(options: { readonly publicUrl?: string; readonly transport?: TeamsTransport } = {}): Promise<Stage> {
  const connector = await fakeConnector();
  const runtime = fakeRuntime({ jumps: false });
  const platform = teamsPlatform({
    transport: options.transport ?? botbuilderTransport(null),
    store: memory(),
    tenantId: TENANT,
    publicUrl: options.publicUrl ?? null,
    playground: true,
    runtime,
  });
  const received: Stage["received"] = { questions: [], decisions: [], stops: [], feedback: [] };
  const done = async (): Promise<ClickReply> => ({ accepted: true, text: "Done." });
  const reception: Reception = {
    async ask(question) {
      const known = received.questions.some(({ deliveryId }) => deliveryId === question.deliveryId);
      received.questions.push(question);
      return known ? "duplicate" : "taken";
    },
    decide(decision) {
      received.decisions.push(decision);
      return done();
    },
    stop(stop) {
      received.stops.push(stop);
      return done();
    },
    feedback(feedback) {
      received.feedback.push(feedback);
      return done();
    },
  };
  await platform.start(reception);
  const server = createServer((request, response) => {
    const route = platform.routes.find(({ path, method }) => request.url?.split("?")[0] === path && method === request.method);
    if (route === undefined) response.writeHead(404).end();
    else void route.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const deliver: Stage["deliver"] = async (activity) => {
    const body = JSON.stringify({ serviceUrl: connector.url, ...activity });
    const response = await fetch(`${url}/api/messages`, { method: "POST", body, headers: { "content-type": "application/json" } });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
  return {
    connector,
    platform,
    runtime,
    url,
    received,
    deliver,
    async ask(kind) {
      await deliver(message({ kind }));
      const place = received.questions.at(-1)?.place;
      if (place === undefined) throw new Error("no question came in");
      return place;
    },
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
      await connector[Symbol.asyncDispose]();
    },
  };
}

export const ASKER = { id: "29:asker", name: "Ann", aadObjectId: "22222222-2222-4222-8222-222222222222" };

const CONVERSATIONS = { personal: "a:1", groupChat: "19:chat@thread.v2", channel: "19:chan@thread.tacv2;messageid=1700" };

/** A message as Teams sends it: with the mention, where it has to have one. */
export function message(
  options: {
    readonly kind?: "personal" | "groupChat" | "channel";
    readonly text?: string;
    readonly id?: string;
    readonly from?: Record<string, unknown>;
  } = {},
): Record<string, unknown> {
  const { kind = "channel", text = "list servers", id = "1700", from = ASKER } = options;
  const mention = { type: "mention", text: "<at>nephoscope</at>", mentioned: { id: BOT.id, name: BOT.name } };
  return {
    type: "message",
    id,
    channelId: "msteams",
    timestamp: "2026-01-01T00:00:00.000Z",
    text: kind === "personal" ? text : `<at>nephoscope</at> ${text}`,
    entities: kind === "personal" ? [] : [mention],
    from,
    recipient: BOT,
    conversation: { id: CONVERSATIONS[kind], conversationType: kind, tenantId: TENANT },
    channelData: { tenant: { id: TENANT }, ...(kind === "channel" ? { team: { id: "19:team@thread.tacv2" } } : {}) },
  };
}

export function execute(
  verb: string,
  data: Record<string, unknown>,
  kind: "personal" | "groupChat" | "channel" = "channel",
): Record<string, unknown> {
  const { text: _text, entities: _entities, ...rest } = message({ kind, id: "f:1" });
  return {
    ...rest,
    type: "invoke",
    name: "adaptiveCard/action",
    replyToId: "m1",
    value: { action: { type: "Action.Execute", verb, data }, trigger: "manual" },
  };
}
