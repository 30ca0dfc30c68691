import { z } from "zod";
import type {
  Knowledge,
  KnowledgeAnswer,
  KnowledgeDocument,
  KnowledgeQuery,
  Runtime,
  SyncProgress,
  SyncReport,
} from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { indexIsClosed } from "../shared/knowledge-failures.ts";
import { inOrder } from "../shared/ranking.ts";
import { type Changes, changesOf, sumOf } from "../shared/sync-changes.ts";
import { CloudIndex } from "./cloud-index.ts";
import { cloudsNamed } from "./cloud-names.ts";
import { IndexFiles } from "./index-files.ts";
import { notFullySynced, queryCut, wordsNotTranslated } from "./notes.ts";
import { readQuestion } from "./read-question.ts";
import { WEIGHTS } from "./weights.ts";

export interface LexicalOptions {
  /** Folder of the index, made where it is missing. @defaultValue none: the index is in memory */
  readonly path?: string;
  readonly runtime?: Partial<Runtime>;
}

const optionsSchema = z.strictObject({ path: z.string().min(1).optional(), runtime: z.custom<Partial<Runtime>>().optional() });

/** Finds operations by words, in Chinese and English: needs no network, no key and no server. Empty until it is synced. */
export function lexical(options: LexicalOptions = {}): Knowledge {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) {
    const facts = z.prettifyError(checked.error);
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: { en: `The options of lexical() are wrong: ${facts}`, zh: `lexical() 的选项有误：${facts}` },
    });
  }
  return new LexicalKnowledge(options.path === undefined ? undefined : new IndexFiles(options.path), nodeRuntime(options.runtime));
}

/** Documents after which a sync writes what it has: killed later, it need not do them again. */
const CHUNK = 250;
/** In characters. Questions are sentences; what is longer was pasted. */
const MAX_QUERY = 2_000;

/** What is known of one cloud, and which version of its file that is. */
interface Shelf {
  readonly index: CloudIndex;
  readonly stamp: string | undefined;
  readonly complete: boolean;
}

class LexicalKnowledge implements Knowledge {
  readonly contractVersion = "knowledge-v1";
  readonly id = "lexical";
  readonly #files: IndexFiles | undefined;
  readonly #runtime: Runtime;
  readonly #shelves = new Map<string, Shelf>();
  /** Syncs of one process come one after the other. */
  #syncing: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(files: IndexFiles | undefined, runtime: Runtime) {
    this.#files = files;
    this.#runtime = runtime;
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
    const texts = [query.text, ...(query.rewritten === undefined ? [] : [query.rewritten])];
    const question = readQuestion(texts.map((text) => text.slice(0, MAX_QUERY)).join("\n"));
    const providers = query.providers ?? (await this.#providers());
    const shelves = await Promise.all(providers.map((provider) => this.#shelf(provider)));
    signal.throwIfAborted();
    const notes: KnowledgeAnswer["notes"][number][] = [];
    if (texts.some((text) => text.length > MAX_QUERY)) notes.push(queryCut(MAX_QUERY));
    const partial = providers.filter((_, index) => shelves[index]?.complete === false);
    if (partial.length > 0) notes.push(notFullySynced(partial));
    if (question.untranslated.length > 0) {
      this.#runtime.logger.debug("knowledge: Chinese without a translation", { words: question.untranslated });
      if (query.rewritten === undefined) notes.push(wordsNotTranslated(question.untranslated));
    }
    const named = cloudsNamed(query.text);
    const hits = shelves.flatMap(({ index }, place) => {
      const favour = named.has(providers[place] ?? "") ? WEIGHTS.namedCloud : 1;
      return index.rank(question, query.kinds).map(({ id, score }) => ({ id, score: score * favour }));
    });
    return { hits: inOrder(hits).slice(0, query.limit), notes };
  }

  async size(): Promise<number> {
    this.#checkOpen();
    const shelves = await Promise.all((await this.#providers()).map((provider) => this.#shelf(provider)));
    return shelves.reduce((sum, { index }) => sum + index.hashes.size, 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#syncing;
    this.#shelves.clear();
  }

  async #sync(
    providers: readonly string[],
    documents: readonly KnowledgeDocument[],
    { signal, progress }: { readonly signal: AbortSignal; progress?(progress: SyncProgress): void },
  ): Promise<SyncReport> {
    signal.throwIfAborted();
    this.#checkOpen();
    await this.#files?.sweep();
    const reports: SyncReport[] = [];
    let done = 0;
    for (const provider of new Set(providers)) {
      const shelf = await this.#shelf(provider);
      const changes = changesOf(provider, documents, shelf.index.hashes);
      reports.push(changes.report);
      done += changes.report.unchanged;
      if (changes.put.length + changes.gone.length === 0 && shelf.complete) continue;
      await this.#apply(provider, shelf.index, changes, signal, (count) => {
        done += count;
        progress?.({ done, total: documents.length });
      });
    }
    return sumOf(reports);
  }

  async #apply(
    provider: string,
    index: CloudIndex,
    { put, gone }: Changes,
    signal: AbortSignal,
    applied: (count: number) => void,
  ): Promise<void> {
    try {
      let from = 0;
      do {
        // Others get their turn, an abort among them.
        await this.#runtime.clock.sleep(0, signal);
        if (from === 0) for (const id of gone) index.remove(id);
        const chunk = put.slice(from, from + CHUNK);
        for (const document of chunk) index.put(document);
        from += chunk.length;
        await index.vacuum();
        const complete = from === put.length;
        await this.#files?.write(provider, { complete, ...index.toJSON() });
        this.#shelves.set(provider, { index, complete, stamp: await this.#files?.stamp(provider) });
        applied(chunk.length);
      } while (from < put.length);
    } catch (error) {
      // What is in memory may be ahead of the file: it is read again.
      if (this.#files !== undefined) this.#shelves.delete(provider);
      throw error;
    }
  }

  #checkOpen(): void {
    if (this.#closed) throw indexIsClosed();
  }

  async #providers(): Promise<string[]> {
    return [...new Set([...this.#shelves.keys(), ...((await this.#files?.providers()) ?? [])])];
  }

  /** Of a file that another process has replaced, what it holds now. */
  async #shelf(provider: string): Promise<Shelf> {
    const known = this.#shelves.get(provider);
    const stamp = await this.#files?.stamp(provider);
    if (known !== undefined && known.stamp === stamp) return known;
    const saved = stamp === undefined ? undefined : await this.#files?.read(provider);
    const shelf =
      saved === undefined
        ? { index: CloudIndex.empty(), stamp, complete: true }
        : { index: CloudIndex.restore(saved), stamp, complete: saved.complete };
    this.#shelves.set(provider, shelf);
    return shelf;
  }
}
