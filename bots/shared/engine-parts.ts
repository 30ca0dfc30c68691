import type { AccessRules } from "./access-rules.ts";
import { Burst } from "./burst.ts";
import type { ChatBotOptions } from "./chat-bot.ts";
import type { ChatPlatform } from "./chat-platform.ts";
import { Leases } from "./leases.ts";
import { QuestionBook } from "./question-book.ts";
import { RateLimit } from "./rate-limit.ts";

/** What the engine's parts work with. */
export interface EngineParts extends ChatBotOptions {
  readonly platform: ChatPlatform;
  readonly access: AccessRules;
  readonly book: QuestionBook;
  readonly leases: Leases;
  readonly limits: RateLimit;
  readonly burst: Burst;
}

export function engineParts(platform: ChatPlatform, options: ChatBotOptions): EngineParts {
  const { store, runtime, access } = options;
  return {
    ...options,
    platform,
    book: new QuestionBook(store, runtime, platform.id),
    leases: new Leases(store, runtime),
    limits: new RateLimit(store, runtime, access.limits),
    burst: new Burst(runtime.clock),
  };
}
