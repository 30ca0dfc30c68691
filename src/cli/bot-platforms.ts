import { ConfigurationError, type Text } from "nephoscope";
import type { ChatBot, ChatBotOptions } from "nephoscope/bots";
import type { Host } from "./host.ts";

/** A variable that a bot is configured with. */
export interface BotVariable {
  readonly name: string;
  readonly secret: boolean;
  /** What it begins with, where that is known: variables are easily mistaken for each other. */
  readonly prefix?: string;
  /** What it is and where it is found; follows the name and a colon. */
  readonly where: Text;
  /** Whether a bot cannot start without it. */
  needed(env: Host["env"], emulated: boolean): boolean;
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
  create(options: ChatBotOptions, env: Host["env"]): Promise<ChatBot>;
  /** What the platform is told about the bot: a text to paste, or a file to upload. */
  manifest(options: { readonly url?: string }, env: Host["env"]): Promise<string | Uint8Array>;
}

type Make = (options: ChatBotOptions & Readonly<Record<string, unknown>>) => ChatBot | Promise<ChatBot>;

async function loadSlack(subpath = "nephoscope/bots/slack"): Promise<{
  readonly slackBot: Make;
  slackManifest(options: { readonly url?: string }): string;
}> {
  return await import(subpath);
}

async function loadTeams(subpath = "nephoscope/bots/teams"): Promise<{
  readonly teamsBot: Make;
  teamsAppPackage(options: { readonly appId: string; readonly url?: string }): Promise<Uint8Array>;
}> {
  return await import(subpath);
}

const SLACK: BotPlatform = {
  id: "slack",
  name: "Slack",
  packages: ["@slack/bolt"],
  variables: [
    {
      name: "SLACK_BOT_TOKEN",
      secret: true,
      prefix: "xoxb-",
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
      prefix: "xapp-",
      where: {
        en: "for Socket Mode: an App-Level Token (xapp-…) with connections:write, at Basic Information",
        zh: "用于 Socket Mode：带 connections:write 的 App-Level Token（xapp-…），位于 Basic Information",
      },
      needed: () => false,
    },
  ],
  transport: (env) => (env.SLACK_APP_TOKEN ? "Socket Mode" : "HTTP"),
  async create(options, env) {
    const { slackBot } = await loadSlack();
    return slackBot({
      ...options,
      botToken: env.SLACK_BOT_TOKEN ?? "",
      ...(env.SLACK_SIGNING_SECRET ? { signingSecret: env.SLACK_SIGNING_SECRET } : {}),
      ...(env.SLACK_APP_TOKEN ? { appToken: env.SLACK_APP_TOKEN } : {}),
    });
  },
  async manifest(options) {
    return (await loadSlack()).slackManifest(options);
  },
};

/** Of Bot Framework (https://learn.microsoft.com/azure/bot-service/bot-builder-authentication): "MultiTenant" can no longer be created. */
const TEAMS_APP_TYPES = ["SingleTenant", "UserAssignedMSI"];

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
      where: { en: `${TEAMS_APP_TYPES.join(" or ")}`, zh: `${TEAMS_APP_TYPES.join(" 或 ")}` },
      needed: () => false,
    },
  ],
  transport: () => "HTTP",
  async create(options, env) {
    const { teamsBot } = await loadTeams();
    return teamsBot({
      ...options,
      appId: env.MicrosoftAppId ?? "",
      appType: env.MicrosoftAppType === "UserAssignedMSI" ? "UserAssignedMSI" : "SingleTenant",
      ...(env.MicrosoftAppPassword ? { appPassword: env.MicrosoftAppPassword } : {}),
      ...(env.MicrosoftAppTenantId ? { tenantId: env.MicrosoftAppTenantId } : {}),
    });
  },
  async manifest(options, env) {
    const [appId] = TEAMS.variables.filter(({ name }) => name === "MicrosoftAppId");
    if (!env.MicrosoftAppId && appId !== undefined) throw notSet([appId]);
    return (await loadTeams()).teamsAppPackage({ ...options, appId: env.MicrosoftAppId ?? "" });
  },
};

export const BOT_PLATFORMS: readonly BotPlatform[] = [SLACK, TEAMS];

/** Throws a sentence for each variable that is missing, or holds what it cannot hold. */
export function checkVariables(platform: BotPlatform, env: Host["env"], emulated: boolean): void {
  const missing = platform.variables.filter(({ name, needed }) => !env[name] && needed(env, emulated));
  if (missing.length > 0) throw notSet(missing);
  for (const variable of platform.variables) checkShape(variable, env[variable.name]);
  const type = env.MicrosoftAppType;
  if (platform.id === "teams" && type && !TEAMS_APP_TYPES.includes(type)) {
    const known = TEAMS_APP_TYPES.join(", ");
    throw unusable("MicrosoftAppType", { en: `it is ${type}. Known: ${known}`, zh: `当前为 ${type}。可用：${known}` });
  }
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

function checkShape({ name, prefix, where }: BotVariable, value: string | undefined): void {
  if (!value || prefix === undefined || value.includes(prefix)) return;
  throw unusable(name, {
    en: `it does not begin with ${prefix}. It should be ${where.en}`,
    zh: `它不以 ${prefix} 开头。应为${where.zh}`,
  });
}

/** The value itself is not repeated. */
function unusable(name: string, why: Text): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `${name} cannot be used: ${why.en}.`, zh: `${name} 无法使用：${why.zh}。` },
    hint: { en: "Correct the variable and start again.", zh: "请修改该变量后重新启动。" },
  });
}
