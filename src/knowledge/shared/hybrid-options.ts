import { z } from "zod";
import type { Embedder, Knowledge, Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";

/** What Chroma and LlamaIndex are given alike. */
export const hybridOptionsSchema = z.strictObject({
  /** The index of words, which answers with the vectors, and alone where they do not. Closed with this one. */
  lexical: z.custom<Knowledge>((value) => typeof value === "object" && value !== null && "sync" in value),
  /** Turns text into vectors. @defaultValue `openaiEmbedder()`, which the environment configures */
  embedder: z.custom<Embedder>((value) => typeof value === "object" && value !== null && "fingerprint" in value).optional(),
  /** How much each ranking counts. @defaultValue 1 and 0.8 */
  weights: z.strictObject({ lexical: z.number().nonnegative(), vectors: z.number().nonnegative() }).optional(),
  /** How long vectors are waited for in a search, in milliseconds; then words answer alone. @defaultValue 3000 */
  timeoutMs: z.int().min(1).optional(),
  runtime: z.custom<Partial<Runtime>>().optional(),
});

export const DEFAULT_TIMEOUT_MS = 3_000;

/** Throws `CONFIGURATION_INVALID`. */
export function checkedOptions<Schema extends z.ZodType>(factory: string, schema: Schema, options: unknown): z.output<Schema> {
  const checked = schema.safeParse(options);
  if (checked.success) return checked.data;
  const facts = z.prettifyError(checked.error);
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The options of ${factory}() are wrong: ${facts}`, zh: `${factory}() 的选项有误：${facts}` },
  });
}
