import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, type Model, nodeRuntime, Orchestrator, type Runtime, type Store } from "nephoscope";
import type { AccessRules } from "nephoscope/bots";
import { slackBot } from "nephoscope/bots/slack";
import { alicloud } from "nephoscope/providers/alicloud";
import { aws } from "nephoscope/providers/aws";
import { azure } from "nephoscope/providers/azure";
import { gcp } from "nephoscope/providers/gcp";
import { volcengine } from "nephoscope/providers/volcengine";

export interface DemoBotOptions {
  readonly slack: { readonly apiUrl: string; readonly botToken: string; readonly signingSecret: string; readonly appToken?: string };
  /** Environment that an emulator asks to set. */
  readonly emulatorEnv: Readonly<Record<string, string>>;
  readonly store: Store;
  readonly model: Model;
  readonly access: AccessRules;
  readonly clock?: Clock;
  readonly logger?: Runtime["logger"];
  /** @defaultValue any that is free */
  readonly port?: number;
}

export interface DemoBot {
  /** Where Slack sends events. */
  readonly eventsUrl: string;
  stop(graceMs: number): Promise<void>;
}

/** The Slack bot over all five clouds of an emulator. */
export async function startDemoBot(options: DemoBotOptions): Promise<DemoBot> {
  const runtime = nodeRuntime({
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  const env = { ...options.emulatorEnv };
  const orchestrator = new Orchestrator({
    providers: [aws, azure, gcp, alicloud, volcengine].map((provider) => provider({}, { env })),
    model: options.model,
    store: options.store,
    timezone: "UTC",
    runtime,
  });
  const bot = await slackBot({
    orchestrator,
    store: options.store,
    access: options.access,
    timezone: "UTC",
    runtime,
    botToken: options.slack.botToken,
    apiUrl: options.slack.apiUrl,
    ...(options.slack.appToken === undefined ? { signingSecret: options.slack.signingSecret } : { appToken: options.slack.appToken }),
  });
  const server = createServer((request, response) => {
    const path = request.url?.split("?", 1)[0];
    const route = bot.routes.find((candidate) => candidate.path === path && candidate.method === request.method);
    if (route === undefined) response.writeHead(404).end();
    else void route.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  await bot.start();
  const { port } = server.address() as AddressInfo;
  return {
    eventsUrl: `http://127.0.0.1:${port}${bot.routes[0]?.path ?? "/"}`,
    async stop(graceMs) {
      await bot.stop(graceMs);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await orchestrator.close();
    },
  };
}
