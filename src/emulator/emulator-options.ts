import { z } from "zod";
import { ConfigurationError } from "../errors/index.ts";

const schema = z.strictObject({
  instances: z.int().min(1).max(100_000).default(120),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(7),
  latencyMs: z.number().min(0).max(600_000).default(0),
  port: z.int().min(0).max(65_535).default(0),
  faults: z.array(z.string()).default([]),
  deny: z.array(z.string()).default([]),
  providers: z.array(z.string()).min(1).optional(),
  now: z.custom<() => number>((value) => typeof value === "function", "must be a function").optional(),
});

export interface EmulatorOptions {
  /** Virtual machines per cloud, from 1 to 100,000. @defaultValue 120 */
  readonly instances?: number;
  /** From 0 to 2³² - 1: the same seed is the same world. @defaultValue 7 */
  readonly seed?: number;
  /** How long every call takes at least, in milliseconds. @defaultValue 0 */
  readonly latencyMs?: number;
  /** Port on 127.0.0.1; 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
  /** What goes wrong: `PROVIDER:OPERATION:KIND[:TIMES]`. @defaultValue [] */
  readonly faults?: readonly string[];
  /** Regions that refuse every call: `PROVIDER:REGION`. @defaultValue [] */
  readonly deny?: readonly string[];
  /** Clouds to emulate: `["aws", "gcp"]`. @defaultValue all */
  readonly providers?: readonly string[];
  /** The world's clock, in milliseconds since the epoch. Signatures are always checked against the machine's. @defaultValue the machine's clock */
  readonly now?: () => number;
}

export type ParsedEmulatorOptions = z.infer<typeof schema>;

/** @throws ConfigurationError that names the option and what it allows. */
export function parseEmulatorOptions(options: EmulatorOptions): ParsedEmulatorOptions {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "options"}: ${issue.message}`).join("; ");
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The emulator cannot be started with these options. ${problems}.`, zh: `模拟器的选项不正确：${problems}。` },
    hint: {
      en: "Known: instances (1 to 100000), seed, latencyMs, port, faults, deny, providers, now.",
      zh: "可用的选项：instances(1 到 100000)、seed、latencyMs、port、faults、deny、providers、now。",
    },
  });
}
