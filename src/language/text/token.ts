import type { Sense, SenseName, SenseOf } from "./sense.ts";

/** A piece of the question with everything it may stand for; no sense at all is a word nobody knows. */
export interface Token {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly senses: readonly Sense[];
}

/** The token's sense of that name, if it has one. */
export function senseOf<Name extends SenseName>(token: Token | undefined, name: Name): SenseOf<Name> | undefined {
  return token?.senses.find((sense): sense is SenseOf<Name> => sense.is === name);
}

export function hasSense(token: Token | undefined, ...names: readonly SenseName[]): boolean {
  return token?.senses.some((sense) => names.includes(sense.is)) ?? false;
}
