import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Model, nodeRuntime, Orchestrator, type Runtime, type Store } from "nephoscope";
import type { AccessRules } from "nephoscope/bots";
import { teamsBot } from "nephoscope/bots/teams";
import { alicloud } from "nephoscope/providers/alicloud";
import { aws } from "nephoscope/providers/aws";
import { azure } from "nephoscope/providers/azure";
import { gcp } from "nephoscope/providers/gcp";
import { volcengine } from "nephoscope/providers/volcengine";

export interface TeamsBotProcessOptions {
  /** Environment that an emulator asks to set. */
  readonly emulatorEnv: Readonly<Record<string, string>>;
  readonly store: Store;
  readonly model: Model;
  readonly access: AccessRules;
  readonly transport?: "botbuilder" | "agents-hosting";
  readonly clock?: Runtime["clock"];
  readonly logger?: Runtime["logger"];
  /** @defaultValue any that is free */
  readonly port?: number;
}

export interface StartedTeamsBot {
  /** Where activities are sent. */
  readonly messagesUrl: string;
  stop(graceMs: number): Promise<void>;
}

/** The Teams bot for Microsoft's agents playground, over all five clouds of an emulator. */
export async function startTeamsBot(options: TeamsBotProcessOptions): Promise<StartedTeamsBot> {
  const { emulatorEnv, store, model, access, transport, clock, logger } = options;
  const runtime = nodeRuntime({ ...(clock === undefined ? {} : { clock }), ...(logger === undefined ? {} : { logger }) });
  const orchestrator = new Orchestrator({
    providers: [aws, azure, gcp, alicloud, volcengine].map((provider) => provider({}, { env: { ...emulatorEnv } })),
    model,
    store,
    timezone: "UTC",
    runtime,
  });
  const bot = await teamsBot({
    orchestrator,
    store,
    access,
    timezone: "UTC",
    runtime,
    appId: "",
    playground: true,
    ...(transport === undefined ? {} : { transport }),
  });
  const server = createServer((request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "";
    const route = bot.routes.find((candidate) => path.startsWith(candidate.path) && candidate.method === request.method);
    if (route === undefined) response.writeHead(404).end();
    else void route.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  await bot.start();
  return {
    messagesUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    async stop(graceMs) {
      await bot.stop(graceMs);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await orchestrator.close();
    },
  };
}
