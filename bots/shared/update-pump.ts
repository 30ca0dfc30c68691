import type { Runtime } from "nephoscope";
import { backoffMs, isPermanent } from "./backoff.ts";
import { type ChatPlatform, PlatformError, type Screen, type Shown } from "./chat-platform.ts";
import type { PlatformId } from "./incoming.ts";
import type { RunView } from "./run-view.ts";

/**
 * Brings views to a screen: one call at a time, not faster than the platform allows, the latest view wins, and the last one is tried until
 * it stands there. Ends with its signal.
 */
export class UpdatePump {
  readonly #screen: Screen;
  readonly #save: (shown: Shown) => Promise<void>;
  readonly #platform: PlatformId;
  readonly #intervalMs: number;
  readonly #runtime: Pick<Runtime, "clock" | "random" | "logger" | "observer">;
  readonly #signal: AbortSignal;
  #wanted: RunView | undefined;
  #pumping: Promise<void> | undefined;
  #notBeforeMs = 0;

  constructor(options: {
    screen: Screen;
    save: (shown: Shown) => Promise<void>;
    platform: Pick<ChatPlatform, "id" | "updateIntervalMs">;
    runtime: Pick<Runtime, "clock" | "random" | "logger" | "observer">;
    signal: AbortSignal;
  }) {
    this.#screen = options.screen;
    this.#save = options.save;
    this.#platform = options.platform.id;
    this.#intervalMs = options.platform.updateIntervalMs;
    this.#runtime = options.runtime;
    this.#signal = options.signal;
  }

  push(view: RunView): void {
    this.#wanted = view;
    this.#pumping ??= this.#pump();
    // Whoever needs to know waits for `settled`.
    this.#pumping.catch(() => {});
  }

  /** Resolves when what was pushed last stands there, or the platform refused it for good. Rejects when the signal aborts. */
  async settled(): Promise<void> {
    while (this.#pumping !== undefined) await this.#pumping;
    this.#signal.throwIfAborted();
  }

  async #pump(): Promise<void> {
    try {
      await this.#showAll();
    } finally {
      this.#pumping = undefined;
      // One that came between the last look and now would be left alone.
      if (this.#wanted !== undefined && !this.#signal.aborted) this.push(this.#wanted);
    }
  }

  async #showAll(): Promise<void> {
    const { clock, random, logger, observer } = this.#runtime;
    let failures = 0;
    while (this.#wanted !== undefined) {
      const waitMs = this.#notBeforeMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs, this.#signal);
      this.#signal.throwIfAborted();
      // Newer ones may have come while waiting.
      const view = this.#wanted;
      this.#notBeforeMs = clock.now() + this.#intervalMs;
      try {
        await this.#screen.show(view, this.#save);
        failures = 0;
        if (this.#wanted === view) this.#wanted = undefined;
      } catch (error) {
        failures += 1;
        const { questionId } = view;
        if (isPermanent(error)) {
          logger.warn("view refused by the platform", { questionId, state: view.state, error: String(error) });
          if (this.#wanted === view) this.#wanted = undefined;
          continue;
        }
        const retryMs = backoffMs(failures, error, random);
        observer?.count("platform-retries", 1, this.#platform);
        // What is no refusal of the platform's may be ours, and would go on unnoticed.
        const level = error instanceof PlatformError ? "debug" : "warn";
        logger[level]("view not shown yet", { questionId, failures, retryMs, error: String(error) });
        this.#notBeforeMs = Math.max(this.#notBeforeMs, clock.now() + retryMs);
      }
    }
  }
}
