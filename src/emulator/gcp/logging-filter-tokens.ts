import { invalidArgument } from "./google-error.ts";

export interface Token {
  readonly kind: "symbol" | "text" | "quoted" | "end";
  readonly text: string;
}

// Comments run from two hyphens to the end of the line; unquoted text has letters, digits and a few signs (Logging guide, "Values and conversions").
const TOKEN =
  /(?:\s|--[^\n]*(?:\n|$))*(?:(<=|>=|!=|=~|!~|[()<>=:.,-])|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([\w$*+/;@~#%&?[\]{}|]+(?:-[\w$*+/;@~#%&?[\]{}|]+)*))/y;
const TRAILING = /(?:\s|--[^\n]*(?:\n|$))*$/y;
const ESCAPES: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** Cuts a filter of the Logging query language into tokens. @throws GoogleError for what it cannot read. */
export function tokenizeLoggingFilter(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  let index = 0;
  for (;;) {
    TRAILING.lastIndex = index;
    if (TRAILING.test(filter)) return tokens;
    TOKEN.lastIndex = index;
    const match = TOKEN.exec(filter);
    if (match === null) throw unparseable(filter.slice(index).trimStart().charAt(0));
    index = TOKEN.lastIndex;
    const [, symbol, double, single, text] = match;
    if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
    else if (text !== undefined) tokens.push({ kind: "text", text });
    else tokens.push({ kind: "quoted", text: unescapeText(double ?? single ?? "") });
  }
}

/** How the vendor words a filter that is none. */
export function unparseable(near: string): Error {
  return invalidArgument(`Unparseable filter: syntax error at line 1, column 1, token '${near}'`);
}

/** Backslash escapes; a backslash before any other character stays, as regular expressions need it. */
function unescapeText(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (whole, hex?: string, unicode?: string, character = "") => {
    const code = hex ?? unicode;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return ESCAPES[character] ?? (/["'\\]/.test(character) ? character : whole);
  });
}
