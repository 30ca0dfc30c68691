import type { Embedder } from "../../src/contracts/index.ts";
import { splitIdentifier } from "../../src/knowledge/shared/split-identifier.ts";

/** Words counted into places: always the same vector for the same text, near for texts with the same words. Knows no meaning. */
export function bagOfWords(dimension = 256, name = "bag of words"): Embedder {
  const embed = (text: string): number[] => {
    const vector = Array.from({ length: dimension }, () => 0);
    for (const word of splitIdentifier(text)
      .toLowerCase()
      .match(/[a-z]+|\p{Script=Han}/gu) ?? []) {
      let hash = 2166136261;
      for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 16777619);
      const place = (hash >>> 0) % dimension;
      vector[place] = (vector[place] ?? 0) + 1;
    }
    const length = Math.hypot(...vector);
    // Nothing at all is in no direction, which cosine cannot compare.
    return length === 0 ? vector.map(() => 1 / Math.sqrt(dimension)) : vector.map((value) => value / length);
  };
  return {
    fingerprint: `${name}:${dimension}`,
    embedDocuments: async (texts) => texts.map(embed),
    embedQuery: async (text) => embed(text),
  };
}
