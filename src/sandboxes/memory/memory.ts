import { createHash } from "node:crypto";
import { z } from "zod";
import type { Runtime, Sandbox, SandboxHost, SandboxOutcome, SandboxProgram } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { GUEST } from "./guest.ts";
import { MemoryRun } from "./memory-run.ts";

const optionsSchema = z.strictObject({ runtime: z.custom<Partial<Runtime>>().optional() });

export type MemoryOptions = z.input<typeof optionsSchema>;

/**
 * For tests: runs programs with `node:vm` in this very process. This is NO boundary: a program can leave it, exhaust the memory, and never
 * end where it does not wait. The time zone is the process's. Throws `CONFIGURATION_INVALID` for wrong options.
 */
export function memory(options: MemoryOptions = {}): Sandbox {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) throw invalidOptions(checked.error);
  return new MemorySandbox(nodeRuntime(checked.data.runtime));
}

class MemorySandbox implements Sandbox {
  readonly contractVersion = "sandbox-v1";
  readonly id = "memory";
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  async fingerprint(): Promise<string> {
    return createHash("sha256").update(GUEST).digest("hex");
  }

  async load(): Promise<void> {}

  async run(program: SandboxProgram, host: SandboxHost, signal: AbortSignal): Promise<SandboxOutcome> {
    signal.throwIfAborted();
    return new MemoryRun(program, host, this.#runtime.clock).run(signal);
  }

  async close(): Promise<void> {}
}

function invalidOptions(error: z.ZodError): ConfigurationError {
  const facts = error.issues.map((issue) => `${issue.path.join(".") || "options"}: ${issue.message}`).join("; ");
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The sandbox is configured wrongly: ${facts}`, zh: `沙箱配置有误：${facts}` },
    hint: { en: "Correct the options of memory().", zh: "请修正 memory() 的选项。" },
  });
}
