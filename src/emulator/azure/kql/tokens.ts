import { type KqlPlace, syntaxError } from "./kql-error.ts";
import { type KqlType, parseDatetime, parseTimespan } from "./value.ts";

export interface KqlToken {
  readonly kind: "name" | "quoted-name" | "literal" | "symbol" | "end";
  readonly text: string;
  /** Of literals. */
  readonly type?: KqlType;
  readonly value?: unknown;
  readonly start: number;
  readonly end: number;
}

const UNITS_MS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  seconds: 1_000,
  ms: 1,
  milli: 1,
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
};
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "'": "'", '"': '"', "\\": "\\", "0": "\0" };

const SPACE = /(?:\s|\/\/[^\n]*)+/y;
const PATTERNS = [
  { kind: "typed", pattern: /(datetime|date|timespan|time|dynamic)\s*\(/y },
  { kind: "verbatim", pattern: /@'((?:[^']|'')*)'|@"((?:[^"]|"")*)"/y },
  { kind: "string", pattern: /h?'((?:[^'\\\n]|\\.)*)'|h?"((?:[^"\\\n]|\\.)*)"/y },
  { kind: "quoted-name", pattern: /\[\s*'([^'\n]+)'\s*\]|\[\s*"([^"\n]+)"\s*\]/y },
  { kind: "number", pattern: /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?([A-Za-z]+)?(?!\w)/y },
  {
    kind: "name",
    pattern: /!?in~|!?(?:contains|has|startswith|endswith)_cs\b|!(?:in|contains|has|startswith|endswith|between)\b|[A-Za-z_$][\w$]*/y,
  },
  { kind: "symbol", pattern: /\.\.|==|!=|=~|!~|<=|>=|[<>|=,()[\].+\-*/%;:]/y },
] as const;

/** Splits a query. @throws KqlError for characters that are no token. */
export function kqlTokens(query: string): readonly KqlToken[] {
  const tokens: KqlToken[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    if (SPACE.test(query)) at = SPACE.lastIndex;
    if (at >= query.length) break;
    const token = tokenAt(query, at, tokens.at(-1));
    tokens.push(token);
    at = token.end;
  }
  return [...tokens, { kind: "end", text: "<EOF>", start: query.length, end: query.length }];
}

/** Where a token stands. */
export function placeOf(query: string, { start, text }: Pick<KqlToken, "start" | "text">): KqlPlace {
  const before = query.slice(0, start).split("\n");
  return { line: before.length, position: before.at(-1)?.length ?? 0, token: text };
}

function tokenAt(query: string, start: number, previous: KqlToken | undefined): KqlToken {
  for (const { kind, pattern } of PATTERNS) {
    pattern.lastIndex = start;
    const match = pattern.exec(query);
    if (match === null) continue;
    const [text, first, second] = match;
    const span = { text, start, end: start + text.length };
    switch (kind) {
      case "typed": {
        const literal = typedLiteral(query, start, span.end, first ?? "");
        if (literal !== undefined) return literal;
        break;
      }
      case "verbatim": {
        const value = first === undefined ? (second ?? "").replaceAll('""', '"') : first.replaceAll("''", "'");
        return { ...span, kind: "literal", type: "string", value };
      }
      case "string":
        return { ...span, kind: "literal", type: "string", value: unescaped(first ?? second ?? "") };
      case "quoted-name":
        // Right after something that has members it is an index, not a name.
        if (previous?.end === start && (previous.kind !== "symbol" || previous.text === ")" || previous.text === "]")) break;
        return { ...span, kind: "quoted-name", text: first ?? second ?? "" };
      case "number": {
        const literal = numberLiteral(text, first);
        if (literal === undefined) throw syntaxError(placeOf(query, span));
        return { ...span, kind: "literal", ...literal };
      }
      default:
        return { ...span, kind };
    }
  }
  throw syntaxError(placeOf(query, { start, text: query.charAt(start) }));
}

function numberLiteral(text: string, unit: string | undefined): Pick<KqlToken, "type" | "value"> | undefined {
  if (unit === undefined) return { type: /[.eE]/.test(text) ? "real" : "long", value: Number(text) };
  const unitMs = UNITS_MS[unit.toLowerCase()];
  return unitMs === undefined ? undefined : { type: "timespan", value: Number(text.slice(0, -unit.length)) * unitMs };
}

/** `datetime(2026-03-10)`; undefined where the parentheses hold an expression: then it is a name like any other. */
function typedLiteral(query: string, start: number, open: number, name: string): KqlToken | undefined {
  const close = name === "dynamic" ? closingParenthesis(query, open) : query.indexOf(")", open);
  if (close < 0) throw syntaxError(placeOf(query, { start, text: name }));
  const inside = query.slice(open, close).trim();
  const token = { kind: "literal", text: query.slice(start, close + 1), start, end: close + 1 } as const;
  const plain = inside.replace(/^(['"])(.*)\1$/, "$2");
  if (name === "dynamic") return { ...token, type: "dynamic", value: dynamicValue(query, token, inside) };
  const type = name.startsWith("date") ? "datetime" : "timespan";
  if (plain === "null") return { ...token, type, value: null };
  const value =
    type === "datetime" ? parseDatetime(plain) : (parseTimespan(plain) ?? numberLiteral(plain, /[a-z]+$/i.exec(plain)?.[0])?.value);
  return typeof value === "number" ? { ...token, type, value } : undefined;
}

function closingParenthesis(query: string, open: number): number {
  let quote = "";
  let depth = 1;
  for (let at = open; at < query.length; at++) {
    const character = query.charAt(at);
    if (quote !== "") {
      if (character === "\\") at++;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0) return at;
  }
  return -1;
}

function dynamicValue(query: string, token: Pick<KqlToken, "start" | "text">, inside: string): unknown {
  try {
    // Kusto takes strings in single quotes too.
    return JSON.parse(inside.replace(/'((?:[^'\\]|\\.)*)'/g, (_, text: string) => JSON.stringify(unescaped(text))));
  } catch {
    throw syntaxError(placeOf(query, token));
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/g, (whole, code: string | undefined, character: string) =>
    code === undefined ? (ESCAPES[character] ?? whole) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
