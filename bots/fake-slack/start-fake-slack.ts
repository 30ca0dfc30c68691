import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { nodeRuntime } from "nephoscope";
import { ApiServer } from "./api-server.ts";
import { Deliveries, httpTransport } from "./deliveries.ts";
import { appMention, assistantThreadStarted, directMessageEvent, eventEnvelope } from "./events.ts";
import type { FakeSlack, FakeSlackOptions } from "./fake-slack.ts";
import { FaultBook } from "./fault-book.ts";
import { blockActions, clickables, viewSubmission } from "./interactions.ts";
import type { ApiContext } from "./methods/method.ts";
import { Page } from "./page/page.ts";
import { RateLimits } from "./rate-limits.ts";
import { respondToUrl } from "./response-url.ts";
import { SocketMode } from "./socket-mode.ts";
import { Workspace } from "./workspace.ts";

export type { FakeSlack, FakeSlackOptions } from "./fake-slack.ts";

export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const clock = options.clock ?? nodeRuntime().clock;
  const workspace = new Workspace(clock);
  const faults = new FaultBook();
  const signingSecret = "fake-signing-secret";
  const tokens = { bot: "xoxb-fake-bot-token", app: "xapp-fake-app-token" };
  const deliveries = new Deliveries(clock, signingSecret);
  const socketMode = new SocketMode(clock, workspace.appId, () => {
    deliveries.use(socketMode);
    workspace.changed();
  });

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const [, area, rest = ""] = pathname.split("/");
    const work =
      area === "api"
        ? api.call(rest, request, response)
        : area === "upload"
          ? api.upload(rest, request, response)
          : area === "response"
            ? respondToUrl(rest, request, response, workspace)
            : page.serve(pathname, searchParams, request, response);
    work.catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error instanceof Error ? error.stack : error));
    });
  });
  server.on("upgrade", (request, socket, head) => socketMode.accept(request, socket, head));
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context: ApiContext = { workspace, url, triggers: new Map() };
  const api = new ApiServer({
    context,
    faults,
    limits: options.rateLimits === false ? null : new RateLimits(),
    tokens,
    socketUrl: () => `${url.replace("http", "ws")}/link`,
  });

  const deliverEvent = (kind: string, event: Readonly<Record<string, unknown>>) => {
    const { id, body } = eventEnvelope(event, workspace);
    return deliveries.deliver(kind, id, body, "application/json", true);
  };
  const deliverInteraction = (kind: string, payload: Readonly<Record<string, unknown>>) => {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    return deliveries.deliver(kind, workspace.newId("I"), body, "application/x-www-form-urlencoded", false);
  };
  const newTrigger = (user: string) => {
    const triggerId = `${workspace.now()}.${workspace.newId("trigger")}`;
    context.triggers.set(triggerId, { user, atMs: workspace.now() });
    return triggerId;
  };

  const slack: FakeSlack = {
    url,
    apiUrl: `${url}/api/`,
    botToken: tokens.bot,
    appToken: tokens.app,
    signingSecret,
    teamId: workspace.teamId,
    appId: workspace.appId,
    botId: workspace.botId,
    botUserId: workspace.botUserId,
    workspace,
    faults,
    calls: api.calls,
    deliveries: deliveries.all,
    socketMode,
    deliverTo: (eventsUrl) => deliveries.use(httpTransport(eventsUrl)),

    async say(user, channel, text, { thread } = {}) {
      const place = workspace.channel(channel);
      if (!place.members.has(user)) throw new RangeError(`${user} is not in ${channel}.`);
      const message = workspace.add({ channel, thread: thread ?? null, user, text });
      if (place.kind === "im") await deliverEvent("message", directMessageEvent(message, workspace));
      else if (text.includes(`<@${workspace.botUserId}>`)) await deliverEvent("app_mention", appMention(message, workspace));
      return message.ts;
    },

    async openAssistant(user) {
      const channel = workspace.directMessage(user);
      const { ts } = workspace.add({ channel, thread: null, user: workspace.botUserId, text: "New Assistant Thread" });
      await deliverEvent("assistant_thread_started", assistantThreadStarted(user, channel, ts, workspace));
      return { channel, thread: ts };
    },

    async click(user, channel, messageTs, actionId, { value } = {}) {
      const message = workspace.message(channel, messageTs);
      const clickable = message && clickables(message).find(({ element }) => element.action_id === actionId);
      const seen = workspace.channel(channel).members.has(user) && (message?.onlyFor ?? user) === user;
      if (message === undefined || clickable === undefined || !seen) throw new RangeError(`No button ${actionId} that ${user} can see.`);
      const ids = { triggerId: newTrigger(user), responseUrl: `${url}/response/${channel}:${messageTs}:${user}` };
      return deliverInteraction("block_actions", blockActions({ user, message, clickable, value }, ids, workspace));
    },

    async submit(user, viewId, values) {
      const opened = workspace.views.get(viewId);
      if (opened === undefined || opened.user !== user) throw new RangeError(`${user} has no view ${viewId}.`);
      const delivery = await deliverInteraction("view_submission", viewSubmission(opened, values, newTrigger(user), workspace));
      // An empty answer closes it; `errors` or `update` keep it open: https://docs.slack.dev/surfaces/modals#response_actions.
      if (delivery.acknowledged && !/"response_action":"(errors|update|push)"/.test(delivery.attempts.at(-1)?.body ?? ""))
        slack.closeView(viewId);
      return delivery;
    },

    closeView(viewId) {
      workspace.views.delete(viewId);
      workspace.changed();
    },

    thread: (channel, ts) => workspace.thread(channel, ts),
    ephemerals: (user) => workspace.ephemerals(user),
    views: (user) => [...workspace.views.values()].filter((view) => view.user === user),
    redeliver: (deliveryId, forged) => deliveries.redeliver(deliveryId, forged),
    settled: () => deliveries.settled(),

    until: (condition) =>
      new Promise((resolve, reject) => {
        const look = () => {
          try {
            if (!condition()) return;
            stop();
            resolve();
          } catch (error) {
            stop();
            reject(error);
          }
        };
        const stop = workspace.onChange(look);
        look();
      }),

    async close() {
      page.close();
      socketMode.close();
      await deliveries.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
    [Symbol.asyncDispose]: () => slack.close(),
  };
  const page = new Page(slack, options.notice ?? null);
  if (options.eventsUrl !== undefined) slack.deliverTo(options.eventsUrl);
  return slack;
}
