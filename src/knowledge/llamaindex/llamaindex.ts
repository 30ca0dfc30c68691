import type { ChromaClient } from "chromadb";
import { z } from "zod";
import type { Knowledge } from "../../contracts/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { DEFAULT_WEIGHTS } from "../shared/fuse.ts";
import { HybridKnowledge } from "../shared/hybrid-knowledge.ts";
import { checkedOptions, DEFAULT_TIMEOUT_MS, hybridOptionsSchema } from "../shared/hybrid-options.ts";
import { openaiEmbedder } from "../shared/openai-embedder.ts";
import { LlamaIndexVectors } from "./llamaindex-vectors.ts";

const optionsSchema = hybridOptionsSchema.extend({
  /** Gives Chroma's client, as `chromaClient(url)` of `nephoscope/knowledge/chroma` does. */
  client: z.custom<() => Promise<ChromaClient>>((value) => typeof value === "function"),
});

export type LlamaindexOptions = z.input<typeof optionsSchema>;

/**
 * Finds operations by words and by LlamaIndex's retriever over vectors in Chroma; by words alone while it does not answer.
 * Does no I/O until it is asked. Throws `CONFIGURATION_INVALID` for wrong options, `CREDENTIAL_MISSING` where no embedder is given nor configured.
 */
export function llamaindex(options: LlamaindexOptions): Knowledge {
  const { client, ...checked } = checkedOptions("llamaindex", optionsSchema, options);
  const runtime = nodeRuntime(checked.runtime);
  return new HybridKnowledge({
    id: "llamaindex",
    keeper: "LlamaIndex over Chroma",
    lexical: checked.lexical,
    vectors: new LlamaIndexVectors(client, checked.embedder ?? openaiEmbedder({ runtime })),
    weights: checked.weights ?? DEFAULT_WEIGHTS,
    timeoutMs: checked.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    runtime,
  });
}
