import { parseExpression, parseNamed } from "./parse-expression.ts";
import type { JoinCondition, Operator, Pipeline, Query, SortKey, Source, Union } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";
import type { KqlType } from "./value.ts";

const SCALAR_TYPES: ReadonlySet<string> = new Set(["bool", "int", "long", "real", "string", "datetime", "timespan", "dynamic"]);

/** Reads a whole query. @throws KqlError where it is none, or uses an operator that is not emulated. */
export function parseQuery(text: string): Query {
  const reader = new TokenReader(text);
  const lets = new Map<string, Query["lets"] extends ReadonlyMap<string, infer Value> ? Value : never>();
  while (reader.take("let")) {
    const name = reader.name();
    reader.expect("=");
    lets.set(name, isTabular(reader, lets) ? parsePipeline(reader) : parseExpression(reader));
    reader.expect(";");
  }
  const pipeline = parsePipeline(reader);
  reader.take(";");
  if (reader.current.kind !== "end") throw reader.error();
  return { lets, pipeline };
}

/** A `let` of a table is told from one of a value by what follows its first name. */
function isTabular(reader: TokenReader, lets: ReadonlyMap<string, unknown>): boolean {
  const { current, following } = reader;
  if (current.kind !== "name") return false;
  if (current.text === "union" || current.text === "print") return true;
  const known = lets.get(current.text);
  const table = typeof known === "object" && known !== null && "source" in known;
  return following.text === "|" || ((following.text === ";" || following.text === "<EOF>") && (table || known === undefined));
}

function parsePipeline(reader: TokenReader): Pipeline {
  const source = parseSource(reader);
  const operators: Operator[] = [];
  while (reader.take("|")) operators.push(parseOperator(reader));
  return { source, operators };
}

function parseSource(reader: TokenReader): Source {
  if (reader.take("(")) {
    const pipeline = parsePipeline(reader);
    reader.expect(")");
    return { kind: "pipeline", pipeline };
  }
  if (reader.is("union") && reader.following.text !== "|") {
    reader.next();
    return { kind: "union", ...parseUnion(reader) };
  }
  if (reader.take("print")) return { kind: "print", columns: reader.list(() => parseNamed(reader)) };
  return { kind: "table", name: reader.name() };
}

function parseOperator(reader: TokenReader): Operator {
  const start = reader.current;
  const name = reader.hyphenatedName();
  switch (name) {
    case "where":
    case "filter":
      return { kind: "where", predicate: parseExpression(reader) };
    case "extend":
    case "project":
      return { kind: name, columns: reader.list(() => parseNamed(reader)) };
    case "project-away":
    case "project-keep":
      return { kind: name, patterns: reader.list(() => parsePattern(reader)) };
    case "project-rename":
      return { kind: name, renames: reader.list(() => parseRename(reader)) };
    case "summarize":
      return parseSummarize(reader);
    case "sort":
    case "order":
      reader.expect("by");
      return { kind: "sort", keys: reader.list(() => parseSortKey(reader)) };
    case "top": {
      const count = parseExpression(reader);
      reader.expect("by");
      return { kind: "top", count, key: parseSortKey(reader) };
    }
    case "take":
    case "limit":
      return { kind: "take", count: parseExpression(reader) };
    case "distinct":
      return { kind: "distinct", columns: reader.list(() => parseNamed(reader)) };
    case "count":
      return { kind: "count" };
    case "mv-expand":
    case "mvexpand":
      return parseExpand(reader);
    case "join":
      return parseJoin(reader);
    case "union":
      return { kind: "union", ...parseUnion(reader) };
    default:
      throw reader.error(start);
  }
}

function parsePattern(reader: TokenReader): string {
  let pattern = reader.take("*") ? "*" : reader.name();
  while (reader.is("*")) pattern += reader.next().text;
  return pattern;
}

function parseRename(reader: TokenReader): { to: string; from: string } {
  const to = reader.name();
  reader.expect("=");
  return { to, from: reader.name() };
}

function parseSummarize(reader: TokenReader): Operator {
  const aggregates = reader.is("by") ? [] : reader.list(() => parseNamed(reader));
  const by = reader.take("by") ? reader.list(() => parseNamed(reader)) : [];
  return { kind: "summarize", aggregates, by };
}

function parseSortKey(reader: TokenReader): SortKey {
  const expression = parseExpression(reader);
  const ascending = reader.take("asc");
  if (!ascending) reader.take("desc");
  if (!reader.take("nulls")) return { expression, descending: !ascending, nullsFirst: ascending };
  const nullsFirst = reader.take("first");
  if (!nullsFirst) reader.expect("last");
  return { expression, descending: !ascending, nullsFirst };
}

function parseExpand(reader: TokenReader): Operator {
  const column = parseNamed(reader);
  if (!reader.take("to")) return { kind: "mv-expand", column, type: undefined };
  reader.expect("typeof");
  reader.expect("(");
  const type = reader.name();
  if (!SCALAR_TYPES.has(type)) throw reader.error();
  reader.expect(")");
  return { kind: "mv-expand", column, type: type as KqlType };
}

function parseJoin(reader: TokenReader): Operator {
  const join = parameterOf(reader, "kind") ?? "innerunique";
  const right: Pipeline = { source: parseSource(reader), operators: [] };
  reader.expect("on");
  return { kind: "join", join, right, on: reader.list(() => parseJoinCondition(reader)) };
}

function parseJoinCondition(reader: TokenReader): JoinCondition {
  const first = reader.name();
  if (first !== "$left" && first !== "$right") return { left: first, right: first };
  reader.expect(".");
  const one = reader.name();
  reader.expect("==");
  reader.expect(first === "$left" ? "$right" : "$left");
  reader.expect(".");
  const other = reader.name();
  return first === "$left" ? { left: one, right: other } : { left: other, right: one };
}

function parseUnion(reader: TokenReader): Union {
  let [outer, fuzzy]: [boolean, boolean] = [true, false];
  let withSource: string | undefined;
  for (;;) {
    const kind = parameterOf(reader, "kind");
    const isFuzzy = parameterOf(reader, "isfuzzy");
    const source = parameterOf(reader, "withsource") ?? parameterOf(reader, "with_source");
    if (kind === undefined && isFuzzy === undefined && source === undefined) break;
    if (kind !== undefined) outer = kind === "outer";
    if (isFuzzy !== undefined) fuzzy = isFuzzy === "true";
    withSource = source ?? withSource;
  }
  const parts = reader.list((): Pipeline => ({ source: parseSource(reader), operators: [] }));
  return { outer, fuzzy, withSource, parts };
}

/** `kind=inner`: undefined where it is not there. */
function parameterOf(reader: TokenReader, name: string): string | undefined {
  if (!reader.is(name) || reader.following.text !== "=") return undefined;
  reader.next();
  reader.expect("=");
  return reader.name();
}
