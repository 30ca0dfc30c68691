import type { KnowledgeHit } from "../../contracts/index.ts";
import { inOrder } from "./ranking.ts";

/** How much each ranking counts. */
export interface FusionWeights {
  readonly lexical: number;
  readonly vectors: number;
}

/**
 * The words lead: only they were measured (`npm run bench:retrieval`), and fusing a weaker ranking lowers recall. With these weights the
 * vectors' first comes after the third of the words at the latest, and what both place high comes before either.
 */
export const DEFAULT_WEIGHTS: FusionWeights = { lexical: 1, vectors: 0.8 };

/** Smaller: the first places count for more. */
const FLATNESS = 10;

/** Reciprocal rank fusion: scores of different origin cannot be compared, places can. */
export function fuse(lexical: readonly KnowledgeHit[], vectors: readonly KnowledgeHit[], weights: FusionWeights): KnowledgeHit[] {
  const scores = new Map<string, number>();
  const add = (hits: readonly KnowledgeHit[], weight: number) => {
    for (const [index, { id }] of hits.entries()) scores.set(id, (scores.get(id) ?? 0) + weight / (FLATNESS + index + 1));
  };
  add(lexical, weights.lexical);
  add(vectors, weights.vectors);
  return inOrder([...scores].map(([id, score]) => ({ id, score })));
}
