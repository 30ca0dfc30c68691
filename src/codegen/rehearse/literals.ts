import type { Program } from "../../contracts/index.ts";

/** What a program compares with: samples that hold it let its filters match. */
export interface Literals {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

const STRING = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`$\\]*)`/g;
const PLAIN_PATTERN = /\/([\w -]+)\/[a-z]*/g;
const NUMBER = /(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g;
const MAX_LITERALS = 60;
const MAX_LENGTH = 200;

/** Strings, plain patterns and numbers of the program; names of what it calls are none of them. */
export function literalsOf({ javascript, operations }: Pick<Program, "javascript" | "operations">): Literals {
  const called = new Set(operations.flatMap(({ operation }) => [operation.provider, operation.service, operation.name]));
  const strings = [...javascript.matchAll(STRING)].map(([, double, single, template]) => unescaped(double ?? single ?? template ?? ""));
  const patterns = [...javascript.matchAll(PLAIN_PATTERN)].map(([, pattern = ""]) => pattern);
  const texts = [...strings, ...patterns].filter((text) => text !== "" && text.length <= MAX_LENGTH && !called.has(text));
  const numbers = [...javascript.matchAll(NUMBER)].map(([text]) => Number(text)).filter(Number.isSafeInteger);
  return { texts: [...new Set(texts)].slice(0, MAX_LITERALS), numbers: [...new Set(numbers)].slice(0, MAX_LITERALS) };
}

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text.replace(/\\'/g, "'").replace(/(?<!\\)"/g, '\\"')}"`));
  } catch {
    return text;
  }
}
