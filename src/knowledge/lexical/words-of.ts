import { splitIdentifier } from "../shared/split-identifier.ts";
import { GLOSSARY } from "./glossary.ts";
import { stem } from "./stem.ts";

/** A piece of a text, in its order. */
export type Piece =
  | { readonly type: "word"; readonly stem: string }
  /** Chinese that the glossary knows: the phrases it stands for, none where it says nothing. */
  | { readonly type: "translated"; readonly chinese: string; readonly phrases: readonly (readonly string[])[] }
  /** Chinese that it does not know, up to the next thing that is known. */
  | { readonly type: "untranslated"; readonly chinese: string };

const LONGEST = Math.max(...[...GLOSSARY.keys()].map((key) => key.length));
const IS_CHINESE = /\p{Script=Han}/u;

/** English words by their stems, Chinese by the glossary, the longest entry first. Everything else parts words. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const normal = text.normalize("NFKC").replace(/(?<=\p{Script=Han})[ \t]+(?=ip|sql)/giu, "");
  let latin = "";
  let unknown = "";
  const flush = () => {
    if (latin !== "") pieces.push(...stemsOf(latin).map((word): Piece => ({ type: "word", stem: word })));
    if (unknown !== "") pieces.push({ type: "untranslated", chinese: unknown });
    latin = "";
    unknown = "";
  };
  let at = 0;
  while (at < normal.length) {
    const character = normal.charAt(at);
    if (!IS_CHINESE.test(character)) {
      if (unknown !== "") flush();
      latin += character;
      at++;
      continue;
    }
    if (latin !== "") flush();
    const entry = longestEntry(normal, at);
    if (entry === undefined) {
      unknown += character;
      at++;
      continue;
    }
    flush();
    pieces.push({ type: "translated", chinese: entry, phrases: phrasesOf(GLOSSARY.get(entry) ?? "") });
    at += entry.length;
  }
  flush();
  return pieces;
}

/** Stems of the words of an English text or an identifier. */
export function stemsOf(text: string): string[] {
  const words =
    splitIdentifier(text)
      .toLowerCase()
      .match(/[a-z][a-z0-9]*|\d+/g) ?? [];
  return words.map(stem);
}

/** Pairs of neighbouring characters: how Chinese is compared with Chinese, which writes no spaces. */
export function bigramsOf(chinese: string): string[] {
  if (chinese.length < 2) return [chinese];
  return Array.from({ length: chinese.length - 1 }, (_, at) => chinese.slice(at, at + 2));
}

function longestEntry(text: string, from: number): string | undefined {
  for (let length = Math.min(LONGEST, text.length - from); length > 0; length--) {
    const candidate = text.slice(from, from + length).toLowerCase();
    if (GLOSSARY.has(candidate)) return candidate;
  }
  return undefined;
}

function phrasesOf(translation: string): string[][] {
  return translation === "" ? [] : translation.split("|").map(stemsOf);
}
