// What embedders and the CLI need to configure bots; each bot has a subpath of its own.

export { type AccessRule, type AccessRules, accessRulesSchema } from "./shared/access-rules.ts";
export type { ChatBot, ChatBotOptions } from "./shared/chat-bot.ts";
export type { Route } from "./shared/chat-platform.ts";
