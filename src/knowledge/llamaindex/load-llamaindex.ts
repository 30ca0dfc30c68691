import { optionalImport } from "../../runtime/index.ts";

/** What is used of LlamaIndex, loaded when it is first needed. Throws `DEPENDENCY_MISSING`. */
export async function loadLlamaIndex() {
  const [{ VectorStoreIndex }, { Settings }, { BaseEmbedding }, { Document, MetadataMode }, vectorStore] = await Promise.all([
    optionalImport("llamaindex", () => import("llamaindex/indices")),
    optionalImport("@llamaindex/core", () => import("@llamaindex/core/global")),
    optionalImport("@llamaindex/core", () => import("@llamaindex/core/embeddings")),
    optionalImport("@llamaindex/core", () => import("@llamaindex/core/schema")),
    optionalImport("@llamaindex/core", () => import("@llamaindex/core/vector-store")),
  ]);
  const { BaseVectorStore, metadataDictToNode, nodeToMetadata } = vectorStore;
  return { VectorStoreIndex, Settings, BaseEmbedding, BaseVectorStore, Document, MetadataMode, metadataDictToNode, nodeToMetadata };
}

export type LlamaIndex = Awaited<ReturnType<typeof loadLlamaIndex>>;
