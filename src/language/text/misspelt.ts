import type { PlanningFacts } from "../../contracts/index.ts";
import { SCOPES } from "../lexicon/scopes.ts";
import { lowerCase } from "./normalise.ts";

/** Whether the word is one letter away from a state, an environment, a cloud or a place: "prodution", "runing", "frankfrt". */
export function misspelt(word: string, { facts }: { readonly facts: PlanningFacts }): boolean {
  const places = facts.providers.flatMap((provider) => [
    provider.id,
    ...provider.aliases,
    ...provider.regions.flatMap((region) => region.places),
  ]);
  return word.length > 4 && [...QUALIFIERS, ...places.map(lowerCase)].some((known) => known.length > 4 && differsByOne(word, known));
}

const QUALIFIERS: readonly string[] = SCOPES.flatMap(([sense, phrases]) =>
  ["state", "environment", "providerUnknown", "tagKey"].includes(sense.is) ? phrases.split("|") : [],
);

/** One letter more, less or other, or two neighbours swapped. */
function differsByOne(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""));
}
