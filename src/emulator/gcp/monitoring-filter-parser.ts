import { invalidArgument } from "./google-error.ts";

export interface Comparison {
  readonly kind: "comparison";
  /** `["metric", "labels", "state"]`. */
  readonly path: readonly string[];
  readonly operator: string;
  readonly call: string | undefined;
  readonly values: readonly string[];
}
interface Combination {
  readonly kind: "and" | "or" | "not";
  readonly parts: readonly Expression[];
}
export type Expression = Comparison | Combination;

interface Token {
  readonly kind: "symbol" | "word" | "quoted" | "end";
  readonly text: string;
}

const TOKEN = /\s*(?:(!=|<=|>=|[()=<>:,.-])|"((?:[^"\\]|\\.)*)"|([\w/]+(?:\.[A-Za-z0-9_]+)*))/y;
const END: Token = { kind: "end", text: "" };
const FUNCTIONS = ["starts_with", "ends_with", "has_substring", "one_of", "monitoring.regex.full_match"] as const;

/** How the vendor words a filter it does not take. */
export function invalidFilter(text: string, reason: string): Error {
  return invalidArgument(`Field filter had an invalid value of "${text}": ${reason}`);
}

/** Reads a monitoring filter (Cloud Monitoring guide, "Monitoring filters"); undefined for an empty one. @throws GoogleError for what is none. */
export function parseMonitoringFilter(text: string): Expression | undefined {
  return text.trim() === "" ? undefined : new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = this.#tokenize();
  }

  parse(): Expression {
    const expression = this.#conjunction();
    if (this.#peek().kind !== "end") throw this.#syntaxError();
    return expression;
  }

  /** AND may be left out between comparisons. */
  #conjunction(): Expression {
    const parts = [this.#disjunction()];
    while (this.#takeWord("AND") || !this.#ends()) parts.push(this.#disjunction());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "and", parts };
  }

  /** OR binds closer than AND (AIP-160). */
  #disjunction(): Expression {
    const parts = [this.#factor()];
    while (this.#takeWord("OR")) parts.push(this.#factor());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "or", parts };
  }

  #ends(): boolean {
    const { kind, text } = this.#peek();
    return kind === "end" || text === ")";
  }

  #factor(): Expression {
    if (this.#takeWord("NOT") || this.#takeSymbol("-")) return { kind: "not", parts: [this.#factor()] };
    if (!this.#takeSymbol("(")) return this.#comparison();
    const inner = this.#conjunction();
    if (!this.#takeSymbol(")")) throw this.#syntaxError();
    return inner;
  }

  #comparison(): Comparison {
    const path = this.#path();
    const operator = this.#take();
    if (operator.kind !== "symbol" || !["=", "!=", "<", "<=", ">", ">=", ":"].includes(operator.text)) throw this.#syntaxError();
    const value = this.#take();
    if (value.kind === "word" && this.#peek().text === "(") {
      const call = value.text;
      if (!(FUNCTIONS as readonly string[]).includes(call)) throw invalidFilter(this.#text, `unknown function "${call}"`);
      if (operator.text !== "=" && operator.text !== "!=") throw this.#syntaxError();
      return { kind: "comparison", path, operator: operator.text, call, values: this.#arguments(call === "one_of") };
    }
    if (value.kind !== "quoted" && value.kind !== "word") throw this.#syntaxError();
    return { kind: "comparison", path, operator: operator.text, call: undefined, values: [value.text] };
  }

  /** Keys that are no identifiers stand in quotes: `metadata.user_labels."cost-center"`. */
  #path(): readonly string[] {
    const first = this.#take();
    if (first.kind !== "word") throw this.#syntaxError();
    const path = first.text.split(".");
    for (;;) {
      if (this.#takeSymbol(".")) {
        const next = this.#take();
        if (next.kind !== "quoted" && next.kind !== "word") throw this.#syntaxError();
        path.push(...(next.kind === "quoted" ? [next.text] : next.text.split(".")));
      } else if (this.#takeSymbol("-")) {
        // A hyphen in an unquoted key: it joins what stands around it.
        const next = this.#take();
        if (next.kind !== "word") throw this.#syntaxError();
        path.push(`${path.pop() ?? ""}-${next.text}`);
      } else return path;
    }
  }

  #arguments(several: boolean): readonly string[] {
    this.#takeSymbol("(");
    const values: string[] = [];
    do {
      const value = this.#take();
      if (value.kind !== "quoted" && value.kind !== "word") throw this.#syntaxError();
      values.push(value.text);
    } while (several && this.#takeSymbol(","));
    if (!this.#takeSymbol(")")) throw this.#syntaxError();
    return values;
  }

  #peek(): Token {
    return this.#tokens[this.#index] ?? END;
  }

  #take(): Token {
    return this.#tokens[this.#index++] ?? END;
  }

  #takeWord(word: string): boolean {
    return this.#takeIf("word", word);
  }

  #takeSymbol(symbol: string): boolean {
    return this.#takeIf("symbol", symbol);
  }

  #takeIf(kind: Token["kind"], text: string): boolean {
    const token = this.#peek();
    if (token.kind !== kind || token.text !== text) return false;
    this.#index++;
    return true;
  }

  #tokenize(): readonly Token[] {
    const tokens: Token[] = [];
    const text = this.#text.trimEnd();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const match = TOKEN.exec(text);
      if (match === null) throw this.#syntaxError();
      const [, symbol, quoted, word] = match;
      if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
      else if (word !== undefined) tokens.push({ kind: "word", text: word });
      else tokens.push({ kind: "quoted", text: (quoted ?? "").replace(/\\(.)/g, "$1") });
    }
    return tokens;
  }

  #syntaxError(): Error {
    return invalidFilter(this.#text, "syntax error in the filter");
  }
}
