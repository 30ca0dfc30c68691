import type { SqlToken } from "./sls-sql-tokens.ts";
import { sqlError } from "./sls-sql-tokens.ts";

export type SqlValue = string | number | boolean | null;

export type Expression =
  /** `double`: a number with a point, which divides with fractions. */
  | { readonly type: "literal"; readonly value: SqlValue; readonly double?: boolean }
  | { readonly type: "column"; readonly name: string }
  /** `count(*)` has no arguments. */
  | { readonly type: "call"; readonly name: string; readonly arguments: readonly Expression[]; readonly distinct: boolean }
  | { readonly type: "operation"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: "not" | "negative" | "is-null"; readonly operand: Expression }
  | { readonly type: "in"; readonly operand: Expression; readonly values: readonly Expression[] }
  | { readonly type: "cast"; readonly operand: Expression; readonly to: string }
  | {
      readonly type: "case";
      readonly branches: readonly (readonly [when: Expression, then: Expression])[];
      readonly otherwise: Expression;
    };

const COMPARISONS = ["=", "<>", "!=", "<", "<=", ">", ">="];
const RESERVED = [
  "from",
  "where",
  "group",
  "having",
  "order",
  "limit",
  "as",
  "and",
  "or",
  "not",
  "in",
  "is",
  "like",
  "between",
  "asc",
  "desc",
];
const NULL: Expression = { type: "literal", value: null };

/** Reads expressions from tokens; the statement's parser goes on where it stopped. */
export class ExpressionParser {
  readonly #tokens: readonly SqlToken[];
  #position = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): SqlToken {
    const last = this.#tokens.length - 1;
    return this.#tokens[Math.min(this.#position + ahead, last)] ?? { type: "end", text: "<EOF>", column: 1 };
  }

  take(): SqlToken {
    const token = this.peek();
    this.#position++;
    return token;
  }

  /** Takes the word or symbol if it comes next. */
  accept(text: string): boolean {
    const token = this.peek();
    const found = (token.type === "name" || token.type === "symbol") && token.text.toLowerCase() === text;
    if (found) this.#position++;
    return found;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(`expecting '${text}'`);
  }

  unexpected(expectation: string): Error {
    const token = this.peek();
    return sqlError(token.column, `mismatched input '${token.text}' ${expectation}`);
  }

  list(): readonly Expression[] {
    const items = [this.expression()];
    while (this.accept(",")) items.push(this.expression());
    return items;
  }

  expression(): Expression {
    let left = this.#conjunction();
    while (this.accept("or")) left = { type: "operation", operator: "or", left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): Expression {
    let left = this.#negation();
    while (this.accept("and")) left = { type: "operation", operator: "and", left, right: this.#negation() };
    return left;
  }

  #negation(): Expression {
    return this.accept("not") ? { type: "not", operand: this.#negation() } : this.#comparison();
  }

  #comparison(): Expression {
    const left = this.#sum();
    const operator = this.peek().type === "symbol" ? this.peek().text : "";
    if (COMPARISONS.includes(operator)) {
      this.take();
      return { type: "operation", operator: operator === "!=" ? "<>" : operator, left, right: this.#sum() };
    }
    if (this.accept("is")) {
      const negated = this.accept("not");
      this.expect("null");
      const test: Expression = { type: "is-null", operand: left };
      return negated ? { type: "not", operand: test } : test;
    }
    const negated = this.accept("not");
    const test = this.#predicate(left);
    if (test === undefined) {
      if (negated) throw this.unexpected("expecting 'in', 'like' or 'between'");
      return left;
    }
    return negated ? { type: "not", operand: test } : test;
  }

  #predicate(left: Expression): Expression | undefined {
    if (this.accept("in")) {
      this.expect("(");
      const values = this.list();
      this.expect(")");
      return { type: "in", operand: left, values };
    }
    if (this.accept("like")) return { type: "operation", operator: "like", left, right: this.#sum() };
    if (this.accept("between")) {
      const low = this.#sum();
      this.expect("and");
      const high: Expression = { type: "operation", operator: "<=", left, right: this.#sum() };
      return { type: "operation", operator: "and", left: { type: "operation", operator: ">=", left, right: low }, right: high };
    }
    return undefined;
  }

  #sum(): Expression {
    return this.#chain(["+", "-", "||"], () => this.#chain(["*", "/", "%"], () => this.#sign()));
  }

  #chain(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (let next = this.peek(); next.type === "symbol" && operators.includes(next.text); next = this.peek()) {
      this.take();
      left = { type: "operation", operator: next.text, left, right: operand() };
    }
    return left;
  }

  #sign(): Expression {
    return this.accept("-") ? { type: "negative", operand: this.#sign() } : this.#primary();
  }

  #primary(): Expression {
    const token = this.peek();
    if (this.accept("(")) {
      const inside = this.expression();
      this.expect(")");
      return inside;
    }
    if (token.type === "string" || token.type === "number" || token.type === "quoted") {
      this.take();
      if (token.type === "quoted") return { type: "column", name: token.text };
      if (token.type === "string") return { type: "literal", value: token.text };
      return { type: "literal", value: Number(token.text), double: /[.eE]/.test(token.text) };
    }
    const word = token.text.toLowerCase();
    if (token.type !== "name" || RESERVED.includes(word)) throw this.unexpected("expecting an expression");
    this.take();
    if (word === "null") return NULL;
    if (word === "true" || word === "false") return { type: "literal", value: word === "true" };
    if (word === "case") return this.#case();
    if (!this.accept("(")) return { type: "column", name: token.text };
    return word === "cast" || word === "try_cast" ? this.#cast() : this.#call(word);
  }

  #case(): Expression {
    const subject = this.peek().text.toLowerCase() === "when" ? undefined : this.expression();
    const branches: (readonly [Expression, Expression])[] = [];
    while (this.accept("when")) {
      const when = this.expression();
      this.expect("then");
      const then = this.expression();
      branches.push([subject === undefined ? when : { type: "operation", operator: "=", left: subject, right: when }, then]);
    }
    const otherwise = this.accept("else") ? this.expression() : NULL;
    this.expect("end");
    return { type: "case", branches, otherwise };
  }

  #cast(): Expression {
    const operand = this.expression();
    this.expect("as");
    const to = this.take().text.toLowerCase();
    this.expect(")");
    return { type: "cast", operand, to };
  }

  #call(name: string): Expression {
    if (this.accept(")")) return { type: "call", name, arguments: [], distinct: false };
    if (this.accept("*")) {
      this.expect(")");
      return { type: "call", name, arguments: [], distinct: false };
    }
    const distinct = this.accept("distinct");
    const list = this.list();
    this.expect(")");
    return { type: "call", name, arguments: list, distinct };
  }
}
