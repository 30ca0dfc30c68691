import { type Token, tokenizeLoggingFilter, unparseable } from "./logging-filter-tokens.ts";

export type FilterExpression =
  | { readonly kind: "and" | "or"; readonly parts: readonly FilterExpression[] }
  | { readonly kind: "not"; readonly part: FilterExpression }
  | { readonly kind: "comparison"; readonly path: readonly string[]; readonly operator: FilterOperator; readonly value: FilterValue }
  /** A value without a field: any field may hold it. */
  | { readonly kind: "global"; readonly value: string }
  | { readonly kind: "call"; readonly name: string; readonly values: readonly FilterArgument[] };

type FilterOperator = "=" | "!=" | "<" | "<=" | ">" | ">=" | ":" | "=~" | "!~";

export interface FilterValue {
  readonly text: string;
  readonly quoted: boolean;
}

export interface FilterArgument {
  readonly path: readonly string[];
  readonly quoted: boolean;
}

const OPERATORS: readonly string[] = ["=", "!=", "<", "<=", ">", ">=", ":", "=~", "!~"];
const END: Token = { kind: "end", text: "" };

/**
 * Reads a filter of the Logging query language; undefined for an empty one. NOT binds closest, then OR, then AND, which may be left out
 * (Logging guide, "Logging query language": Boolean operators). @throws GoogleError for what is no filter.
 */
export function parseLoggingFilter(filter: string): FilterExpression | undefined {
  const parser = new Parser(tokenizeLoggingFilter(filter));
  return parser.parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): FilterExpression | undefined {
    if (this.#peek().kind === "end") return undefined;
    const expression = this.#conjunction(() => this.#restriction());
    if (this.#peek().kind !== "end") throw this.#error();
    return expression;
  }

  #conjunction(operand: () => FilterExpression): FilterExpression {
    const parts = [this.#disjunction(operand)];
    while (this.#takeWord("AND") || !this.#ends()) parts.push(this.#disjunction(operand));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "and", parts };
  }

  #disjunction(operand: () => FilterExpression): FilterExpression {
    const parts = [this.#factor(operand)];
    while (this.#takeWord("OR")) parts.push(this.#factor(operand));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "or", parts };
  }

  #factor(operand: () => FilterExpression): FilterExpression {
    if (this.#takeWord("NOT") || this.#takeSymbol("-")) return { kind: "not", part: this.#factor(operand) };
    if (!this.#takeSymbol("(")) return operand();
    const inner = this.#conjunction(operand);
    if (!this.#takeSymbol(")")) throw this.#error();
    return inner;
  }

  #restriction(): FilterExpression {
    const first = this.#take();
    if (first.kind !== "text" && first.kind !== "quoted") throw this.#error(first);
    if (first.kind === "text" && this.#takeSymbol("(")) return { kind: "call", name: first.text, values: this.#arguments() };
    const path = this.#path(first);
    const { kind, text } = this.#peek();
    if (kind !== "symbol" || !OPERATORS.includes(text)) {
      if (path.length > 1) throw this.#error();
      return { kind: "global", value: first.text };
    }
    this.#take();
    return this.#values(path, text as FilterOperator);
  }

  /** A value, or several in parentheses: `severity = (ERROR OR WARNING)`. */
  #values(path: readonly string[], operator: FilterOperator): FilterExpression {
    const comparison = (): FilterExpression => ({ kind: "comparison", path, operator, value: this.#value() });
    if (!this.#takeSymbol("(")) return comparison();
    const values = this.#conjunction(comparison);
    if (!this.#takeSymbol(")")) throw this.#error();
    return values;
  }

  #value(): FilterValue {
    const negative = this.#takeSymbol("-") ? "-" : "";
    const token = this.#take();
    if (token.kind === "quoted" && negative === "") return { text: token.text, quoted: true };
    if (token.kind !== "text") throw this.#error(token);
    // Numbers with a fraction, and names with dots.
    let text = negative + token.text;
    while (this.#takeSymbol(".")) text += `.${this.#take().text}`;
    return { text, quoted: false };
  }

  #path(first: Token): readonly string[] {
    const path = [first.text];
    while (this.#takeSymbol(".")) {
      const next = this.#take();
      if (next.kind !== "text" && next.kind !== "quoted") throw this.#error(next);
      path.push(next.text);
    }
    return path;
  }

  #arguments(): readonly FilterArgument[] {
    const values: FilterArgument[] = [];
    do {
      const token = this.#take();
      if (token.kind !== "text" && token.kind !== "quoted") throw this.#error(token);
      values.push({ path: this.#path(token), quoted: token.kind === "quoted" });
    } while (this.#takeSymbol(","));
    if (!this.#takeSymbol(")")) throw this.#error();
    return values;
  }

  /** Whether nothing follows that could be joined by an AND that was left out. */
  #ends(): boolean {
    const { kind, text } = this.#peek();
    return kind === "end" || (kind === "symbol" && text === ")");
  }

  #peek(): Token {
    return this.#tokens[this.#index] ?? END;
  }

  #take(): Token {
    return this.#tokens[this.#index++] ?? END;
  }

  #takeWord(word: string): boolean {
    return this.#takeIf("text", word);
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

  #error(token: Token = this.#peek()): Error {
    return unparseable(token.text);
  }
}
