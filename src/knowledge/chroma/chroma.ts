import { z } from "zod";
import type { Knowledge } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { DEFAULT_WEIGHTS } from "../shared/fuse.ts";
import { HybridKnowledge } from "../shared/hybrid-knowledge.ts";
import { checkedOptions, DEFAULT_TIMEOUT_MS, hybridOptionsSchema } from "../shared/hybrid-options.ts";
import { openaiEmbedder } from "../shared/openai-embedder.ts";
import { checkedUrl, chromaClient } from "./chroma-client.ts";
import { ChromaVectors } from "./chroma-vectors.ts";

const optionsSchema = hybridOptionsSchema.extend({
  /** Of the server: `http://127.0.0.1:8000`. @defaultValue `NEPHOSCOPE_CHROMA_URL` */
  url: z.string().optional(),
});

export type ChromaOptions = z.input<typeof optionsSchema>;

/**
 * Finds operations by words and by vectors in a Chroma server; by words alone while it does not answer. Does no I/O until it is asked.
 * Throws `CONFIGURATION_INVALID` for wrong options, `CREDENTIAL_MISSING` where no embedder is given nor configured.
 */
export function chroma(options: ChromaOptions): Knowledge {
  const checked = checkedOptions("chroma", optionsSchema, options);
  const runtime = nodeRuntime(checked.runtime);
  const url = checked.url ?? runtime.env.NEPHOSCOPE_CHROMA_URL?.trim();
  if (!url) throw noServer();
  checkedUrl(url);
  const embedder = checked.embedder ?? openaiEmbedder({ runtime });
  return new HybridKnowledge({
    id: "chroma",
    keeper: "Chroma",
    lexical: checked.lexical,
    vectors: new ChromaVectors(() => chromaClient(url), embedder),
    weights: checked.weights ?? DEFAULT_WEIGHTS,
    timeoutMs: checked.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    runtime,
  });
}

function noServer(): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: "No Chroma server is configured.", zh: "没有配置 Chroma 服务器。" },
    hint: {
      en: "Set NEPHOSCOPE_CHROMA_URL, or give `url`: http://127.0.0.1:8000",
      zh: "请设置 NEPHOSCOPE_CHROMA_URL，或传入 `url`：http://127.0.0.1:8000",
    },
  });
}
