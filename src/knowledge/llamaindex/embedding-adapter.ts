import type { BaseEmbedding } from "@llamaindex/core/embeddings";
import type { Embedder } from "../../contracts/index.ts";
import type { LlamaIndex } from "./load-llamaindex.ts";

/** Texts that LlamaIndex hands over at once; the embedder has batches of its own. */
const BATCH_SIZE = 1_000;

/** Our embedder as LlamaIndex's, for one operation: LlamaIndex has no signal to hand on. */
export function embeddingAdapter({ BaseEmbedding: Base }: LlamaIndex, embedder: Embedder, signal: AbortSignal): BaseEmbedding {
  class EmbedderEmbedding extends Base {
    override getTextEmbeddings = async (texts: string[]) => {
      const vectors = await embedder.embedDocuments(texts, signal);
      return vectors.map((vector) => [...vector]);
    };

    constructor() {
      super();
      this.embedBatchSize = BATCH_SIZE;
    }

    override async getTextEmbedding(text: string): Promise<number[]> {
      return [...(await embedder.embedQuery(text, signal))];
    }
  }
  return new EmbedderEmbedding();
}
