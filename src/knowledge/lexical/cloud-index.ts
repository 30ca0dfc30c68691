import MiniSearch, { type Options } from "minisearch";
import type { KnowledgeDocument, KnowledgeHit } from "../../contracts/index.ts";
import { type IndexedDocument, indexedDocument } from "./document-words.ts";
import type { Question } from "./read-question.ts";
import { WEIGHTS } from "./weights.ts";

type Stored = Pick<IndexedDocument, "kind" | "subjects" | "verb" | "ofService" | "plural">;

const OPTIONS: Options<IndexedDocument> = {
  fields: Object.keys(WEIGHTS.fields),
  storeFields: ["kind", "subjects", "verb", "ofService", "plural"] satisfies (keyof Stored)[],
  // Words were made before.
  tokenize: (text) => text.split(" "),
  processTerm: (term) => (term === "" ? null : term),
  autoVacuum: false,
};

interface Standing {
  readonly stored: Stored;
  readonly namedBy: Set<string>;
  score: number;
}

/** What is known of one cloud, ranked by BM25 over the things a question speaks of. */
export class CloudIndex {
  readonly #index: MiniSearch<IndexedDocument>;
  readonly #hashes: Map<string, string>;

  private constructor(index: MiniSearch<IndexedDocument>, hashes: Map<string, string>) {
    this.#index = index;
    this.#hashes = hashes;
  }

  static empty(): CloudIndex {
    return new CloudIndex(new MiniSearch(OPTIONS), new Map());
  }

  /** Throws where `saved` is not what {@link CloudIndex.toJSON} gave. */
  static restore(saved: SavedCloudIndex): CloudIndex {
    const index = MiniSearch.loadJS<IndexedDocument>(saved.index as Parameters<typeof MiniSearch.loadJS>[0], OPTIONS);
    return new CloudIndex(index, new Map(saved.hashes));
  }

  toJSON(): SavedCloudIndex {
    return { hashes: [...this.#hashes], index: this.#index.toJSON() };
  }

  /** Hashes of its documents, by id. */
  get hashes(): ReadonlyMap<string, string> {
    return this.#hashes;
  }

  put(document: KnowledgeDocument): void {
    this.remove(document.id);
    this.#index.add(indexedDocument(document));
    this.#hashes.set(document.id, document.hash);
  }

  remove(id: string): void {
    if (!this.#hashes.delete(id)) return;
    this.#index.discard(id);
  }

  /** Frees what removed documents left behind. */
  async vacuum(): Promise<void> {
    if (this.#index.dirtCount > 0) await this.#index.vacuum({ batchSize: this.#index.termCount + 1, batchWait: 0 });
  }

  /** Everything that has anything to do with the question, in no order. */
  rank(question: Question, kinds: readonly KnowledgeDocument["kind"][] | undefined): KnowledgeHit[] {
    const matches = new Map<string, ReadonlyMap<string, number>>();
    const standings = new Map<string, Standing>();
    const matchesOf = (term: string) => {
      let found = matches.get(term);
      if (found === undefined) {
        found = this.#matchesOf(term, standings);
        matches.set(term, found);
      }
      return found;
    };
    for (const concept of question.concepts) {
      // Of words that say the same the best counts, not their sum.
      const best = new Map<string, number>();
      for (const phrase of concept.phrases) {
        const sums = new Map<string, { sum: number; words: number }>();
        for (const term of phrase.words) {
          for (const [id, score] of matchesOf(term)) {
            const { sum, words } = sums.get(id) ?? { sum: 0, words: 0 };
            sums.set(id, { sum: sum + score, words: words + 1 });
          }
        }
        for (const [id, { sum, words }] of sums) {
          const score = sum * phrase.weight * (words / phrase.words.length) ** WEIGHTS.partial;
          best.set(id, Math.max(best.get(id) ?? 0, score));
        }
      }
      for (const [id, score] of best) {
        const standing = standings.get(id);
        if (standing !== undefined) standing.score += score ** WEIGHTS.saturation * concept.weight;
      }
    }
    const services = servicesAsked(standings);
    return [...standings].flatMap(([id, standing]) => {
      if (kinds !== undefined && !kinds.includes(standing.stored.kind)) return [];
      const ofService = 1 + WEIGHTS.service * (services.get(standing.stored.ofService) ?? 0);
      return [{ id, score: standing.score * preference(standing, question.changes) * ofService }];
    });
  }

  #matchesOf(term: string, standings: Map<string, Standing>): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const result of this.#index.search(term, { boost: WEIGHTS.fields })) {
      const id = String(result.id);
      found.set(id, result.score);
      let standing = standings.get(id);
      if (standing === undefined) {
        const { kind, subjects, verb, ofService, plural } = result;
        standing = { stored: { kind, subjects, verb, ofService, plural }, namedBy: new Set(), score: 0 };
        standings.set(id, standing);
      }
      if (result.match[term]?.includes("name")) standing.namedBy.add(term);
    }
    return found;
  }
}

/** A cloud's index as it is written to a file. */
export interface SavedCloudIndex {
  readonly hashes: readonly (readonly [string, string])[];
  readonly index: unknown;
}

/** How much of the question is about each service, by its own document: the most asked for has 1. */
function servicesAsked(standings: ReadonlyMap<string, Standing>): ReadonlyMap<string, number> {
  const services = [...standings.values()].filter(({ stored }) => stored.kind === "service");
  const most = Math.max(...services.map(({ score }) => score));
  return new Map(services.map(({ stored, score }) => [stored.ofService, most > 0 ? score / most : 0]));
}

function preference({ stored, namedBy }: Standing, changes: boolean): number {
  const unasked = Math.max(0, stored.subjects - namedBy.size);
  return (verbPreference(stored.verb, changes) * (stored.plural ? WEIGHTS.plural : 1)) / (1 + WEIGHTS.unaskedWord * unasked);
}

function verbPreference(verb: IndexedDocument["verb"], changes: boolean): number {
  if (verb === "unknown") return WEIGHTS.unknownVerb;
  if (changes) return verb === "changes" ? 1 : WEIGHTS.unwantedVerb;
  return verb === "changes" ? WEIGHTS.unwantedVerb : verb === "reads" ? WEIGHTS.readsOne : 1;
}
