import type { BaseEmbedding } from "@llamaindex/core/embeddings";
import type { BaseNode } from "@llamaindex/core/schema";
import type { BaseVectorStore, MetadataFilters, VectorStoreQuery, VectorStoreQueryResult } from "@llamaindex/core/vector-store";
import type { Collection, Where } from "chromadb";
import type { LlamaIndex } from "./load-llamaindex.ts";

/** A Chroma collection as LlamaIndex's vector store. `@llamaindex/chroma` brings an old client, and doubles what is indexed again. */
export function chromaVectorStore(llamaIndex: LlamaIndex, collection: Collection, embedding: BaseEmbedding): BaseVectorStore {
  const { BaseVectorStore: Base, metadataDictToNode, nodeToMetadata, MetadataMode } = llamaIndex;
  class ChromaVectorStore extends Base {
    readonly storesText = true;

    constructor() {
      super({ embedModel: embedding });
    }

    override client(): Collection {
      return collection;
    }

    override async add(nodes: BaseNode[]): Promise<string[]> {
      const ids = nodes.map((node) => node.id_);
      if (ids.length === 0) return ids;
      await collection.upsert({
        ids,
        embeddings: nodes.map((node) => node.getEmbedding()),
        documents: nodes.map((node) => node.getContent(MetadataMode.NONE)),
        metadatas: nodes.map((node) => nodeToMetadata(node, true, "text", true)),
      });
      return ids;
    }

    override async delete(id: string): Promise<void> {
      await collection.delete({ ids: [id] });
    }

    override async query({ queryEmbedding, similarityTopK, filters }: VectorStoreQuery): Promise<VectorStoreQueryResult> {
      const where = whereOf(filters);
      const found = await collection.query({
        queryEmbeddings: [queryEmbedding ?? []],
        nResults: similarityTopK,
        include: ["metadatas", "distances"],
        ...(where === undefined ? {} : { where }),
      });
      return {
        ids: found.ids[0] ?? [],
        similarities: (found.distances[0] ?? []).map((distance) => 1 - (distance ?? 1)),
        nodes: (found.metadatas[0] ?? []).map((metadata) => metadataDictToNode(metadata ?? {})),
      };
    }
  }
  return new ChromaVectorStore();
}

/** Only "is one of", which is all that is asked. */
function whereOf(filters: MetadataFilters | undefined): Where | undefined {
  const conditions = (filters?.filters ?? []).map(
    ({ key, value }): Where => ({ [key]: { $in: Array.isArray(value) ? value.map(String) : [] } }),
  );
  return conditions.length > 1 ? { $and: conditions } : conditions[0];
}
