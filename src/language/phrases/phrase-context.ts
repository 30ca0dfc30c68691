import type { PlanningFacts } from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";
import { GUARDED_WORDS } from "../lexicon/refusals.ts";
import { HAN } from "../text/normalise.ts";
import type { SenseName, SenseOf } from "../text/sense.ts";
import { hasSense, senseOf, type Token } from "../text/token.ts";
import type { ZoneClock } from "../time/zone.ts";
import type { Element, ScopeCondition } from "./element.ts";

/** What a question is about; some words mean different things in each. */
export type Domain = "resources" | "logs" | "traces" | "services" | "alarms";

/** What rules read. Rules never change anything. */
export interface PhraseContext {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly facts: PlanningFacts;
  readonly domain: Domain;
  readonly language: Language;
  /** Of the zone the question's times are in. */
  readonly clock: ZoneClock;
}

export interface PhraseMatch {
  /** First token after the phrase. */
  readonly end: number;
  readonly element: Element;
}

/** A single condition, or why what stands there is none. */
export interface Atom {
  readonly end: number;
  readonly element: Extract<Element, { type: "scope" | "error" }>;
}

export function atomOf(end: number, condition: ScopeCondition): Atom {
  return { end, element: { type: "scope", condition } };
}

/** Reads one phrase at a token, or nothing. */
export type Rule = (context: PhraseContext, at: number) => PhraseMatch | undefined;

export function sense<Name extends SenseName>(context: PhraseContext, at: number, name: Name): SenseOf<Name> | undefined {
  return senseOf(context.tokens[at], name);
}

export function has(context: PhraseContext, at: number, ...names: readonly SenseName[]): boolean {
  return hasSense(context.tokens[at], ...names);
}

/** The first token from `at` on that has none of the senses. */
export function skip(context: PhraseContext, at: number, ...names: readonly SenseName[]): number {
  let next = at;
  while (hasSense(context.tokens[next], ...names)) next += 1;
  return next;
}

/** After one connector, which may be written with a comma: "a, b", "a and b", "a, or b". The same place where there is none. */
export function skipConnector(context: PhraseContext, at: number): number {
  const comma = hasSense(context.tokens[at], "comma") ? at + 1 : at;
  return hasSense(context.tokens[comma], "and", "or") ? comma + 1 : comma;
}

/** "But" and 且 ask for both at once, while "prod and staging" means either. */
export function isStrict(context: PhraseContext, from: number, to: number): boolean {
  return context.tokens.slice(from, to).some((token) => senseOf(token, "and")?.strict === true);
}

/** After the articles and verbs of being that may stand between the words of one phrase. */
export function skipLight(context: PhraseContext, at: number): number {
  let next = at;
  while (LIGHT.has(context.tokens[next]?.lower ?? "")) next += 1;
  return next;
}

const LIGHT: ReadonlySet<string> = new Set([
  "the",
  "a",
  "an",
  "is",
  "are",
  "was",
  "were",
  "be",
  "'s",
  "'",
  "的",
  "是",
  "为",
  "了",
  "of",
  "all",
  "any",
  "our",
  "my",
]);

const FREE_SENSES: ReadonlySet<string> = new Set(["accountName", "cloud", "metricSuffix", "name", "regionLike", "quoted"]);

/** The text of a token that can be the name of a service, a team or a tag: unknown to the word lists, and no word that changes meanings. */
export function freeWord(context: PhraseContext, at: number): string | undefined {
  const token = context.tokens[at];
  if (token === undefined) return undefined;
  const quoted = senseOf(token, "quoted");
  if (quoted !== undefined) return quoted.value;
  if (!token.senses.every((each) => FREE_SENSES.has(each.is)) || HAN.test(token.text[0] ?? ""))
    return hasSense(token, "name") ? token.text : undefined;
  if (!/^[\p{L}\p{N}]/u.test(token.text) || GUARDED_WORDS.has(token.lower) || /^(?:un|non)/.test(token.lower)) return undefined;
  return token.text;
}

/** A free word, or a run of Han that no list knows. */
export function freeText(context: PhraseContext, at: number): string | undefined {
  const word = freeWord(context, at);
  if (word !== undefined) return word;
  const token = context.tokens[at];
  return token !== undefined && token.senses.length === 0 && HAN.test(token.text) ? token.text : undefined;
}
