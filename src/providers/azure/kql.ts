/**
 * A text as a KQL string literal. Everything outside plain ASCII letters, digits and a few signs is written as an escape, so that no text
 * can end the literal (Kusto documentation, "The string data type": `\"`, `\\`, `\n`, `\uXXXX`).
 */
export function kqlString(text: string): string {
  const escaped = text.replace(/[^\x20-\x7e]|["\\]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    // Beyond the first plane a character is two units, and each is written on its own.
    return Array.from({ length: character.length }, (_, index) => unicodeEscape(character.charCodeAt(index))).join("");
  });
  return `"${escaped}"`;
}

/** Several texts as the list of an `in` operator. */
export function kqlList(texts: readonly string[]): string {
  return `(${texts.map(kqlString).join(", ")})`;
}

/** A moment, in milliseconds since the epoch, as a KQL literal. */
export function kqlTime(timeMs: number): string {
  return `datetime(${new Date(timeMs).toISOString()})`;
}

/** Statements one below the other, as people write them. */
export function kqlPipe(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part): part is string => typeof part === "string").join("\n| ");
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
