import type { KnowledgeDocument, KnowledgeHit, KnowledgeQuery } from "../../contracts/index.ts";

/** Vectors of documents, kept by somebody: what a driver says of Chroma or LlamaIndex. Failures are whatever the vendor throws. */
export interface VectorIndex {
  /** Hashes by id, of one cloud. */
  hashes(provider: string): Promise<ReadonlyMap<string, string>>;
  put(documents: readonly KnowledgeDocument[], signal: AbortSignal): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Best first. */
  search(text: string, query: Pick<KnowledgeQuery, "providers" | "kinds" | "limit">, signal: AbortSignal): Promise<readonly KnowledgeHit[]>;
  size(): Promise<number>;
}
