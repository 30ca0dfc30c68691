import type { Document } from "@llamaindex/core/schema";
import type { MetadataFilter } from "@llamaindex/core/vector-store";
import type { ChromaClient, Collection } from "chromadb";
import type { Embedder, KnowledgeDocument, KnowledgeHit, KnowledgeQuery } from "../../contracts/index.ts";
import { collectionName, embeddedText } from "../shared/embedded-text.ts";
import type { VectorIndex } from "../shared/vector-index.ts";
import { chromaVectorStore } from "./chroma-vector-store.ts";
import { embeddingAdapter } from "./embedding-adapter.ts";
import { type LlamaIndex, loadLlamaIndex } from "./load-llamaindex.ts";

/** Records of one request for hashes. */
const PAGE = 1_000;

/** LlamaIndex's documents, index and retriever over a Chroma collection of their embedder's own. */
export class LlamaIndexVectors implements VectorIndex {
  readonly #connect: () => Promise<ChromaClient>;
  readonly #embedder: Embedder;

  constructor(connect: () => Promise<ChromaClient>, embedder: Embedder) {
    this.#connect = connect;
    this.#embedder = embedder;
  }

  async hashes(provider: string): Promise<ReadonlyMap<string, string>> {
    const collection = await this.#collection();
    const hashes = new Map<string, string>();
    for (let offset = 0; ; offset += PAGE) {
      const page = await collection.get({ where: { provider }, limit: PAGE, offset, include: ["metadatas"] });
      for (const [index, id] of page.ids.entries()) hashes.set(id, String(page.metadatas[index]?.documentHash ?? ""));
      if (page.ids.length < PAGE) return hashes;
    }
  }

  async put(documents: readonly KnowledgeDocument[], signal: AbortSignal): Promise<void> {
    const { index, llamaIndex } = await this.#index(signal);
    await index.insertNodes(documents.map((document) => documentOf(llamaIndex, document)));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const { index } = await this.#index(new AbortController().signal);
    for (const id of ids) await index.deleteRefDoc(id, false);
  }

  async search(
    text: string,
    { providers, kinds, limit }: Pick<KnowledgeQuery, "providers" | "kinds" | "limit">,
    signal: AbortSignal,
  ): Promise<readonly KnowledgeHit[]> {
    if (providers?.length === 0 || kinds?.length === 0) return [];
    const filters: MetadataFilter[] = [];
    if (providers !== undefined) filters.push({ key: "provider", operator: "in", value: [...providers] });
    if (kinds !== undefined) filters.push({ key: "kind", operator: "in", value: [...kinds] });
    const { index } = await this.#index(signal);
    const nodes = await index.asRetriever({ similarityTopK: limit, filters: { filters, condition: "and" } }).retrieve(text);
    return nodes.map(({ node, score }) => ({ id: node.id_, score: score ?? 0 }));
  }

  async size(): Promise<number> {
    return await (await this.#collection()).count();
  }

  /** Made for each operation, which costs nothing: all that lasts is in the collection. */
  async #index(signal: AbortSignal) {
    const [llamaIndex, collection] = await Promise.all([loadLlamaIndex(), this.#collection()]);
    const embedding = embeddingAdapter(llamaIndex, this.#embedder, signal);
    const store = chromaVectorStore(llamaIndex, collection, embedding);
    // Its settings are global; this one holds only while the index is made, and only for it.
    const index = await llamaIndex.Settings.withEmbedModel(embedding, () => llamaIndex.VectorStoreIndex.fromVectorStore(store));
    return { index, llamaIndex };
  }

  async #collection(): Promise<Collection> {
    const client = await this.#connect();
    return await client.getOrCreateCollection({
      name: collectionName("llamaindex", this.#embedder),
      // Else it wants a package that fetches a model from a hub.
      embeddingFunction: null,
      configuration: { hnsw: { space: "cosine" } },
      metadata: { embedder: this.#embedder.fingerprint },
    });
  }
}

function documentOf({ Document }: LlamaIndex, document: KnowledgeDocument): Document {
  const { id, provider, service, kind, hash } = document;
  // `hash` is LlamaIndex's own name for something else.
  const metadata = { provider, service, kind, documentHash: hash };
  return new Document({ id_: id, text: embeddedText(document), metadata, excludedEmbedMetadataKeys: Object.keys(metadata) });
}
