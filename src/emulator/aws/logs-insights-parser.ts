import { type InsightsToken, insightsTokens, malformedQuery } from "./logs-insights-tokens.ts";

export type Expression =
  | { readonly type: "field"; readonly name: string }
  | { readonly type: "literal"; readonly value: string | number | boolean }
  | { readonly type: "call"; readonly function: string; readonly arguments: readonly Expression[] }
  | { readonly type: "bin"; readonly periodMs: number }
  | { readonly type: "compare"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: "match"; readonly operand: Expression; readonly pattern: RegExp }
  | { readonly type: "in"; readonly operand: Expression; readonly values: readonly (string | number)[] }
  | { readonly type: "not"; readonly operand: Expression }
  | { readonly type: "and" | "or"; readonly parts: readonly Expression[] };

interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

export interface Measure {
  readonly name: string;
  readonly function: string;
  /** Absent for `count(*)`. */
  readonly operand?: Expression;
  /** For `pct`. */
  readonly percent?: number;
}

export type Command =
  | { readonly type: "fields" | "display"; readonly columns: readonly NamedExpression[] }
  | { readonly type: "filter"; readonly condition: Expression }
  | { readonly type: "stats"; readonly measures: readonly Measure[]; readonly by: readonly NamedExpression[] }
  | { readonly type: "sort"; readonly keys: readonly { readonly name: string; readonly descending: boolean }[] }
  | { readonly type: "limit"; readonly count: number };

/** Functions of a line, by name in lower case, with the number of their arguments. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  ispresent: 1,
  isempty: 1,
  isblank: 1,
  strcontains: 2,
  tolower: 1,
  toupper: 1,
  strlen: 1,
  coalesce: -1,
};
const MEASURES: ReadonlySet<string> = new Set(["count", "count_distinct", "sum", "avg", "min", "max", "pct", "earliest", "latest"]);
const COMPARISONS: ReadonlySet<string> = new Set(["=", "!=", "<", "<=", ">", ">="]);
const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const MOST_RESULTS = 10_000;

/**
 * Parses a Logs Insights query into its commands. What the language has beyond fields, display, filter, stats, sort and limit (parse,
 * dedup, pattern, diff, arithmetic, …) is refused as `MalformedQueryException`, as whatever is wrong.
 */
export function parseInsightsQuery(query: string): readonly Command[] {
  const tokens = insightsTokens(query);
  let position = 0;

  const peek = (): InsightsToken => tokens[position] ?? { type: "end", text: "", start: query.length, end: query.length };
  const take = (): InsightsToken => {
    const token = peek();
    position++;
    return token;
  };
  const fail = (token: InsightsToken, problem = token.type === "end" ? "unexpected end of query" : "unexpected symbol found"): never => {
    throw malformedQuery(`${problem}${token.text === "" ? "" : ` ${token.text}`}`, token.start, token.end);
  };
  const isWord = (word: string): boolean => peek().type === "name" && peek().text.toLowerCase() === word;
  const acceptWord = (word: string): boolean => {
    const found = isWord(word);
    if (found) position++;
    return found;
  };
  const accept = (symbol: string): boolean => {
    const found = peek().type === "symbol" && peek().text === symbol;
    if (found) position++;
    return found;
  };
  const expect = (symbol: string): void => {
    if (!accept(symbol)) fail(peek());
  };
  const name = (): string => {
    const token = take();
    return token.type === "name" || token.type === "quoted-name" ? token.text : fail(token);
  };
  const list = <Item>(item: () => Item): readonly Item[] => {
    const items = [item()];
    while (accept(",")) items.push(item());
    return items;
  };
  const sourceFrom = (start: number): string => query.slice(start, tokens[position - 1]?.end).trim();

  const named = (): NamedExpression => {
    const { start } = peek();
    const expression = operand();
    const source = expression.type === "field" ? expression.name : sourceFrom(start);
    return { name: acceptWord("as") ? name() : source, expression };
  };

  const either = (): Expression => chain("or", () => chain("and", negation));
  const chain = (word: "and" | "or", part: () => Expression): Expression => {
    const first = part();
    if (!isWord(word)) return first;
    const parts = [first];
    while (acceptWord(word)) parts.push(part());
    return { type: word, parts };
  };
  const negation = (): Expression => (acceptWord("not") ? { type: "not", operand: negation() } : condition());
  const condition = (): Expression => {
    if (accept("(")) {
      const inner = either();
      expect(")");
      return inner;
    }
    const left = operand();
    const negated = acceptWord("not");
    const positive = relation(left, negated);
    return negated ? { type: "not", operand: positive } : positive;
  };
  const relation = (left: Expression, negated: boolean): Expression => {
    if (acceptWord("like") || (!negated && accept("=~"))) return { type: "match", operand: left, pattern: pattern() };
    if (acceptWord("in")) {
      expect("[");
      const values = list(() => {
        const literal = operand();
        return literal.type === "literal" && typeof literal.value !== "boolean" ? literal.value : fail(peek());
      });
      expect("]");
      return { type: "in", operand: left, values };
    }
    if (negated) return fail(peek());
    const token = peek();
    if (token.type === "symbol" && COMPARISONS.has(token.text)) {
      position++;
      return { type: "compare", operator: token.text, left, right: operand() };
    }
    return left.type === "call" ? left : fail(token);
  };
  const pattern = (): RegExp => {
    const token = take();
    if (token.type === "string") return new RegExp(token.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (token.type !== "regex") return fail(token);
    const insensitive = token.text.startsWith("(?i)");
    try {
      return new RegExp(insensitive ? token.text.slice(4) : token.text, insensitive ? "i" : "");
    } catch {
      return fail(token, "invalid regular expression");
    }
  };
  const operand = (): Expression => {
    const token = take();
    switch (token.type) {
      case "string":
        return { type: "literal", value: token.text };
      case "number":
        return { type: "literal", value: /\d$/.test(token.text) ? Number(token.text) : fail(token) };
      case "quoted-name":
        return { type: "field", name: token.text };
      case "name":
        if (/^(true|false)$/i.test(token.text)) return { type: "literal", value: token.text.toLowerCase() === "true" };
        return accept("(") ? call(token) : { type: "field", name: token.text };
      default:
        return fail(token);
    }
  };
  const call = (token: InsightsToken): Expression => {
    const called = token.text.toLowerCase();
    if (called === "bin") {
      const { text } = take();
      const [, amount, unit] = /^(\d+)(ms|[smhdw])$/.exec(text) ?? fail(token, "invalid time period");
      expect(")");
      return { type: "bin", periodMs: Number(amount) * (UNITS_MS[unit ?? ""] ?? 1) };
    }
    const arity = FUNCTIONS[called] ?? fail(token, "unknown function");
    const given = list(operand);
    expect(")");
    if (arity >= 0 && given.length !== arity) fail(token, "wrong number of arguments");
    return { type: "call", function: called, arguments: given };
  };

  const measure = (): Measure => {
    const token = take();
    const called = token.text.toLowerCase();
    if (token.type !== "name" || !MEASURES.has(called)) fail(token);
    expect("(");
    const everything = called === "count" && (accept("*") || (peek().text === ")" && peek().type === "symbol"));
    const measured = everything ? undefined : operand();
    const percent = called === "pct" && accept(",") ? Number(take().text) : undefined;
    if (called === "pct" && !(percent !== undefined && percent >= 0 && percent <= 100)) fail(token, "invalid percentile");
    expect(")");
    const source = sourceFrom(token.start);
    return {
      name: acceptWord("as") ? name() : source,
      function: called,
      ...(measured === undefined ? {} : { operand: measured }),
      ...(percent === undefined ? {} : { percent }),
    };
  };
  const sortKey = () => {
    const key = named().name;
    const descending = acceptWord("desc");
    if (!descending) acceptWord("asc");
    return { name: key, descending };
  };
  const command = (): Command => {
    const token = take();
    switch (token.type === "name" ? token.text.toLowerCase() : "") {
      case "fields":
        return { type: "fields", columns: list(named) };
      case "display":
        return { type: "display", columns: list(named) };
      case "filter":
        return { type: "filter", condition: either() };
      case "stats": {
        const measures = list(measure);
        return { type: "stats", measures, by: acceptWord("by") ? list(named) : [] };
      }
      case "sort":
        return { type: "sort", keys: list(sortKey) };
      case "limit": {
        const count = take();
        if (count.type !== "number" || !/^[1-9]\d*$/.test(count.text) || Number(count.text) > MOST_RESULTS) fail(count, "invalid limit");
        return { type: "limit", count: Number(count.text) };
      }
      default:
        return fail(token);
    }
  };

  const commands: Command[] = [];
  do commands.push(command());
  while (accept("|"));
  if (peek().type !== "end") fail(peek());
  return commands;
}
