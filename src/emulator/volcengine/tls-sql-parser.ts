import { END, type SqlToken, sqlError, sqlTokens } from "./tls-sql-tokens.ts";

export type Expression =
  | { readonly type: "literal"; readonly value: string | number | null }
  | { readonly type: "column"; readonly name: string }
  | { readonly type: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: "not"; readonly operand: Expression }
  | { readonly type: "in"; readonly operand: Expression; readonly values: readonly Expression[] }
  | { readonly type: "is-null"; readonly operand: Expression }
  | { readonly type: "call"; readonly name: string; readonly arguments: readonly Expression[]; readonly distinct: boolean };

interface SelectItem {
  readonly name: string;
  readonly expression: Expression;
}

export interface SelectStatement {
  /** Undefined for `select *`. */
  readonly items: readonly SelectItem[] | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly orderBy: readonly { readonly expression: Expression; readonly descending: boolean }[];
  readonly limit: number;
}

/** Rows of a statement without LIMIT (log service guide, "LIMIT clause"), and the most that one can ask for. */
const ROWS_BY_DEFAULT = 100;
const MOST_ROWS = 1_000_000;
const RESERVED: ReadonlySet<string> = new Set([
  "from",
  "where",
  "group",
  "order",
  "limit",
  "as",
  "and",
  "or",
  "not",
  "in",
  "like",
  "is",
  "between",
  "by",
  "asc",
  "desc",
]);

/** Parses `select … [from log] [where …] [group by …] [order by …] [limit n]`. @throws VolcengineError for anything else. */
export function parseSelect(statement: string): SelectStatement {
  return new SqlParser(sqlTokens(statement)).parse();
}

class SqlParser {
  readonly #tokens: readonly SqlToken[];
  #position = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  parse(): SelectStatement {
    this.#expectWord("select");
    const items = this.#acceptSymbol("*") ? undefined : this.#list(() => this.#item());
    if (this.#acceptWord("from")) this.#next();
    const where = this.#acceptWord("where") ? this.#expression() : undefined;
    const groupBy = this.#acceptWords("group", "by") ? this.#list(() => this.#expression()) : [];
    const orderBy = this.#acceptWords("order", "by") ? this.#list(() => this.#sortKey()) : [];
    const limit = this.#acceptWord("limit") ? Number(this.#next().text) : ROWS_BY_DEFAULT;
    if (this.#peek().type !== "end") throw sqlError(`unexpected ${this.#peek().text}`);
    if (!Number.isInteger(limit) || limit < 0 || limit > MOST_ROWS) throw sqlError("LIMIT needs a whole number up to 1000000");
    return { items, where, groupBy, orderBy, limit };
  }

  #item(): SelectItem {
    const from = this.#position;
    const expression = this.#expression();
    const written = this.#tokens
      .slice(from, this.#position)
      .map((token) => token.text)
      .join("");
    if (this.#acceptWord("as")) return { name: this.#name(), expression };
    const next = this.#peek();
    if (next.type === "name" && (next.quoted || !RESERVED.has(next.text.toLowerCase()))) return { name: this.#name(), expression };
    return { name: written, expression };
  }

  #sortKey() {
    const expression = this.#expression();
    const descending = this.#acceptWord("desc");
    if (!descending) this.#acceptWord("asc");
    return { expression, descending };
  }

  #expression(): Expression {
    let left = this.#conjunction();
    while (this.#acceptWord("or")) left = { type: "binary", operator: "or", left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): Expression {
    let left = this.#negation();
    while (this.#acceptWord("and")) left = { type: "binary", operator: "and", left, right: this.#negation() };
    return left;
  }

  #negation(): Expression {
    return this.#acceptWord("not") ? { type: "not", operand: this.#negation() } : this.#comparison();
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (this.#acceptWord("is")) {
      const negated = this.#acceptWord("not");
      this.#expectWord("null");
      return negatedIf(negated, { type: "is-null", operand: left });
    }
    const negated = this.#acceptWord("not");
    if (this.#acceptWord("in")) {
      this.#expectSymbol("(");
      const values = this.#list(() => this.#expression());
      this.#expectSymbol(")");
      return negatedIf(negated, { type: "in", operand: left, values });
    }
    if (this.#acceptWord("like")) return negatedIf(negated, { type: "binary", operator: "like", left, right: this.#sum() });
    if (this.#acceptWord("between")) {
      const low: Expression = { type: "binary", operator: ">=", left, right: this.#sum() };
      this.#expectWord("and");
      const high: Expression = { type: "binary", operator: "<=", left, right: this.#sum() };
      return negatedIf(negated, { type: "binary", operator: "and", left: low, right: high });
    }
    if (negated) throw sqlError("NOT needs IN, LIKE or BETWEEN");
    const { type, text } = this.#peek();
    if (type !== "symbol" || !["=", "!=", "<>", "<", "<=", ">", ">="].includes(text)) return left;
    this.#next();
    return { type: "binary", operator: text, left, right: this.#sum() };
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const operator = this.#oneOf(["+", "-"]);
      if (operator === undefined) return left;
      left = { type: "binary", operator, left, right: this.#product() };
    }
  }

  #product(): Expression {
    let left = this.#operand();
    for (;;) {
      const operator = this.#oneOf(["*", "/", "%"]);
      if (operator === undefined) return left;
      left = { type: "binary", operator, left, right: this.#operand() };
    }
  }

  #operand(): Expression {
    const token = this.#next();
    if (token.type === "string") return { type: "literal", value: token.text };
    if (token.type === "number") return { type: "literal", value: Number(token.text) };
    if (token.type === "symbol" && token.text === "(") {
      const inner = this.#expression();
      this.#expectSymbol(")");
      return inner;
    }
    if (token.type !== "name" || (!token.quoted && RESERVED.has(token.text.toLowerCase())))
      throw sqlError(`unexpected ${token.text || "end"}`);
    if (!token.quoted && token.text.toLowerCase() === "null") return { type: "literal", value: null };
    return this.#acceptSymbol("(") ? this.#call(token.text.toLowerCase()) : { type: "column", name: token.text };
  }

  #call(name: string): Expression {
    if (this.#acceptSymbol("*")) {
      this.#expectSymbol(")");
      return { type: "call", name, arguments: [], distinct: false };
    }
    const distinct = this.#acceptWord("distinct");
    const operands = this.#list(() => this.#expression());
    this.#expectSymbol(")");
    return { type: "call", name, arguments: operands, distinct };
  }

  #list<Item>(read: () => Item): readonly Item[] {
    const items = [read()];
    while (this.#acceptSymbol(",")) items.push(read());
    return items;
  }

  #name(): string {
    const token = this.#next();
    if (token.type !== "name") throw sqlError(`unexpected ${token.text}`);
    return token.text;
  }

  #oneOf(symbols: readonly string[]): string | undefined {
    const { type, text } = this.#peek();
    if (type !== "symbol" || !symbols.includes(text)) return undefined;
    this.#next();
    return text;
  }

  #acceptWords(first: string, second: string): boolean {
    if (!this.#acceptWord(first)) return false;
    this.#expectWord(second);
    return true;
  }

  #acceptWord(word: string): boolean {
    const { type, text, quoted } = this.#peek();
    if (type !== "name" || quoted || text.toLowerCase() !== word) return false;
    this.#position++;
    return true;
  }

  #acceptSymbol(symbol: string): boolean {
    return this.#oneOf([symbol]) !== undefined;
  }

  #expectWord(word: string): void {
    if (!this.#acceptWord(word)) throw sqlError(`expected ${word.toUpperCase()} instead of ${this.#peek().text || "the end"}`);
  }

  #expectSymbol(symbol: string): void {
    if (!this.#acceptSymbol(symbol)) throw sqlError(`expected ${symbol} instead of ${this.#peek().text || "the end"}`);
  }

  #peek(): SqlToken {
    return this.#tokens[this.#position] ?? END;
  }

  #next(): SqlToken {
    const token = this.#peek();
    this.#position++;
    return token;
  }
}

function negatedIf(negated: boolean, operand: Expression): Expression {
  return negated ? { type: "not", operand } : operand;
}
