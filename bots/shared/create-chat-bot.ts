import type { ChatBot, ChatBotOptions } from "./chat-bot.ts";
import type { ChatPlatform } from "./chat-platform.ts";
import { Engine } from "./engine.ts";
import { engineParts } from "./engine-parts.ts";
import { Inbox } from "./inbox.ts";

/** A bot on a platform: questions and clicks come in, views go out, and between them everything stands in the store. */
export function createChatBot(platform: ChatPlatform, options: ChatBotOptions): ChatBot {
  const parts = engineParts(platform, options);
  const engine = new Engine(parts);
  return {
    platform: platform.id,
    routes: platform.routes,
    async start() {
      await platform.start(new Inbox(parts, engine));
      await engine.start();
    },
    readiness: () => platform.readiness(),
    async stop(graceMs) {
      await platform.stop();
      await engine.stop(graceMs);
    },
  };
}
