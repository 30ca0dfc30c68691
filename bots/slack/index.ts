import { ConfigurationError } from "nephoscope";
import { z } from "zod";
import type { AccessRules } from "../shared/access-rules.ts";
import type { ChatBot, ChatBotOptions } from "../shared/chat-bot.ts";
import { createChatBot } from "../shared/create-chat-bot.ts";
import { SLACK_PATH } from "./manifest.ts";
import type { SlackTransport } from "./slack-receiving.ts";

export { SLACK_EVENTS, SLACK_PATH, SLACK_SCOPES, type SlackManifestOptions, slackManifest } from "./manifest.ts";

export interface SlackBotOptions extends ChatBotOptions {
  /** Bot User OAuth Token, `xoxb-…`. */
  readonly botToken: string;
  /** Of Basic Information: proves that a request comes from Slack. Needed over HTTP. */
  readonly signingSecret?: string;
  /** App-Level Token, `xapp-…`, with `connections:write`: events come over a socket that the bot opens (Socket Mode). */
  readonly appToken?: string;
  /** Of GovSlack, or of a fake one. @defaultValue https://slack.com/api/ */
  readonly apiUrl?: string;
}

const connectionSchema = z.object({
  botToken: z.string().startsWith("xoxb-"),
  signingSecret: z.string().min(1).optional(),
  appToken: z.string().startsWith("xapp-").optional(),
  apiUrl: z.url().optional(),
});

/** A bot in a Slack workspace. Rejects with a `ConfigurationError` where a token cannot be one, and where Slack's packages are not installed. */
export async function slackBot(options: SlackBotOptions): Promise<ChatBot> {
  const connection = connectionSchema.safeParse(options);
  if (!connection.success) throw unusable(connection.error.issues.map(({ path }) => path.join(".")).join(", "));
  const { botToken, apiUrl } = connection.data;
  const transport = transportOf(connection.data);
  const { slackPlatform } = await import("./slack-platform.ts").catch((error: unknown) => {
    throw isMissing(error) ? notInstalled(error) : error;
  });
  const platform = slackPlatform({
    botToken,
    transport,
    groups: groupsOf(options.access),
    runtime: options.runtime,
    ...(apiUrl === undefined ? {} : { apiUrl }),
  });
  return createChatBot(platform, options);
}

function transportOf({
  appToken,
  signingSecret,
}: {
  readonly appToken?: string | undefined;
  readonly signingSecret?: string | undefined;
}): SlackTransport {
  if (appToken !== undefined) return { kind: "socket", appToken };
  if (signingSecret !== undefined) return { kind: "http", signingSecret, path: SLACK_PATH };
  throw unusable("signingSecret");
}

/** Every user group that a rule names: only those are asked for. */
function groupsOf({ rules, approvers }: AccessRules): string[] {
  return [...new Set([...rules.flatMap(({ groups }) => groups ?? []), ...(approvers?.groups ?? [])])];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes("@slack/");
}

function notInstalled(cause: unknown): ConfigurationError {
  const command = "npm install @slack/bolt @slack/web-api @slack/types";
  return new ConfigurationError({
    code: "DEPENDENCY_MISSING",
    message: { en: "The Slack bot needs Slack's packages, which are not installed.", zh: "Slack 机器人需要 Slack 的依赖包，尚未安装。" },
    hint: { en: `Run: ${command}`, zh: `请执行：${command}` },
    cause,
  });
}

/** Values are not repeated: they are secrets. */
function unusable(names: string): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The Slack bot cannot use: ${names}.`, zh: `Slack 机器人无法使用：${names}。` },
    hint: {
      en: "botToken begins with xoxb-; give a signingSecret for HTTP, or an appToken (xapp-…) for Socket Mode.",
      zh: "botToken 以 xoxb- 开头；使用 HTTP 时需要 signingSecret，使用 Socket Mode 时需要 appToken（xapp-…）。",
    },
  });
}
