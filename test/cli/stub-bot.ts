import type { ServerResponse } from "node:http";
import type { ChatBot } from "../../bots/shared/chat-bot.ts";

/** A bot that says what was done with it. */
export interface StubBot extends ChatBot {
  readonly done: string[];
  /** Ends what `stop` waits for. */
  finish(): void;
}

export function stubBot(
  platform: ChatBot["platform"],
  given: {
    readonly start?: () => Promise<void>;
    readonly readiness?: ChatBot["readiness"];
    readonly handle?: (response: ServerResponse) => void | Promise<void>;
    /** `stop` waits until `finish` is called. */
    readonly slow?: boolean;
  } = {},
): StubBot {
  const done: string[] = [];
  const finished = Promise.withResolvers<void>();
  if (given.slow !== true) finished.resolve();
  return {
    platform,
    done,
    finish: () => finished.resolve(),
    routes: [
      {
        method: "POST",
        path: `/${platform}/events`,
        async handle(request, response) {
          let body = "";
          for await (const chunk of request) body += String(chunk);
          done.push(`event ${body}`);
          if (given.handle === undefined) response.end("taken");
          else await given.handle(response);
        },
      },
    ],
    async start() {
      done.push("start");
      await given.start?.();
    },
    readiness: given.readiness ?? (async () => ({ ready: true, detail: "connected" })),
    async stop(graceMs) {
      done.push(`stop ${graceMs}`);
      await finished.promise;
    },
  };
}
