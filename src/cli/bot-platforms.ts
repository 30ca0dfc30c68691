import { ConfigurationError, type Text } from "nephoscope";
import type { ChatBot, ChatBotOptions } from "nephoscope/bots";
import type { Host } from "./host.ts";

/** A variable that a bot is configured with. */
interface BotVariable {
  readonly name: string;
  readonly secret: boolean;
  /** Whether a value can be one, where that is known: variables are easily mistaken for each other. */
  fits?(value: string): boolean;
  /** What it is and where it is found; follows the name and a colon. */
  readonly where: Text;
  /** Whether a bot cannot start without it. */
  needed(env: Host["env"], emulated: boolean): boolean;
}

interface BotSurroundings {
  readonly emulated: boolean;
  /** The public address of this process, where it was given. */
  readonly url: string | undefined;
}

/** A bot as data: what it needs, and how it is made. */
export interface BotPlatform {
  readonly id: ChatBot["platform"];
  /** As people write it. */
  readonly name: string;
  readonly packages: readonly string[];
  readonly variables: readonly BotVariable[];
  /** How events reach it. */
  transport(env: Host["env"]): string;
  create(options: ChatBotOptions, env: Host["env"], surroundings: BotSurroundings): Promise<ChatBot>;
  /** What the platform is told about the bot: a text to paste, or a file to upload. */
  manifest(options: { readonly url?: string }, env: Host["env"]): Promise<string | Uint8Array>;
}

const SLACK: BotPlatform = {
  id: "slack",
  name: "Slack",
  packages: ["@slack/bolt"],
  variables: [
    {
      name: "SLACK_BOT_TOKEN",
      secret: true,
      fits: (value) => value.startsWith("xoxb-"),
      where: {
        en: "the Bot User OAuth Token (xoxb-…), at api.slack.com/apps, your app, OAuth & Permissions",
        zh: "Bot User OAuth Token（xoxb-…），位于 api.slack.com/apps → 您的应用 → OAuth & Permissions",
      },
      needed: () => true,
    },
    {
      name: "SLACK_SIGNING_SECRET",
      secret: true,
      where: {
        en: "the Signing Secret, at api.slack.com/apps, your app, Basic Information; or set SLACK_APP_TOKEN to use Socket Mode",
        zh: "Signing Secret，位于 api.slack.com/apps → 您的应用 → Basic Information；或设置 SLACK_APP_TOKEN 以使用 Socket Mode",
      },
      needed: (env) => !env.SLACK_APP_TOKEN,
    },
    {
      name: "SLACK_APP_TOKEN",
      secret: true,
      fits: (value) => value.startsWith("xapp-"),
      where: {
        en: "for Socket Mode: an App-Level Token (xapp-…) with connections:write, at Basic Information",
        zh: "用于 Socket Mode：带 connections:write 的 App-Level Token（xapp-…），位于 Basic Information",
      },
      needed: () => false,
    },
    {
      name: "SLACK_API_URL",
      secret: false,
      where: {
        en: "an https address that ends in /api/, for GovSlack: https://slack-gov.com/api/; http on this machine only",
        zh: "以 /api/ 结尾的 https 地址，用于 GovSlack：https://slack-gov.com/api/；http 仅限本机",
      },
      fits: isApiAddress,
      needed: () => false,
    },
  ],
  transport: (env) => (env.SLACK_APP_TOKEN ? "Socket Mode" : "HTTP"),
  async create(options, env) {
    const { slackBot } = await import("nephoscope/bots/slack");
    return slackBot({
      ...options,
      botToken: env.SLACK_BOT_TOKEN ?? "",
      ...(env.SLACK_SIGNING_SECRET ? { signingSecret: env.SLACK_SIGNING_SECRET } : {}),
      ...(env.SLACK_APP_TOKEN ? { appToken: env.SLACK_APP_TOKEN } : {}),
      ...(env.SLACK_API_URL ? { apiUrl: env.SLACK_API_URL } : {}),
    });
  },
  async manifest(options) {
    const { slackManifest } = await import("nephoscope/bots/slack");
    return slackManifest(options);
  },
};

/** Of Bot Framework (https://learn.microsoft.com/azure/bot-service/bot-builder-authentication): "MultiTenant" can no longer be created. */
const TEAMS_APP_TYPES: readonly string[] = ["SingleTenant", "UserAssignedMSI"];

/** The package that talks to Bot Framework; the first is the default, the second its maintained successor. */
const TEAMS_TRANSPORTS: readonly string[] = ["botbuilder", "agents-hosting"];

const TEAMS: BotPlatform = {
  id: "teams",
  name: "Teams",
  packages: ["botbuilder"],
  variables: [
    {
      name: "MicrosoftAppId",
      secret: false,
      where: {
        en: "the Application (client) ID, at portal.azure.com, your Azure Bot, Configuration",
        zh: "应用程序（客户端）ID，位于 portal.azure.com → 您的 Azure Bot → 配置",
      },
      needed: (_env, emulated) => !emulated,
    },
    {
      name: "MicrosoftAppPassword",
      secret: true,
      where: {
        en: "a client secret of the app registration, at Certificates & secrets; not needed with MicrosoftAppType=UserAssignedMSI",
        zh: "应用注册的客户端密码，位于“证书和密码”；MicrosoftAppType=UserAssignedMSI 时不需要",
      },
      needed: (env, emulated) => !emulated && env.MicrosoftAppType !== "UserAssignedMSI",
    },
    {
      name: "MicrosoftAppTenantId",
      secret: false,
      where: {
        en: "the Directory (tenant) ID, at the overview of the app registration",
        zh: "目录（租户）ID，位于应用注册的概述页",
      },
      needed: (_env, emulated) => !emulated,
    },
    {
      name: "MicrosoftAppType",
      secret: false,
      where: { en: TEAMS_APP_TYPES.join(" or "), zh: TEAMS_APP_TYPES.join(" 或 ") },
      fits: (value) => TEAMS_APP_TYPES.includes(value),
      needed: () => false,
    },
    {
      name: "NEPHOSCOPE_TEAMS_TRANSPORT",
      secret: false,
      where: { en: TEAMS_TRANSPORTS.join(" or "), zh: TEAMS_TRANSPORTS.join(" 或 ") },
      fits: (value) => TEAMS_TRANSPORTS.includes(value),
      needed: () => false,
    },
  ],
  transport: () => "HTTP",
  async create(options, env, { emulated, url }) {
    const { teamsBot } = await import("nephoscope/bots/teams");
    return teamsBot({
      ...options,
      appId: env.MicrosoftAppId ?? "",
      appType: env.MicrosoftAppType === "UserAssignedMSI" ? "UserAssignedMSI" : "SingleTenant",
      ...(env.MicrosoftAppPassword ? { appPassword: env.MicrosoftAppPassword } : {}),
      ...(env.MicrosoftAppTenantId ? { tenantId: env.MicrosoftAppTenantId } : {}),
      transport: env.NEPHOSCOPE_TEAMS_TRANSPORT === "agents-hosting" ? "agents-hosting" : "botbuilder",
      ...(url === undefined ? {} : { publicUrl: url }),
      // Without an app nobody can prove who sends: that is for Microsoft's playground on this machine, with invented servers.
      ...(emulated && !env.MicrosoftAppId ? { playground: true } : {}),
    });
  },
  async manifest(options, env) {
    const [appId] = TEAMS.variables.filter(({ name }) => name === "MicrosoftAppId");
    if (!env.MicrosoftAppId && appId !== undefined) throw notSet([appId]);
    const { teamsAppPackage } = await import("nephoscope/bots/teams");
    return await teamsAppPackage({ ...options, appId: env.MicrosoftAppId ?? "" });
  },
};

export const BOT_PLATFORMS: readonly BotPlatform[] = [SLACK, TEAMS];

/** Throws a sentence for each variable that is missing, or holds what it cannot hold. */
export function checkVariables(platform: BotPlatform, env: Host["env"], emulated: boolean): void {
  const missing = platform.variables.filter(({ name, needed }) => !env[name] && needed(env, emulated));
  if (missing.length > 0) throw notSet(missing);
  for (const variable of platform.variables) checkShape(variable, env[variable.name]);
}

/** Tokens are sent there: in the clear only to this machine. */
function isApiAddress(value: string): boolean {
  const url = URL.parse(value);
  const here = url?.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return (url?.protocol === "https:" || here) && url?.pathname.endsWith("/api/") === true;
}

function notSet(missing: readonly BotVariable[]): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: {
      en: missing.map(({ name, where }) => `${name} is not set: ${where.en}.`).join(" "),
      zh: missing.map(({ name, where }) => `没有设置 ${name}：${where.zh}。`).join(""),
    },
    hint: {
      en: `Set ${missing.length === 1 ? "it" : "them"} in the environment of this process. Look at: nephoscope doctor`,
      zh: "请在该进程的环境变量中设置。检查：nephoscope doctor",
    },
  });
}

/** The value itself is not repeated. */
function checkShape({ name, fits, where }: BotVariable, value: string | undefined): void {
  if (!value || fits === undefined || fits(value)) return;
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `${name} cannot be used. It should be: ${where.en}.`, zh: `${name} 无法使用。应为：${where.zh}。` },
    hint: { en: "Correct the variable and start again.", zh: "请修改该变量后重新启动。" },
  });
}
