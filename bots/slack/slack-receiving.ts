import type { IncomingMessage, ServerResponse } from "node:http";
import { App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from "@slack/bolt";
import type { Runtime } from "nephoscope";
import { slackLogger } from "./slack-api.ts";
import type { SlackIdentity } from "./slack-events.ts";

/** How events come in: over HTTP with a signature that is checked, or over a socket that the bot opens. */
export type SlackTransport =
  | { readonly kind: "http"; readonly signingSecret: string; readonly path: string }
  | { readonly kind: "socket"; readonly appToken: string };

export interface SlackReceivingOptions {
  readonly transport: SlackTransport;
  readonly botToken: string;
  readonly apiUrl?: string;
  readonly identity: () => Promise<SlackIdentity>;
  readonly logger: Runtime["logger"];
  /** An event is acknowledged when it resolves, and sent again by Slack when it rejects. */
  onEvent(body: unknown): Promise<void>;
  /** Runs after the click was acknowledged. */
  onInteraction(body: unknown): Promise<void>;
}

export interface SlackReceiving {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Null with a socket. */
  readonly handle: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  isConnected(): boolean;
}

/** Bolt, receiving. It checks signatures and timestamps, answers `url_verification`, and opens sockets again. */
export function slackReceiving(options: SlackReceivingOptions): SlackReceiving {
  const logger = slackLogger(options.logger);
  const { transport } = options;
  const inner = transport.kind === "http" ? httpReceiver(transport, logger) : socketReceiver(transport, logger, options.apiUrl);
  const app = new App({
    receiver: ackWhenKept(inner),
    authorize: async () => {
      const { botId, botUser, team } = await options.identity();
      return { botToken: options.botToken, botId, botUserId: botUser, teamId: team };
    },
    logger,
    convoStore: false,
    ...(options.apiUrl === undefined ? {} : { clientOptions: { slackApiUrl: options.apiUrl } }),
  });
  app.use(async ({ body, ...args }) => {
    if (isEvent(body)) return options.onEvent(body);
    if ("ack" in args && typeof args.ack === "function") await args.ack();
    await options.onInteraction(body);
  });

  let receiving = false;
  let connected = false;
  if (inner instanceof SocketModeReceiver) {
    inner.client.on("connected", () => {
      connected = true;
    });
    for (const state of ["disconnected", "reconnecting", "disconnecting"]) {
      inner.client.on(state, () => {
        connected = false;
      });
    }
  }
  return {
    async start() {
      receiving = true;
      if (inner instanceof SocketModeReceiver) await inner.start();
    },
    async stop() {
      receiving = false;
      if (inner instanceof SocketModeReceiver) await inner.client.disconnect();
    },
    handle:
      inner instanceof SocketModeReceiver
        ? null
        : (request, response) => {
            // Slack sends again what was not accepted: another replica takes it, or the next process.
            if (!receiving) return void response.writeHead(503).end();
            inner.requestListener(request, response);
          },
    isConnected: () => (inner instanceof SocketModeReceiver ? connected : receiving),
  };
}

function httpReceiver(
  transport: { readonly signingSecret: string; readonly path: string },
  logger: ReturnType<typeof slackLogger>,
): HTTPReceiver {
  return new HTTPReceiver({ signingSecret: transport.signingSecret, endpoints: transport.path, logger });
}

function socketReceiver(
  transport: { readonly appToken: string },
  logger: ReturnType<typeof slackLogger>,
  apiUrl?: string,
): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: transport.appToken,
    logger,
    ...(apiUrl === undefined ? {} : { installerOptions: { clientOptions: { slackApiUrl: apiUrl } } }),
  });
}

function isEvent(body: unknown): boolean {
  return (body as { readonly type?: unknown }).type === "event_callback";
}

/**
 * Bolt acknowledges events before its listeners run (`App.processEvent`; for sockets whatever `processBeforeResponse` says). Here the
 * acknowledgement of an event waits until the listeners are through, and stays away when they fail, so that Slack sends it again.
 */
function ackWhenKept(inner: Receiver): Receiver {
  return {
    start: (...args: unknown[]) => inner.start(...args),
    stop: (...args: unknown[]) => inner.stop(...args),
    init(app) {
      const processEvent = app.processEvent.bind(app);
      app.processEvent = async (event: ReceiverEvent) => {
        if (!isEvent(event.body)) return processEvent(event);
        await processEvent({ ...event, ack: async () => {} });
        await event.ack();
      };
      inner.init(app);
    },
  };
}
