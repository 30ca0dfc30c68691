import type {
  Knowledge,
  KnowledgeAnswer,
  KnowledgeDocument,
  KnowledgeQuery,
  Runtime,
  SyncProgress,
  SyncReport,
} from "../../contracts/index.ts";
import { type FusionWeights, fuse } from "./fuse.ts";
import { foundByWordsOnly, indexIsClosed, vectorsBehind, vectorsNotSynced } from "./knowledge-failures.ts";
import { type Changes, changesOf, sumOf } from "./sync-changes.ts";
import type { VectorIndex } from "./vector-index.ts";
import { within } from "./within.ts";

export interface HybridParts {
  readonly id: string;
  /** Who keeps the vectors, for people: `Chroma`. */
  readonly keeper: string;
  readonly lexical: Knowledge;
  readonly vectors: VectorIndex;
  readonly weights: FusionWeights;
  /** How long vectors are waited for in a search, in milliseconds. */
  readonly timeoutMs: number;
  readonly runtime: Runtime;
}

/** Documents of one request to the embedder and the keeper: killed later, a sync need not do them again. */
const CHUNK = 64;
const MAX_REMOVED_AT_ONCE = 500;
/** Places of each ranking that are looked at. */
const POOL = 50;
const MAX_QUERY = 2_000;
/** One step of a sync: a request for vectors with its retries, and one to keep them. */
const SYNC_STEP_TIMEOUT_MS = 180_000;

/** Words and vectors together; where vectors do not answer, words alone do. */
export class HybridKnowledge implements Knowledge {
  readonly contractVersion = "knowledge-v1";
  readonly id: string;
  readonly #parts: HybridParts;
  #syncing: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(parts: HybridParts) {
    this.id = parts.id;
    this.#parts = parts;
  }

  async sync(
    providers: readonly string[],
    documents: readonly KnowledgeDocument[],
    options: { readonly signal: AbortSignal; progress?(progress: SyncProgress): void },
  ): Promise<SyncReport> {
    const run = this.#syncing.then(() => this.#sync(providers, documents, options));
    this.#syncing = run.catch(() => {});
    return await run;
  }

  async search(query: KnowledgeQuery, signal: AbortSignal): Promise<KnowledgeAnswer> {
    signal.throwIfAborted();
    this.#checkOpen();
    const { keeper, lexical, vectors, weights, timeoutMs, runtime } = this.#parts;
    const pool = { ...query, limit: Math.max(POOL, query.limit) };
    const text = (query.rewritten === undefined ? query.text : `${query.text}\n${query.rewritten}`).slice(0, MAX_QUERY).toWellFormed();
    const searching = within(runtime.clock, timeoutMs, signal, async (limited) =>
      Promise.all([vectors.search(text, pool, limited), vectors.size(), lexical.size()]),
    );
    const [words, found] = await Promise.allSettled([lexical.search(pool, signal), searching]);
    signal.throwIfAborted();
    if (words.status === "rejected") throw words.reason;
    const { hits, notes } = words.value;
    if (found.status === "rejected") {
      runtime.logger.warn("knowledge: vectors did not answer", { keeper, reason: String(found.reason) });
      return { hits: hits.slice(0, query.limit), notes: [...notes, foundByWordsOnly(keeper, found.reason)] };
    }
    const [similar, held, total] = found.value;
    return {
      hits: fuse(hits, similar, weights).slice(0, query.limit),
      notes: held < total ? [...notes, vectorsBehind(held, total)] : notes,
    };
  }

  /** What words can find; less where vectors answer and hold less, so that an index that was just made is seen to be empty. */
  async size(): Promise<number> {
    this.#checkOpen();
    const { lexical, vectors, timeoutMs, runtime } = this.#parts;
    const size = await lexical.size();
    const held = await within(runtime.clock, timeoutMs, new AbortController().signal, () => vectors.size()).catch(() => size);
    return Math.min(size, held);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#syncing;
    await this.#parts.lexical.close();
  }

  async #sync(
    providers: readonly string[],
    documents: readonly KnowledgeDocument[],
    { signal, progress }: { readonly signal: AbortSignal; progress?(progress: SyncProgress): void },
  ): Promise<SyncReport> {
    signal.throwIfAborted();
    this.#checkOpen();
    const { keeper, lexical, vectors } = this.#parts;
    await lexical.sync(providers, documents, { signal });
    const reports: SyncReport[] = [];
    let done = 0;
    try {
      for (const provider of new Set(providers)) {
        const changes = changesOf(provider, documents, await this.#step(signal, () => vectors.hashes(provider)));
        reports.push(changes.report);
        done += changes.report.unchanged;
        await this.#apply(changes, signal, (count) => {
          done += count;
          progress?.({ done, total: documents.length });
        });
      }
    } catch (error) {
      signal.throwIfAborted();
      throw vectorsNotSynced(keeper, error);
    }
    return sumOf(reports);
  }

  async #apply({ put, gone }: Changes, signal: AbortSignal, applied: (count: number) => void): Promise<void> {
    const { vectors } = this.#parts;
    for (let from = 0; from < gone.length; from += MAX_REMOVED_AT_ONCE) {
      await this.#step(signal, () => vectors.remove(gone.slice(from, from + MAX_REMOVED_AT_ONCE)));
    }
    for (let from = 0; from < put.length; from += CHUNK) {
      const chunk = put.slice(from, from + CHUNK);
      await this.#step(signal, (limited) => vectors.put(chunk, limited));
      applied(chunk.length);
    }
  }

  async #step<Result>(signal: AbortSignal, body: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    return await within(this.#parts.runtime.clock, SYNC_STEP_TIMEOUT_MS, signal, body);
  }

  #checkOpen(): void {
    if (this.#closed) throw indexIsClosed();
  }
}
