import { HAN, isWordCharacter } from "./normalise.ts";
import type { Lexicon, Sense } from "./sense.ts";

/** Phrases by their first character. */
export type Dictionary = ReadonlyMap<string, readonly DictionaryEntry[]>;

interface DictionaryEntry {
  readonly phrase: string;
  readonly senses: readonly Sense[];
}

export interface PhraseMatch {
  readonly end: number;
  readonly senses: readonly Sense[];
}

/** Gathers word lists into one dictionary; a phrase of several lists has all their senses. */
export function dictionaryOf(lexicons: readonly Lexicon[]): Dictionary {
  const senses = new Map<string, Sense[]>();
  for (const [sense, phrases] of lexicons.flat()) {
    for (const phrase of phrases.split("|")) {
      if (phrase === "") continue;
      const known = senses.get(phrase);
      if (known === undefined) senses.set(phrase, [sense]);
      else known.push(sense);
    }
  }
  const byFirst = new Map<string, DictionaryEntry[]>();
  for (const [phrase, meanings] of senses) {
    const first = phrase[0] ?? "";
    const entry = { phrase, senses: meanings };
    const known = byFirst.get(first);
    if (known === undefined) byFirst.set(first, [entry]);
    else known.push(entry);
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.phrase.length - a.phrase.length);
  return byFirst;
}

/** The longest phrase of the dictionaries that begins at `start`; a phrase in several dictionaries has all its senses. */
export function longestPhrase(dictionaries: readonly Dictionary[], lower: string, start: number): PhraseMatch | undefined {
  let best: PhraseMatch | undefined;
  for (const dictionary of dictionaries) {
    for (const entry of dictionary.get(lower[start] ?? "") ?? []) {
      const end = matchPhrase(entry.phrase, lower, start);
      if (end === undefined) continue;
      if (best === undefined || end > best.end) best = { end, senses: entry.senses };
      else if (end === best.end) best = { end, senses: [...best.senses, ...entry.senses] };
      break;
    }
  }
  return best;
}

/** Spaces in a phrase match spaces or a hyphen; where Latin and Han letters meet, the text may have a space. */
function matchPhrase(phrase: string, lower: string, start: number): number | undefined {
  let at = start;
  for (let index = 0; index < phrase.length; index += 1) {
    const wanted = phrase[index];
    let found = lower[at];
    if (found === " " && wanted !== " " && HAN.test(phrase[index - 1] ?? "") !== HAN.test(wanted ?? "")) {
      at += 1;
      found = lower[at];
    }
    if (found !== wanted && !(wanted === " " && found === "-")) return undefined;
    at += 1;
  }
  return endsWord(phrase, lower, at) ? at : undefined;
}

function endsWord(phrase: string, lower: string, end: number): boolean {
  if (!isWordCharacter(phrase.at(-1))) return true;
  const next = lower[end];
  if (isWordCharacter(next)) return false;
  const joined = next === "-" || next === "." || next === "/" || next === "@";
  return !(joined && isWordCharacter(lower[end + 1]));
}
