import type { Literals } from "./literals.ts";

/** Where in a reply a value stands. */
export interface SamplePlace {
  /** Of the field: `InstanceId`. */
  readonly name: string;
  /** Of the field that holds it: `Instances`. */
  readonly parent: string;
  readonly description: string;
  /** Which of its list. */
  readonly index: number;
}

const HOUR_MS = 3_600_000;
/** Young and old, so that filters by age split a list. */
const AGES_MS = [HOUR_MS, 20 * 24 * HOUR_MS, 400 * 24 * HOUR_MS, 3 * 24 * HOUR_MS, 100 * 24 * HOUR_MS];
const NUMBERS = [42, 0, 97, 1, 512, 3, 1_000_000];

/** Equal for equal nouns and indexes, so that ids of one list are found in another. */
export function sampleText(place: SamplePlace, literals: Literals, nowMs: number): string {
  const { name, index } = place;
  if (/json|document/i.test(name) || /\bjson\b/i.test(place.description))
    return JSON.stringify({ name: literals.texts.at(index) ?? "sample" });
  if (isTime(name)) return sampleTime(index, nowMs);
  const noun = nounOf(place);
  // Two of three hold what the program compares with.
  const literal = index % 3 === 0 ? undefined : pick(literals.texts, letterSum(noun) + index - Math.floor(index / 3) - 1);
  if (literal !== undefined) return literal;
  if (/ip(v4)?(address)?$/i.test(name)) return `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  if (/(url|uri|link|endpoint)$/i.test(name)) return `https://${noun}-${index}.example.com/`;
  if (/arn$/i.test(name)) return `arn:aws:sample:us-east-1:123456789012:${noun}/${noun}-${index}`;
  if (/selflink$/i.test(name)) return `https://www.example.com/projects/sample/${noun}-${index}`;
  return `${noun}-${index}`;
}

/** Whole where `integer`. Points in time are seconds, unless the description says milliseconds: seconds are a time either way. */
export function sampleNumber(place: SamplePlace, integer: boolean, literals: Literals, nowMs: number): number {
  const { name, description, index } = place;
  if (isTime(name) || /\bepoch\b/i.test(description)) {
    const ms = nowMs - (AGES_MS[index % AGES_MS.length] ?? 0);
    return /millisecond/i.test(description) ? ms : Math.floor(ms / 1_000);
  }
  const literal = pick(literals.numbers, letterSum(name) + Math.floor(index / 3));
  if (literal !== undefined && index % 3 !== 0) return index % 3 === 1 ? literal + 1 : Math.max(0, literal - 1);
  const value = NUMBERS[(letterSum(name) + index) % NUMBERS.length] ?? 0;
  return integer ? value : value + 0.5;
}

/** ISO 8601 in UTC. */
export function sampleTime(index: number, nowMs: number): string {
  return new Date(nowMs - (AGES_MS[index % AGES_MS.length] ?? 0)).toISOString();
}

function isTime(name: string): boolean {
  return (
    /(time|timestamp|date|created|updated|modified|expires|expiry)$|(?:[a-z]At|_at)$/i.test(name) && !/(runtime|candidate)$/i.test(name)
  );
}

/** `instance` of `InstanceId`, of `Instances[].Id` and of `instances[].name`. */
function nounOf({ name, parent }: SamplePlace): string {
  const own = name.replace(/(?:id|name|arn|identifier)s?$/i, "").replace(/[^A-Za-z0-9]/g, "");
  const noun = own === "" ? parent.replace(/[^A-Za-z0-9]/g, "") : own;
  return (
    noun
      .toLowerCase()
      .replace(/ies$/, "y")
      .replace(/(?<!s)s$/, "") || "sample"
  );
}

function letterSum(text: string): number {
  let sum = 0;
  for (const letter of text) sum += letter.codePointAt(0) ?? 0;
  return sum;
}

function pick<Item>(items: readonly Item[], index: number): Item | undefined {
  return items.length === 0 ? undefined : items[index % items.length];
}
