import type { Expression, NamedExpression } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "=~", "!~", "<", "<=", ">", ">="]);
const STRING_OPERATORS: ReadonlySet<string> = new Set(
  ["contains", "has", "startswith", "endswith"].flatMap((name) => [name, `!${name}`, `${name}_cs`, `!${name}_cs`]),
);
const LISTS: ReadonlySet<string> = new Set(["in", "!in", "in~", "!in~", "has_any", "has_all"]);

/** Reads an expression: `or` binds loosest, then `and`, comparisons, sums, products. @throws KqlError */
export function parseExpression(reader: TokenReader): Expression {
  let left = parseConjunction(reader);
  while (reader.take("or")) left = { kind: "binary", operator: "or", left, right: parseConjunction(reader) };
  return left;
}

/** `Name = expression` or an expression alone. */
export function parseNamed(reader: TokenReader): NamedExpression {
  const { current, following } = reader;
  const named = (current.kind === "name" || current.kind === "quoted-name") && following.kind === "symbol" && following.text === "=";
  if (!named) return { expression: parseExpression(reader) };
  const name = reader.name();
  reader.expect("=");
  return { name, expression: parseExpression(reader) };
}

function parseConjunction(reader: TokenReader): Expression {
  let left = parseComparison(reader);
  while (reader.take("and")) left = { kind: "binary", operator: "and", left, right: parseComparison(reader) };
  return left;
}

function parseComparison(reader: TokenReader): Expression {
  const left = parseSum(reader);
  const { text, kind } = reader.current;
  if (kind === "symbol" && COMPARISONS.has(text)) return { kind: "binary", operator: reader.next().text, left, right: parseSum(reader) };
  if (kind !== "name") return left;
  if (STRING_OPERATORS.has(text)) return { kind: "binary", operator: reader.next().text, left, right: parseSum(reader) };
  if (text === "matches") {
    reader.next();
    reader.expect("regex");
    return { kind: "binary", operator: "matches regex", left, right: parseSum(reader) };
  }
  if (LISTS.has(text)) {
    const operator = reader.next().text;
    reader.expect("(");
    const items = reader.list(() => parseExpression(reader));
    reader.expect(")");
    return { kind: "list", operator, left, items };
  }
  if (text !== "between" && text !== "!between") return left;
  const operator = reader.next().text;
  reader.expect("(");
  const from = parseSum(reader);
  reader.expect("..");
  const to = parseSum(reader);
  reader.expect(")");
  return { kind: "list", operator, left, items: [from, to] };
}

function parseSum(reader: TokenReader): Expression {
  let left = parseProduct(reader);
  while (reader.is("+") || reader.is("-")) left = { kind: "binary", operator: reader.next().text, left, right: parseProduct(reader) };
  return left;
}

function parseProduct(reader: TokenReader): Expression {
  let left = parseUnary(reader);
  while (reader.is("*") || reader.is("/") || reader.is("%"))
    left = { kind: "binary", operator: reader.next().text, left, right: parseUnary(reader) };
  return left;
}

function parseUnary(reader: TokenReader): Expression {
  if (reader.take("-")) return { kind: "negative", operand: parseUnary(reader) };
  let expression = parsePrimary(reader);
  for (;;) {
    if (reader.take(".")) expression = { kind: "member", object: expression, key: reader.name() };
    else if (reader.take("[")) {
      const index = parseExpression(reader);
      reader.expect("]");
      const constant = index.kind === "literal" && (typeof index.value === "string" || typeof index.value === "number");
      expression = constant
        ? { kind: "member", object: expression, key: index.value as string | number }
        : { kind: "index", object: expression, index };
    } else return expression;
  }
}

function parsePrimary(reader: TokenReader): Expression {
  const { current } = reader;
  if (current.kind === "literal") {
    reader.next();
    return { kind: "literal", type: current.type ?? "string", value: current.value };
  }
  if (reader.take("(")) {
    const inside = parseExpression(reader);
    reader.expect(")");
    return inside;
  }
  if (reader.take("*")) return { kind: "star" };
  if (current.kind === "quoted-name") return { kind: "name", name: reader.name() };
  if (current.kind !== "name") throw reader.error();
  const name = reader.name();
  if (name === "true" || name === "false") return { kind: "literal", type: "bool", value: name === "true" };
  if (!reader.take("(")) return { kind: "name", name };
  if (reader.take(")")) return { kind: "call", name, arguments: [] };
  const list = reader.list(() => parseExpression(reader));
  reader.expect(")");
  return { kind: "call", name, arguments: list };
}
