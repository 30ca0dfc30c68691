import { STOP_WORDS } from "./stop-words.ts";
import { SYNONYMS } from "./synonyms.ts";
import { ALSO_THINGS, ASKING_VERBS, ASKING_WORDS, CHANGING_VERBS, READING_VERBS } from "./verbs.ts";
import { WEIGHTS } from "./weights.ts";
import { bigramsOf, piecesOf, stemsOf } from "./words-of.ts";

/** One thing a question speaks of, in the words that may stand for it in an index. */
interface Concept {
  readonly weight: number;
  readonly phrases: readonly Phrase[];
}

interface Phrase {
  /** Stems. */
  readonly words: readonly string[];
  readonly weight: number;
}

export interface Question {
  readonly concepts: readonly Concept[];
  /** Whether something is to be changed, not looked at. */
  readonly changes: boolean;
  readonly untranslated: readonly string[];
}

/** Phrases of a concept that are paired with the next one's: the likeliest come first. */
const MAX_NEIGHBOURS = 4;

/** For the first stem of a phrase: the phrases that begin with it, the longest first, each with its group. */
const GROUPS = synonymGroups();

/** What a question is about, each thing once. */
export function readQuestion(text: string): Question {
  const found = new Map<string, Concept>();
  const sequence: Concept[] = [];
  const untranslated = new Set<string>();
  // A command begins with its verb; `stopped` and `running` are no commands.
  let begins: "command" | "otherwise" | undefined = /^\W*\w+(ed|ing)\b/i.test(text) ? "otherwise" : undefined;
  const add = (concept: Concept) => {
    const key = concept.phrases.map(({ words }) => words.join(" ")).join("|");
    if (!found.has(key)) found.set(key, concept);
    sequence.push(concept);
  };
  let words: string[] = [];
  const flush = () => {
    for (const phrase of phrasesIn(words)) {
      const concept = conceptOf([phrase], []);
      if (concept === undefined) continue;
      begins ??= phrase.length === 1 && CHANGING_VERBS.has(phrase[0] ?? "") ? "command" : "otherwise";
      add(concept);
    }
    words = [];
  };
  for (const piece of piecesOf(text)) {
    if (piece.type === "word") {
      words.push(piece.stem);
      continue;
    }
    flush();
    if (piece.type === "untranslated") {
      untranslated.add(piece.chinese);
      add({ weight: 1, phrases: [{ words: bigramsOf(piece.chinese), weight: 1 }] });
      continue;
    }
    const concept = conceptOf(piece.phrases, bigramsOf(piece.chinese));
    if (concept === undefined) continue;
    const [first = []] = piece.phrases;
    begins ??= first.length === 1 && CHANGING_VERBS.has(first[0] ?? "") ? "command" : "otherwise";
    add(concept);
  }
  flush();
  const concepts = [...found.values(), ...neighbours(sequence)];
  return { concepts, changes: begins === "command" && !ASKING_WORDS.test(text), untranslated: [...untranslated] };
}

/** The phrases that synonyms know, the longest first, and single words between them. */
function phrasesIn(words: readonly string[]): string[][] {
  const phrases: string[][] = [];
  for (let at = 0; at < words.length; ) {
    const known = GROUPS.get(words[at] ?? "")?.find(({ phrase }) => phrase.every((word, index) => words[at + index] === word));
    const phrase = known?.phrase ?? words.slice(at, at + 1);
    phrases.push([...phrase]);
    at += phrase.length;
  }
  return phrases;
}

/** Undefined for what says nothing to an index. `chinese`: pairs of characters as they stood in the question, for texts in Chinese. */
function conceptOf(phrases: readonly (readonly string[])[], chinese: readonly string[]): Concept | undefined {
  const weights = new Map<string, Phrase>();
  const put = (words: readonly string[], weight: number) => {
    const telling = words.filter((word) => !STOP_WORDS.has(word));
    const key = telling.join(" ");
    if (telling.length > 0 && (weights.get(key)?.weight ?? 0) < weight) weights.set(key, { words: telling, weight });
  };
  const [first = [""]] = phrases;
  const [verb = ""] = first;
  const alone = first.length === 1;
  if (alone && READING_VERBS.has(verb)) return undefined;
  for (const phrase of phrases) {
    put(phrase, 1);
    for (const synonym of synonymsOf(phrase)) put(synonym, WEIGHTS.synonym);
  }
  if (weights.size === 0) return undefined;
  if (chinese.length > 0) put(chinese, 1);
  const isVerb = alone && !ALSO_THINGS.has(verb) && (ASKING_VERBS.has(verb) || CHANGING_VERBS.has(verb));
  const weight = isVerb ? WEIGHTS.verb : alone && /^\d+$/.test(verb) ? WEIGHTS.number : 1;
  return { weight, phrases: [...weights.values()] };
}

/** What stands side by side in a question often does in a name: `metric alerts` in `MetricAlerts_List`. */
function neighbours(sequence: readonly Concept[]): Concept[] {
  return sequence.slice(1).flatMap((right, index) => {
    const left = sequence[index];
    if (left === undefined || left.weight < 1 || right.weight < 1) return [];
    const phrases = left.phrases.slice(0, MAX_NEIGHBOURS).flatMap((before) =>
      right.phrases.slice(0, MAX_NEIGHBOURS).map((after) => ({
        words: [`${before.words.at(-1) ?? ""}${after.words[0] ?? ""}`],
        weight: before.weight * after.weight,
      })),
    );
    return [{ weight: WEIGHTS.neighbours, phrases }];
  });
}

function synonymsOf(phrase: readonly string[]): string[][] {
  const groups = GROUPS.get(phrase[0] ?? "") ?? [];
  return groups.filter((known) => known.phrase.join(" ") === phrase.join(" ")).flatMap(({ group }) => group);
}

function synonymGroups(): ReadonlyMap<string, { phrase: readonly string[]; group: string[][] }[]> {
  const groups = new Map<string, { phrase: readonly string[]; group: string[][] }[]>();
  for (const texts of SYNONYMS) {
    const group = texts.map(stemsOf);
    for (const phrase of group) {
      const first = phrase[0] ?? "";
      groups.set(first, [...(groups.get(first) ?? []), { phrase, group }]);
    }
  }
  for (const known of groups.values()) known.sort((a, b) => b.phrase.length - a.phrase.length);
  return groups;
}
