import type { Worker } from "node:worker_threads";
import type { CallContext, Plugin } from "@extism/extism";
import { optionalImport } from "../../runtime/index.ts";
import type { Engine } from "./engine.ts";

/** What the plug-in asks of its host. */
export interface InstanceHost {
  /** Answers a batch. */
  exchange(batch: string): Promise<string>;
  log(line: string): void;
}

/** Of a worker, in MiB: the engine's memory is outside of it, only Extism's own objects are in. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 16 };
/** Blocks that cross between host and plug-in, 64 KiB each. */
const MAX_BLOCK_PAGES = 1024;
/** Extism's buffer to its worker holds this; a longer reply crosses in several turns. */
const BUFFER_BYTES = 256 * 1024;
const QUIET_TURNS = 50;

const silent = () => {};

/** What Extism's plug-in in a worker has besides its published interface (2.0.0-rc13, src/background-plugin.ts). */
interface BackgroundPlugin extends Plugin {
  readonly worker: Worker;
  readonly hostFlag: Int32Array;
}

/** What the host function needs, which Extism wants before there is an instance. */
interface Slot {
  host: InstanceHost | undefined;
  /** Whether a reply may be on its way into the sandbox. */
  replied: boolean;
  readonly closed: Promise<void>;
}

/** One worker with one instance of the plug-in, for one run. Must be closed: the worker stays otherwise. */
export class Instance {
  readonly #plugin: BackgroundPlugin;
  readonly #worker: Worker;
  readonly #slot: Slot;
  readonly #markClosed: () => void;
  #closing: Promise<void> | undefined;

  private constructor(plugin: BackgroundPlugin, slot: Slot, markClosed: () => void) {
    this.#plugin = plugin;
    this.#worker = plugin.worker;
    this.#slot = slot;
    this.#markClosed = markClosed;
  }

  static async create(engine: Engine): Promise<Instance> {
    loadWasiSilently();
    const { createPlugin } = await optionalImport("@extism/extism", () => import("@extism/extism"));
    let markClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      markClosed = resolve;
    });
    const slot: Slot = { host: undefined, replied: false, closed };
    const plugin = await createPlugin(
      { wasm: [{ module: engine.module, name: "main" }] },
      {
        runInWorker: true,
        useWasi: false,
        allowedHosts: [],
        allowedPaths: {},
        config: {},
        memory: { maxPages: MAX_BLOCK_PAGES },
        sharedArrayBufferSize: BUFFER_BYTES,
        logLevel: "info",
        logger: { trace: silent, debug: silent, warn: silent, error: silent, info: (line: string) => slot.host?.log(line) } as Console,
        nodeWorkerArgs: { name: "nephoscope sandbox", env: {}, resourceLimits: WORKER_LIMITS },
        functions: { "extism:host/user": { exchange: (context: CallContext, batch: bigint) => exchange(slot, context, batch) } },
      },
    );
    const background = plugin as BackgroundPlugin;
    // One that waits in the pool must not keep the process.
    background.worker.unref();
    // Extism listens to no `error`, and an error that nobody listens to ends the process.
    background.worker.on("error", silent);
    return new Instance(background, slot, markClosed);
  }

  /** What the plug-in said in the end; null when it said nothing. Rejects when the engine died, or was closed. */
  async run(input: Uint8Array, host: InstanceHost): Promise<Uint8Array | null> {
    this.#slot.host = host;
    const died = new Promise<never>((_resolve, reject) => {
      this.#worker.once("error", reject);
      this.#worker.once("exit", () => reject(new Error("The sandbox was ended.")));
    });
    const called = this.#plugin.call("run", input).catch((error: unknown) => {
      // Extism hands over the message of what was thrown in the worker, in an object that is no error.
      throw new Error((error as { message?: string }).message);
    });
    const output = await Promise.race([called, died]);
    return output === null ? null : output.bytes();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#slot.host = undefined;
    await this.#plugin.close();
    this.#markClosed();
    if (this.#slot.replied) await this.#releaseWriter();
  }

  /**
   * Extism's host waits for its worker to fetch each part of a reply, with a timer that keeps the process; if the worker was ended in between,
   * nobody fetches. So say in its place that all is fetched, until nothing is written any more.
   */
  async #releaseWriter(): Promise<void> {
    const flag = this.#plugin.hostFlag;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      if (Atomics.exchange(flag, 0, 0) !== 0) quiet = 0;
      Atomics.notify(flag, 0);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/**
 * Throws only once the worker is gone: earlier, the next call would hang. Then it has to, because only a failed host function makes Extism
 * drop the timer that it holds while it waits.
 */
async function exchange(slot: Slot, context: CallContext, batch: bigint): Promise<bigint> {
  const text = context.read(batch)?.text();
  const reply =
    slot.host === undefined || text === undefined ? undefined : await Promise.race([slot.host.exchange(text.slice(1)), slot.closed]);
  if (reply === undefined) {
    await slot.closed;
    throw new Error("The sandbox was ended.");
  }
  slot.replied = true;
  return context.store(reply);
}

/** Extism loads `node:wasi` even where it is told not to use it, and Node then warns, once, on the person's stderr, of what nobody here runs. */
function loadWasiSilently(): void {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    process.getBuiltinModule("node:wasi");
  } finally {
    process.emitWarning = emitWarning;
  }
}
