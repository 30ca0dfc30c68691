import { z } from "zod";
import type { Embedder, Runtime } from "../../contracts/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { wrongDimension } from "./embedding-failures.ts";
import { fitting, KNOWN_MODELS } from "./embedding-limits.ts";
import { requestEmbeddings } from "./embedding-request.ts";
import { type EmbeddingSettings, embeddingSettings } from "./embedding-settings.ts";
import { checkedOptions } from "./hybrid-options.ts";

const optionsSchema = z.strictObject({
  /** With its version: `https://api.siliconflow.cn/v1`. @defaultValue `NEPHOSCOPE_EMBEDDING_BASE_URL`, else SiliconFlow */
  baseUrl: z.string().optional(),
  /** Never shown again. @defaultValue `NEPHOSCOPE_EMBEDDING_API_KEY`, for SiliconFlow else `SILICONFLOW_API_KEY` */
  apiKey: z.string().optional(),
  /** @defaultValue `NEPHOSCOPE_EMBEDDING_MODEL`, for SiliconFlow else `BAAI/bge-m3` */
  model: z.string().min(1).optional(),
  /** Length of its vectors. @defaultValue what is known of the model, else whatever the first reply has */
  dimension: z.int().min(1).optional(),
  /** Tokens that it reads: longer texts are cut. @defaultValue what is known of the model, else no limit */
  maxTokens: z.int().min(16).optional(),
  /** Texts of one request. @defaultValue 32 */
  batchSize: z.int().min(1).optional(),
  runtime: z.custom<Partial<Runtime>>().optional(),
});

export type OpenaiEmbedderOptions = z.input<typeof optionsSchema>;

/** An embedder that says how many texts were too long for it. */
export interface OpenaiEmbedder extends Embedder {
  /** Texts that were cut to what the model reads, since it was made. */
  readonly cutTexts: number;
}

const DEFAULT_BATCH_SIZE = 32;

/**
 * Vectors of an OpenAI-compatible endpoint: SiliconFlow, or what `baseUrl` names. Does no I/O until it is asked.
 * Throws `CREDENTIAL_MISSING` where nothing is configured, `CONFIGURATION_INVALID` for wrong options.
 */
export function openaiEmbedder(options: OpenaiEmbedderOptions = {}): OpenaiEmbedder {
  const checked = checkedOptions("openaiEmbedder", optionsSchema, options);
  const runtime = nodeRuntime(checked.runtime);
  const { baseUrl, apiKey, model } = checked;
  const given = { ...(baseUrl && { baseUrl }), ...(apiKey && { apiKey }), ...(model && { model }) };
  const settings = embeddingSettings(given, runtime.env);
  const known = KNOWN_MODELS[settings.model];
  return new EndpointEmbedder(settings, runtime, {
    dimension: checked.dimension ?? known?.dimension,
    maxTokens: checked.maxTokens ?? known?.maxTokens,
    batchSize: checked.batchSize ?? DEFAULT_BATCH_SIZE,
  });
}

interface EmbedderLimits {
  readonly dimension: number | undefined;
  readonly maxTokens: number | undefined;
  readonly batchSize: number;
}

class EndpointEmbedder implements OpenaiEmbedder {
  readonly fingerprint: string;
  readonly #settings: EmbeddingSettings;
  readonly #runtime: Runtime;
  readonly #limits: EmbedderLimits;
  #dimension: number | undefined;
  #cutTexts = 0;

  constructor(settings: EmbeddingSettings, runtime: Runtime, limits: EmbedderLimits) {
    this.fingerprint = `${settings.model}:${limits.dimension ?? "as given"}:${limits.maxTokens ?? "whole"}`;
    this.#settings = settings;
    this.#runtime = runtime;
    this.#limits = limits;
    this.#dimension = limits.dimension;
  }

  get cutTexts(): number {
    return this.#cutTexts;
  }

  async embedDocuments(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]> {
    const vectors: (readonly number[])[] = [];
    const { batchSize } = this.#limits;
    for (let from = 0; from < texts.length; from += batchSize) {
      const batch = this.#fitted(texts.slice(from, from + batchSize));
      vectors.push(...this.#checked(await requestEmbeddings(this.#settings, batch, this.#runtime, signal)));
    }
    return vectors;
  }

  async embedQuery(text: string, signal: AbortSignal): Promise<readonly number[]> {
    const [vector = []] = await this.embedDocuments([text], signal);
    return vector;
  }

  #fitted(texts: readonly string[]): readonly string[] {
    const { maxTokens } = this.#limits;
    // An endpoint refuses a text of nothing.
    const written = texts.map((text) => (text.trim() === "" ? "-" : text.toWellFormed()));
    if (maxTokens === undefined) return written;
    const fitted = written.map((text) => fitting(text, maxTokens));
    const cut = fitted.filter((text, index) => text !== written[index]).length;
    if (cut > 0) {
      this.#cutTexts += cut;
      this.#runtime.logger.warn("knowledge: texts were cut to what the embedding model reads", {
        cut,
        maxTokens,
        model: this.#settings.model,
      });
    }
    return fitted;
  }

  #checked(vectors: readonly (readonly number[])[]): readonly (readonly number[])[] {
    this.#dimension ??= vectors[0]?.length;
    const other = vectors.find((vector) => vector.length !== this.#dimension);
    if (other !== undefined) throw wrongDimension(this.#settings, this.#dimension ?? 0, other.length);
    return vectors;
  }
}
