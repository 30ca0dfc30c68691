import type { KnowledgeHit } from "../../contracts/index.ts";

/** Best first; of equals always the same one first. */
export function inOrder(hits: readonly KnowledgeHit[]): KnowledgeHit[] {
  return [...hits].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
