import type { ChromaClient, Collection, Where } from "chromadb";
import type { Embedder, KnowledgeDocument, KnowledgeHit, KnowledgeQuery } from "../../contracts/index.ts";
import { collectionName, embeddedText } from "../shared/embedded-text.ts";
import type { VectorIndex } from "../shared/vector-index.ts";

/** Records of one request for hashes. */
const PAGE = 1_000;

/** Vectors in a Chroma collection of their embedder's own. */
export class ChromaVectors implements VectorIndex {
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
      for (const [index, id] of page.ids.entries()) hashes.set(id, String(page.metadatas[index]?.hash ?? ""));
      if (page.ids.length < PAGE) return hashes;
    }
  }

  async put(documents: readonly KnowledgeDocument[], signal: AbortSignal): Promise<void> {
    const embeddings = await this.#embedder.embedDocuments(documents.map(embeddedText), signal);
    const collection = await this.#collection();
    // `add` would leave a record of the same id as it is, and say nothing.
    await collection.upsert({
      ids: documents.map(({ id }) => id),
      embeddings: embeddings.map((vector) => [...vector]),
      metadatas: documents.map(({ provider, service, kind, hash }) => ({ provider, service, kind, hash })),
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await (await this.#collection()).delete({ ids: [...ids] });
  }

  async search(
    text: string,
    { providers, kinds, limit }: Pick<KnowledgeQuery, "providers" | "kinds" | "limit">,
    signal: AbortSignal,
  ): Promise<readonly KnowledgeHit[]> {
    if (providers?.length === 0 || kinds?.length === 0) return [];
    const vector = await this.#embedder.embedQuery(text, signal);
    const where = whereOf(providers, kinds);
    const found = await (await this.#collection()).query({
      queryEmbeddings: [[...vector]],
      nResults: limit,
      include: ["distances"],
      ...(where === undefined ? {} : { where }),
    });
    return (found.ids[0] ?? []).map((id, index) => ({ id, score: 1 - (found.distances[0]?.[index] ?? 1) }));
  }

  async size(): Promise<number> {
    return await (await this.#collection()).count();
  }

  /** Asked for each time: a server that was set up anew gives it another id. */
  async #collection(): Promise<Collection> {
    const client = await this.#connect();
    return await client.getOrCreateCollection({
      name: collectionName("operations", this.#embedder),
      // Else it wants a package that fetches a model from a hub.
      embeddingFunction: null,
      configuration: { hnsw: { space: "cosine" } },
      metadata: { embedder: this.#embedder.fingerprint },
    });
  }
}

function whereOf(providers: KnowledgeQuery["providers"], kinds: KnowledgeQuery["kinds"]): Where | undefined {
  const conditions: Where[] = [];
  if (providers !== undefined) conditions.push({ provider: { $in: [...providers] } });
  if (kinds !== undefined) conditions.push({ kind: { $in: [...kinds] } });
  return conditions.length > 1 ? { $and: conditions } : conditions[0];
}
