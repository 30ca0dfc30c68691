import type { PlanningFacts } from "../../contracts/index.ts";
import { WORDS } from "../lexicon/index.ts";
import { type Dictionary, longestPhrase, type PhraseMatch } from "./dictionary.ts";
import { HAN, lowerCase } from "./normalise.ts";
import type { Sense } from "./sense.ts";
import { SHAPES } from "./shapes.ts";
import { hasSense, type Token } from "./token.ts";

/** Cuts a normalised question into tokens: at each place the longest phrase or shape wins; what nobody knows becomes a token without senses. `words`: those of the facts. */
export function tokenise(text: string, facts: PlanningFacts, words: Dictionary): Token[] {
  const lower = lowerCase(text);
  const dictionaries = [WORDS, words];
  const tokens: Token[] = [];
  const add = (start: number, end: number, senses: readonly Sense[]) => {
    tokens.push({ text: text.slice(start, end), lower: lower.slice(start, end), start, end, senses });
  };
  let at = 0;
  while (at < text.length) {
    if (text[at] === " ") {
      at += 1;
      continue;
    }
    const pair = readPair(text, lower, at, tokens.at(-1), (position) => longestPhrase(dictionaries, lower, position));
    const shape = pair ?? longestShape(text, lower, at);
    const longest = beginsWord(lower, at) ? connectorOf(lower, at, longestPhrase(dictionaries, lower, at)) : undefined;
    const phrase = cloudOf(lower, at, longest, tokens.at(-1), facts) ?? longest;
    const han = HAN.test(lower[at] ?? "") ? hanName(lower, at, phrase?.end) : undefined;
    if (han !== undefined) add(at, han, [{ is: "name" }]);
    else if (pair !== undefined) add(at, pair.end, [pair.sense]);
    else if (shape !== undefined && shape.end > (phrase?.end ?? at)) add(at, shape.end, [shape.sense]);
    else if (phrase !== undefined) add(at, phrase.end, shape?.end === phrase.end ? [shape.sense, ...phrase.senses] : phrase.senses);
    else addUnknown(text, lower, at, tokens, add, (word) => wordSenses(word, facts));
    at = tokens.at(-1)?.end ?? at + 1;
  }
  return tokens;
}

/** "Above 90% or below 10%": before a number, "or below" joins and compares; only after one does it extend it. */
function connectorOf(lower: string, at: number, phrase: PhraseMatch | undefined): PhraseMatch | undefined {
  if (phrase === undefined || !phrase.senses.some((sense) => sense.is === "comparatorAfter")) return phrase;
  const joined = /^(?:or|and)(?= )/.exec(lower.slice(at, phrase.end))?.[0];
  if (joined === undefined || !/^ ?\d+(?:\.\d+)?(?![\d:/-])/.test(lower.slice(phrase.end))) return phrase;
  return longestPhrase([WORDS], lower.slice(0, at + joined.length), at);
}

/** "各云服务器": the servers of each cloud where there are several, though 云服务器 is a word of its own. */
function cloudOf(lower: string, at: number, phrase: PhraseMatch | undefined, before: Token | undefined, { providers }: PlanningFacts) {
  const each = before?.lower === "各" && before.end === at && providers.length > 1;
  const divides = each && lower[at] === "云" && phrase?.senses.some((sense) => sense.is === "subject");
  return divides ? longestPhrase([WORDS], lower.slice(0, at + 1), at) : undefined;
}

function longestShape(text: string, lower: string, at: number) {
  return SHAPES.map((shape) => shape(text, lower, at)).reduce(
    (best, match) => ((match?.end ?? 0) > (best?.end ?? 0) ? match : best),
    undefined,
  );
}

/** Latin phrases begin where a word begins. */
function beginsWord(lower: string, at: number): boolean {
  if (!/[a-z0-9]/.test(lower[at] ?? "")) return true;
  return !/[\p{L}\p{N}_]/u.test(lower[at - 1] ?? "") || HAN.test(lower[at - 1] ?? "") || /\d/.test(lower[at - 1] ?? "");
}

/** `订单-服务-012`. A known word before it is no part of the name, unless the hyphen follows at once. */
function hanName(lower: string, at: number, phraseEnd: number | undefined): number | undefined {
  const pattern = /\p{Script=Han}{1,12}(?:-[\p{Script=Han}\w]{1,24})*-\w*\d(?!\w)/uy;
  pattern.lastIndex = at;
  const match = pattern.exec(lower);
  if (match === null) return undefined;
  return phraseEnd === undefined || lower[phraseEnd] === "-" ? at + match[0].length : undefined;
}

/** `env=prod`, `team != search`; `service:checkout` where the key is a tag's or the word tag stands before it. */
function readPair(
  text: string,
  lower: string,
  at: number,
  before: Token | undefined,
  phraseAt: (at: number) => { end: number; senses: readonly Sense[] } | undefined,
) {
  if (!/[a-z\p{Script=Han}]/u.test(lower[at] ?? "") || !beginsWord(lower, at)) return undefined;
  const pattern =
    /([A-Za-z][\w./-]*|\p{Script=Han}{1,6})( ?)(!=|<>|≠|==|=|:)( ?)("[^"]{1,100}"|[\w][\w.@/+-]*|\p{Script=Han}+?(?=的|$|[\s,;、]))/uy;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const [whole, key, space, operator, spaceAfter, quoted] = match ?? [];
  if (whole === undefined || key === undefined || quoted === undefined) return undefined;
  const phrase = phraseAt(at);
  const known = phrase?.end === at + key.length ? phrase.senses : [];
  if (known.some((sense) => sense.is === "metric" || sense.is === "metricSuffix" || sense.is === "statistic")) return undefined;
  const named = known.some((sense) => ["tagKey", "column", "regionWord", "accountWord", "stateWord", "nameWord"].includes(sense.is));
  if (HAN.test(key) && !named) return undefined;
  if (operator === ":") {
    if (space !== "" || spaceAfter !== "" || HAN.test(quoted) || !(named || hasSense(before, "tagWord"))) return undefined;
  }
  const value = quoted.startsWith('"') ? quoted.slice(1, -1) : quoted.replace(/[.+/]+$/, "");
  const negated = operator === "!=" || operator === "<>" || operator === "≠";
  const end = at + whole.length - (quoted.startsWith('"') ? 0 : quoted.length - value.length);
  const sense: Sense = { is: "pair", key: canonicalKey(key, known), value, negated };
  return { end, sense };
}

/** Keys in the words of the vocabulary: `环境=prod` and `environment=prod` stay what they are only where they are tags of their own. */
function canonicalKey(key: string, senses: readonly Sense[]): string {
  for (const sense of senses) {
    if (sense.is === "column" && sense.column !== "status" && sense.column !== "message") return `:${sense.column}`;
    if (sense.is === "tagKey" && HAN.test(key)) return sense.key;
  }
  return key;
}

function addUnknown(
  text: string,
  lower: string,
  at: number,
  tokens: Token[],
  add: (start: number, end: number, senses: readonly Sense[]) => void,
  sensesOf: (word: string) => Sense[],
): void {
  const pattern = /[a-z0-9_](?:[a-z0-9_.\-/:@]*[a-z0-9_])?/y;
  pattern.lastIndex = at;
  const word = pattern.exec(lower)?.[0];
  if (word !== undefined) {
    add(at, at + word.length, sensesOf(word));
    return;
  }
  const last = tokens.at(-1);
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (HAN.test(sign) && last !== undefined && last.senses.length === 0 && last.end === at && HAN.test(last.text)) {
    tokens.pop();
    add(last.start, at + sign.length, []);
  } else add(at, at + sign.length, []);
}

function wordSenses(word: string, facts: PlanningFacts): Sense[] {
  // "eu-wset-1" is shaped like a region and begins like one; "db-main-1" is a name.
  const shaped = /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}[a-z]?$/.test(word);
  if (shaped && facts.providers.some((provider) => provider.regions.some((region) => region.id.startsWith(word.slice(0, 3)))))
    return [{ is: "regionLike" }];
  if (/^[a-z]+(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d+[a-z]?$/.test(word))
    return [{ is: "regionLike" }];
  return /^[a-z][\w.]*(?:-[\w.]+)*-\w*\d\w*$/.test(word) ? [{ is: "name" }] : [];
}
