import type { AccessRules } from "../../../bots/shared/access-rules.ts";
import type { ChatBot } from "../../../bots/shared/chat-bot.ts";
import { createChatBot } from "../../../bots/shared/create-chat-bot.ts";
import type { Reception } from "../../../bots/shared/incoming.ts";
import { Orchestrator, type OrchestratorOptions, type Provider, type Runtime, type Store } from "../../../src/index.ts";
import { memory as memoryCloud } from "../../../src/providers/memory/index.ts";
import { memory as memoryStore } from "../../../src/stores/memory/index.ts";
import { FakeClock } from "../../../src/testing/index.ts";
import { FakeChat, FakePlatform, type FakePlatformOptions } from "./fake-platform.ts";

const START_MS = Date.UTC(2026, 10, 20, 8);
const EVERYBODY: AccessRules = { rules: [{ everybody: true }] };

export interface BotOptions extends Omit<FakePlatformOptions, "chat" | "nowMs"> {
  readonly access?: AccessRules;
  /** What stands between this bot and the store that all share. */
  readonly store?: (store: Store) => Store;
  readonly orchestrator?: Partial<OrchestratorOptions>;
}

export interface RunningBot {
  readonly bot: ChatBot;
  readonly platform: FakePlatform;
  readonly reception: Reception;
  readonly orchestrator: Orchestrator;
}

/** A store, a chat and a clock that outlive the bots on them. */
export class BotWorld {
  readonly clock = new FakeClock(START_MS, false);
  readonly chat = new FakeChat();
  readonly store: Store;
  readonly logged: { readonly level: string; readonly message: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  readonly bots: ChatBot[] = [];
  #ids = 0;

  constructor(store: Store = memoryStore()) {
    this.store = store;
  }

  get runtime(): Runtime {
    const log =
      (level: string) =>
      (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
        void this.logged.push({ level, message, fields });
    return {
      clock: this.clock,
      random: () => 0.5,
      newId: (prefix) => `${prefix}_${String(++this.#ids).padStart(6, "0")}`,
      env: {},
      logger: { debug: log("debug"), warn: log("warn") },
    };
  }

  async start(options: BotOptions = {}): Promise<RunningBot> {
    const { access = EVERYBODY, store: around = (one) => one, orchestrator: more = {}, ...platformOptions } = options;
    const store = around(this.store);
    const orchestrator = new Orchestrator({ providers: [cloud()], timezone: "UTC", store, runtime: this.runtime, ...more });
    const platform = new FakePlatform({ ...platformOptions, chat: this.chat, nowMs: () => this.clock.now() });
    const bot = createChatBot(platform, { orchestrator, store, access, timezone: "UTC", runtime: this.runtime });
    this.bots.push(bot);
    await bot.start();
    if (platform.reception === undefined) throw new Error("does not receive");
    return { bot, platform, reception: platform.reception, orchestrator };
  }

  /** Lets time pass until something holds; by steps, so that what happens meanwhile has time to. */
  async until(holds: () => boolean | Promise<boolean>, stepMs = 250, mostMs = 30 * 60_000): Promise<void> {
    const untilMs = this.clock.now() + mostMs;
    while (!(await holds())) {
      if (this.clock.now() >= untilMs) throw new Error(`still not so: ${JSON.stringify(this.logged.slice(-12), null, 1)}`);
      await this.turn();
      if (await holds()) return;
      await this.clock.advance(stepMs);
    }
  }

  async pass(ms: number): Promise<void> {
    const untilMs = this.clock.now() + ms;
    await this.until(() => this.clock.now() >= untilMs, Math.max(250, ms / 400), ms + 60_000);
    await ticks();
  }

  protected turn(): Promise<void> {
    return ticks();
  }

  /** Everything under way is over. */
  async quiet(): Promise<void> {
    await this.until(async () => (await openQuestions(this.store, this.clock.now())).length === 0);
  }
}

/** What happens without time passing, happens: graphs take a few turns of the event loop a step. */
async function ticks(count = 12): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

export async function openQuestions(store: Store, nowMs: number): Promise<readonly Record<string, unknown>[]> {
  const open: Record<string, unknown>[] = [];
  for await (const { value } of store.listRecords("bot-question-slack", nowMs)) open.push(value as Record<string, unknown>);
  return open;
}

export function cloud(intercept?: (operation: string) => void | Promise<void>): Provider {
  return memoryCloud({
    resources: [
      { id: "i-1", name: "web-1", metrics: { "cpu.utilization": 91 } },
      { id: "i-2", name: "web-2", metrics: { "cpu.utilization": 12 } },
    ],
    ...(intercept === undefined ? {} : { intercept: (operation: string) => intercept(operation) }),
  });
}

/** Graph and compiler are loaded by the first question: in real time, while the clock of a test goes on. */
export async function warmUp(): Promise<void> {
  await using orchestrator = new Orchestrator({ providers: [cloud()] });
  await orchestrator.ask("list servers");
}
