/** One thing that can be found: an operation or a reference document. */
export interface KnowledgeDocument {
  /** `aws.logs.DescribeMetricFilters`. */
  readonly id: string;
  readonly kind: "operation" | "metric" | "service";
  readonly provider: string;
  readonly service: string;
  /** `DescribeMetricFilters`. */
  readonly name: string;
  /** Plain text of the vendor. */
  readonly text: string;
  /** Names of parameters and of fields of the result. */
  readonly terms: readonly string[];
  /** SHA-256, hex, over everything above: what has not changed is not indexed again. */
  readonly hash: string;
}

export interface KnowledgeQuery {
  /** In any language; `rewritten` holds the same in the API's terms where a model rewrote it. */
  readonly text: string;
  readonly rewritten?: string;
  /** Only of these clouds. */
  readonly providers?: readonly string[];
  readonly kinds?: readonly KnowledgeDocument["kind"][];
  readonly limit: number;
}

export interface KnowledgeHit {
  readonly id: string;
  /** Comparable within one answer only. */
  readonly score: number;
}

export interface KnowledgeAnswer {
  /** Best first. */
  readonly hits: readonly KnowledgeHit[];
  /** What a reader of the answer must know: that a part of the index did not answer, that words were not translated. */
  readonly notes: readonly { readonly en: string; readonly zh: string }[];
}

export interface SyncProgress {
  readonly done: number;
  readonly total: number;
}

export interface SyncReport {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** An index of what clouds can be asked. Drivers: lexical (the default), chroma, llamaindex. */
export interface Knowledge {
  readonly contractVersion: "knowledge-v1";
  readonly id: string;
  /**
   * Makes the index hold exactly these documents of these clouds; others stay. Incremental by hash; what was done when it was
   * killed need not be done again. Throws `KNOWLEDGE_UNAVAILABLE`.
   */
  sync(
    providers: readonly string[],
    documents: readonly KnowledgeDocument[],
    options: { readonly signal: AbortSignal; progress?(progress: SyncProgress): void },
  ): Promise<SyncReport>;
  /** Throws `KNOWLEDGE_UNAVAILABLE` only where nothing at all can answer. */
  search(query: KnowledgeQuery, signal: AbortSignal): Promise<KnowledgeAnswer>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** Turns text into vectors. */
export interface Embedder {
  /** Changes whenever vectors stop being comparable: model, dimension, the template that text is put in. */
  readonly fingerprint: string;
  embedDocuments(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
  embedQuery(text: string, signal: AbortSignal): Promise<readonly number[]>;
}
