import { SlsError } from "./sls-error.ts";

/** A search statement, as a tree. */
export type Search =
  | { readonly type: "all" }
  | { readonly type: "and" | "or"; readonly left: Search; readonly right: Search }
  | { readonly type: "not"; readonly operand: Search }
  /** Without a field it is about every text field. */
  | { readonly type: "term"; readonly field: string | undefined; readonly text: string; readonly phrase: boolean }
  | { readonly type: "exists"; readonly field: string }
  | { readonly type: "compare"; readonly field: string; readonly operator: Comparison; readonly value: number }
  | {
      readonly type: "range";
      readonly field: string;
      readonly low: number;
      readonly high: number;
      readonly open: readonly [boolean, boolean];
    };

export type Comparison = "=" | ">" | ">=" | "<" | "<=";

interface Token {
  readonly type: "word" | "quoted" | "phrase" | "symbol";
  readonly text: string;
}

const MOST_CONDITIONS = 30;

/**
 * Reads the part of a query before `|` (Log Service, "Search syntax"): `and` binds more tightly than `or`, words next to each other are
 * joined by `and`. Throws {@link SlsError} for what is none.
 */
export function parseSearch(text: string): Search {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return { type: "all" };
  let position = 0;
  let conditions = 0;
  const peek = (): Token | undefined => tokens[position];
  const isWord = (token: Token | undefined, word: string) => token?.type === "word" && token.text.toLowerCase() === word;
  const isSymbol = (token: Token | undefined, ...symbols: readonly string[]) => token?.type === "symbol" && symbols.includes(token.text);

  const either = (): Search => {
    let left = both();
    while (isWord(peek(), "or")) {
      position++;
      left = { type: "or", left, right: both() };
    }
    return left;
  };
  const both = (): Search => {
    let left = one();
    for (let next = peek(); next !== undefined && !isWord(next, "or") && !isSymbol(next, ")"); next = peek()) {
      if (isWord(next, "and")) position++;
      // `query1 not query2` is query1 without query2: the same as with an `and` between them.
      left = { type: "and", left, right: one() };
    }
    return left;
  };
  const one = (): Search => {
    const token = peek();
    if (isWord(token, "not")) {
      position++;
      return { type: "not", operand: one() };
    }
    if (isSymbol(token, "(")) {
      position++;
      const inside = either();
      expectSymbol(")");
      return inside;
    }
    return condition();
  };
  const condition = (): Search => {
    if (++conditions > MOST_CONDITIONS) throw invalid(`more than ${MOST_CONDITIONS} conditions`);
    const token = take();
    if (token.type === "symbol" || isWord(token, "and") || isWord(token, "or")) throw invalid(`unexpected ${token.text}`);
    const next = peek();
    if (token.type !== "phrase" && isSymbol(next, ":", "=", ">", ">=", "<", "<=")) {
      position++;
      return next?.text === ":" ? fieldTerm(token.text) : comparison(token.text, next?.text as Comparison);
    }
    if (token.type === "word" && isWord(next, "in") && isSymbol(tokens[position + 1], "[", "(")) {
      position++;
      return range(token.text);
    }
    return term(undefined, token);
  };
  const fieldTerm = (field: string): Search => {
    const token = take();
    if (token.type === "symbol") throw invalid(`${field}: needs a value`);
    if (token.type === "word" && token.text === "*") return { type: "exists", field };
    return term(field, token);
  };
  const comparison = (field: string, operator: Comparison): Search => ({ type: "compare", field, operator, value: number(take()) });
  const range = (field: string): Search => {
    const open = take().text === "(";
    const low = number(take());
    const high = number(take());
    const end = take();
    if (!isSymbol(end, "]", ")")) throw invalid("a range ends with ] or )");
    return { type: "range", field, low, high, open: [open, end.text === ")"] };
  };
  const take = (): Token => {
    const token = tokens[position++];
    if (token === undefined) throw invalid("unexpected end");
    return token;
  };
  const expectSymbol = (symbol: string) => {
    if (!isSymbol(take(), symbol)) throw invalid(`${symbol} is missing`);
  };

  const search = either();
  if (peek() !== undefined) throw invalid(`unexpected ${peek()?.text}`);
  return search;
}

function term(field: string | undefined, { type, text }: Token): Search {
  if (type === "word" && text === "*" && field === undefined) return { type: "all" };
  if (type === "word" && /^[*?]/.test(text)) throw invalid("* and ? cannot begin a word");
  return { type: "term", field, text, phrase: type === "phrase" };
}

function number({ type, text }: Token): number {
  const value = Number(text);
  if (type !== "word" || text === "" || Number.isNaN(value)) throw invalid(`${text} is no number`);
  return value;
}

const TOKEN = /\s+|#"((?:[^"\\]|\\.)*)"|"((?:[^"\\]|\\.)*)"|(>=|<=|[()[\]:=<>])|((?:[^\s"()[\]:=<>\\]|\\.)+)/suy;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let from = 0; from < text.length; from = TOKEN.lastIndex) {
    TOKEN.lastIndex = from;
    const match = TOKEN.exec(text);
    if (match === null) throw invalid(`cannot be read at ${text.slice(from, from + 20)}`);
    const [, phrase, quoted, symbol, word] = match;
    if (phrase !== undefined) tokens.push({ type: "phrase", text: unescaped(phrase) });
    else if (quoted !== undefined) tokens.push({ type: "quoted", text: unescaped(quoted) });
    else if (symbol !== undefined) tokens.push({ type: "symbol", text: symbol });
    else if (word !== undefined) tokens.push({ type: "word", text: unescaped(word) });
  }
  return tokens;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, "$1");
}

function invalid(reason: string): SlsError {
  return new SlsError(400, "ParameterInvalid", `query is invalid: ${reason}`);
}
