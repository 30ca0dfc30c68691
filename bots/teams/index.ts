import { ConfigurationError } from "nephoscope";
import type { ChatBot, ChatBotOptions } from "../shared/chat-bot.ts";
import { createChatBot } from "../shared/create-chat-bot.ts";
import { teamsPlatform } from "./teams-platform.ts";
import type { TeamsCredentials, TeamsTransport } from "./transport.ts";

export { type TeamsAppOptions, teamsAppPackage, teamsManifest } from "./manifest.ts";

export interface TeamsBotOptions extends ChatBotOptions {
  /** Client id of the app registration. */
  readonly appId: string;
  /** Client secret; not needed with a managed identity. */
  readonly appPassword?: string;
  /** @defaultValue "SingleTenant" */
  readonly appType?: TeamsCredentials["appType"];
  /** Directory id of the tenant whose bot this is. */
  readonly tenantId?: string;
  /** Which of Microsoft's packages speaks to Teams. @defaultValue "botbuilder" */
  readonly transport?: "botbuilder" | "agents-hosting";
  /** Base address under which the internet reaches this bot, `https://bot.example.com`: charts are then images of any size. */
  readonly publicUrl?: string;
  /** For Microsoft's agents playground: no tokens, and nobody but this machine. @defaultValue false */
  readonly playground?: boolean;
}

/** A bot for Microsoft Teams. Throws a `ConfigurationError` without app id and tenant, unless it is for the playground. */
export async function teamsBot(options: TeamsBotOptions): Promise<ChatBot> {
  const playground = options.playground ?? false;
  const credentials = playground ? null : credentialsOf(options);
  const platform = teamsPlatform({
    transport: await load(options.transport ?? "botbuilder", credentials),
    store: options.store,
    tenantId: options.tenantId ?? null,
    publicUrl: options.publicUrl ?? null,
    playground,
    runtime: options.runtime,
  });
  return createChatBot(platform, options);
}

async function load(transport: "botbuilder" | "agents-hosting", credentials: TeamsCredentials | null): Promise<TeamsTransport> {
  if (transport === "agents-hosting") return (await import("./agents-hosting-transport.ts")).agentsHostingTransport(credentials);
  return (await import("./botbuilder-transport.ts")).botbuilderTransport(credentials);
}

function credentialsOf({ appId, appPassword, appType = "SingleTenant", tenantId }: TeamsBotOptions): TeamsCredentials {
  const missing = [
    ...(appId === "" ? ["appId (MicrosoftAppId)"] : []),
    ...(tenantId === undefined || tenantId === "" ? ["tenantId (MicrosoftAppTenantId)"] : []),
    ...(appType === "SingleTenant" && !appPassword ? ["appPassword (MicrosoftAppPassword)"] : []),
  ];
  if (missing.length > 0 || tenantId === undefined) {
    throw new ConfigurationError({
      code: "CREDENTIAL_MISSING",
      message: { en: `The Teams bot has no ${missing.join(", no ")}.`, zh: `Teams 机器人缺少 ${missing.join("、")}。` },
      hint: {
        en: "Take them from the app registration of the bot: docs/teams.md. For the agents playground set playground instead.",
        zh: "请从机器人的应用注册中获取：docs/teams.md。若用于 agents playground，请改为设置 playground。",
      },
    });
  }
  return { appId, ...(appPassword === undefined ? {} : { appPassword }), appType, tenantId };
}
