import { z } from "zod";
import type { Runtime, Sandbox, SandboxHost, SandboxOutcome, SandboxProgram } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { type Engine, enginePath, loadEngine } from "./engine.ts";
import { ALL_GUARDS, type Guards } from "./guards.ts";
import { Instance } from "./instance.ts";
import { programInput } from "./program-input.ts";
import { ProgramRun } from "./program-run.ts";

const DEFAULT_POOL = 2;

const optionsSchema = z.strictObject({
  /** Sandboxes that are kept ready, 9 MB each; each serves one run. @defaultValue 2 */
  pool: z.int().min(0).max(64).optional(),
  runtime: z.custom<Partial<Runtime>>().optional(),
});

export type ExtismOptions = z.input<typeof optionsSchema>;

/** Runs programs in QuickJS, in WebAssembly, in a thread of their own. Throws `CONFIGURATION_INVALID` for wrong options. */
export function extism(options: ExtismOptions = {}): Sandbox {
  return createExtism(options);
}

/** With the seams of the tests: the plug-in's file, and guards to leave away. */
export function createExtism(options: ExtismOptions, seams: { readonly path?: string; readonly guards?: Partial<Guards> } = {}): Sandbox {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) throw invalidOptions(checked.error);
  const { pool = DEFAULT_POOL, runtime } = checked.data;
  return new ExtismSandbox(seams.path, pool, nodeRuntime(runtime), { ...ALL_GUARDS, ...seams.guards });
}

class ExtismSandbox implements Sandbox {
  readonly contractVersion = "sandbox-v1";
  readonly id = "extism";
  readonly #path: string | undefined;
  readonly #poolSize: number;
  readonly #runtime: Runtime;
  readonly #guards: Guards;
  readonly #ready: Promise<Instance>[] = [];
  #engine: Promise<Engine> | undefined;
  #refilling = false;
  #closed = false;

  constructor(path: string | undefined, poolSize: number, runtime: Runtime, guards: Guards) {
    this.#path = path;
    this.#poolSize = poolSize;
    this.#runtime = runtime;
    this.#guards = guards;
  }

  async fingerprint(): Promise<string> {
    return (await this.#load()).fingerprint;
  }

  async load(): Promise<void> {
    await this.#load();
    this.#refill();
    await this.#ready[0];
  }

  async run(program: SandboxProgram, host: SandboxHost, signal: AbortSignal): Promise<SandboxOutcome> {
    signal.throwIfAborted();
    const engine = await this.#load();
    const instance = await (this.#ready.shift() ?? Instance.create(engine));
    if (signal.aborted) {
      await instance.close();
      throw signal.reason;
    }
    const input = programInput(program, this.#guards.prelude(engine.prelude), this.#guards.intrinsics);
    try {
      return await new ProgramRun(program, host, instance, this.#runtime.clock, this.#guards).run(input, signal);
    } finally {
      this.#refill();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#ready.splice(0).map(async (instance) => (await instance).close()));
  }

  #load(): Promise<Engine> {
    this.#engine ??= loadEngine(this.#path ?? enginePath());
    return this.#engine;
  }

  /** One at a time, between other work, so that getting ready delays nobody. */
  #refill(): void {
    if (this.#refilling || this.#closed || this.#ready.length >= this.#poolSize) return;
    this.#refilling = true;
    const made = this.#load().then(Instance.create);
    this.#ready.push(made);
    made.then(
      (instance) => {
        this.#refilling = false;
        if (this.#closed) void instance.close();
        else setImmediate(() => this.#refill());
      },
      () => {
        this.#refilling = false;
        this.#ready.splice(this.#ready.indexOf(made), 1);
      },
    );
  }
}

function invalidOptions(error: z.ZodError): ConfigurationError {
  const facts = error.issues.map((issue) => `${issue.path.join(".") || "options"}: ${issue.message}`).join("; ");
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The sandbox is configured wrongly: ${facts}`, zh: `沙箱配置有误：${facts}` },
    hint: { en: "Correct the options of extism().", zh: "请修正 extism() 的选项。" },
  });
}
