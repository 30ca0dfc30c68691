import { type Expression, ExpressionParser } from "./sls-sql-expression.ts";
import { sqlTokens } from "./sls-sql-tokens.ts";

export interface SqlColumn {
  /** As the result calls it: the alias, the column, or a name made up by the engine. */
  readonly name: string;
  readonly expression: Expression;
}

export interface SqlStatement {
  /** `*`: every column. */
  readonly columns: readonly SqlColumn[] | "*";
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | undefined;
  readonly orderBy: readonly { readonly expression: Expression; readonly descending: boolean }[];
  readonly limit: { readonly offset: number; readonly count: number } | undefined;
}

/** Reads an analytic statement: one SELECT over the logs that were found, without joins and subqueries. Throws SlsError. */
export function parseSql(sql: string): SqlStatement {
  const parser = new ExpressionParser(sqlTokens(sql));
  parser.expect("select");
  const columns = parser.accept("*") ? "*" : selectList(parser);
  if (parser.accept("from")) parser.expect("log");
  const where = parser.accept("where") ? parser.expression() : undefined;
  const groupBy = acceptTwo(parser, "group", "by") ? parser.list() : [];
  const having = parser.accept("having") ? parser.expression() : undefined;
  const orderBy = acceptTwo(parser, "order", "by") ? orderList(parser) : [];
  const limit = parser.accept("limit") ? limitOf(parser) : undefined;
  if (parser.peek().type !== "end") throw parser.unexpected("expecting '<EOF>'");
  return { columns, where, groupBy, having, orderBy, limit };
}

function selectList(parser: ExpressionParser): readonly SqlColumn[] {
  const columns: SqlColumn[] = [];
  do {
    const expression = parser.expression();
    const named = parser.accept("as") || isAlias(parser);
    const name = named ? parser.take().text : expression.type === "column" ? expression.name : `_col${columns.length}`;
    columns.push({ name, expression });
  } while (parser.accept(","));
  return columns;
}

function isAlias(parser: ExpressionParser): boolean {
  const { type, text } = parser.peek();
  if (type === "quoted") return true;
  return type === "name" && !["from", "where", "group", "having", "order", "limit"].includes(text.toLowerCase());
}

function acceptTwo(parser: ExpressionParser, first: string, second: string): boolean {
  if (!parser.accept(first)) return false;
  parser.expect(second);
  return true;
}

function orderList(parser: ExpressionParser): SqlStatement["orderBy"] {
  const items: { expression: Expression; descending: boolean }[] = [];
  do {
    const expression = parser.expression();
    const descending = parser.accept("desc");
    if (!descending) parser.accept("asc");
    items.push({ expression, descending });
  } while (parser.accept(","));
  return items;
}

/** `limit 10`, or `limit 20, 10` for ten rows after the first twenty. */
function limitOf(parser: ExpressionParser): SqlStatement["limit"] {
  const first = wholeNumber(parser);
  return parser.accept(",") ? { offset: first, count: wholeNumber(parser) } : { offset: 0, count: first };
}

function wholeNumber(parser: ExpressionParser): number {
  const token = parser.peek();
  if (token.type !== "number" || !/^\d+$/.test(token.text)) throw parser.unexpected("expecting a whole number");
  parser.take();
  return Number(token.text);
}
