import type { TraceData, TraceSegment } from "../trace-data.ts";
import { AwsError } from "./aws-error.ts";

type Predicate = (subject: Subject) => boolean;

/** What a filter expression is asked about: a trace as a whole, or one of its services. */
interface Subject {
  readonly trace: TraceData;
  readonly segment: TraceSegment;
  readonly durationMs: number;
}

const TOKEN =
  /\s*(?:(AND|OR)\b|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d+(?:\.\d+)?)|(service|edge)\s*(?=\()|([A-Za-z_][\w.]*)|(!=|<=|>=|[=<>!(){},:]))/y;

interface Token {
  readonly type: "logic" | "string" | "number" | "complex" | "word" | "symbol" | "end";
  readonly text: string;
}

const END: Token = { type: "end", text: "" };

/**
 * Compiles a filter expression (AWS X-Ray developer guide, "Using filter expressions"): ok, error, throttle, fault, partial, root,
 * responsetime, duration, http.status, http.url, http.method, http.clientip, service(), edge(), AND, OR, ! and parentheses. Terms side by
 * side are joined by AND. Throws `InvalidRequestException` for what is wrong or not among these.
 */
export function compileTraceFilter(expression: string): (trace: TraceData) => boolean {
  const tokens = tokensOf(expression);
  let position = 0;
  const peek = (): Token => tokens[position] ?? END;
  const take = (): Token => tokens[position++] ?? END;
  const accept = (text: string): boolean => {
    const found = peek().text === text && peek().type !== "string";
    if (found) position++;
    return found;
  };
  const expect = (text: string): void => {
    if (!accept(text)) throw invalidExpression();
  };

  const either = (): Predicate => {
    const parts = [both()];
    while (accept("OR")) parts.push(both());
    return (subject) => parts.some((part) => part(subject));
  };
  const both = (): Predicate => {
    const parts = [single()];
    while (accept("AND") || !(peek().type === "end" || [")", "}", "OR"].includes(peek().text))) parts.push(single());
    return (subject) => parts.every((part) => part(subject));
  };
  const single = (): Predicate => {
    if (accept("!")) {
      const inner = single();
      return (subject) => !inner(subject);
    }
    if (accept("(")) {
      const inner = either();
      expect(")");
      return inner;
    }
    const token = take();
    if (token.type === "complex") return token.text === "service" ? service() : edge();
    if (token.type !== "word") throw invalidExpression();
    return keyword(token.text);
  };
  const nested = (): Predicate => {
    if (!accept("{")) return () => true;
    const inner = either();
    expect("}");
    return inner;
  };
  const service = (): Predicate => {
    expect("(");
    const wanted = accept(")") ? undefined : name();
    if (wanted !== undefined) expect(")");
    const inner = nested();
    return ({ trace }) =>
      trace.segments.some((segment) => (wanted === undefined || segment.service === wanted) && inner(ofSegment(trace, segment)));
  };
  const edge = (): Predicate => {
    expect("(");
    const source = name();
    expect(",");
    const target = name();
    expect(")");
    const inner = nested();
    return ({ trace }) =>
      trace.segments.some((segment) => {
        const caller = segment.parent === null ? undefined : trace.segments[segment.parent];
        return segment.service === target && caller?.service === source && inner(ofSegment(trace, segment));
      });
  };
  const name = (): string => {
    if (accept("id")) {
      expect("(");
      expect("name");
      expect(":");
      const found = name();
      expect(")");
      return found;
    }
    const token = take();
    if (token.type !== "string") throw invalidExpression();
    return token.text;
  };
  const keyword = (word: string): Predicate => {
    const boolean = BOOLEANS[word];
    if (boolean !== undefined) return compareBoolean(boolean, peek(), take);
    const number = NUMBERS[word];
    if (number !== undefined) {
      const compare = COMPARISONS[take().text];
      const token = take();
      if (compare === undefined || token.type !== "number") throw invalidExpression();
      return (subject) => compare(number(subject), Number(token.text));
    }
    const text = STRINGS[word];
    if (text === undefined) throw invalidExpression();
    const compare = TEXT_COMPARISONS[take().text];
    const token = take();
    if (compare === undefined || token.type !== "string") throw invalidExpression();
    return (subject) => compare(text(subject), token.text);
  };

  const predicate = either();
  if (position !== tokens.length) throw invalidExpression();
  return (trace) => predicate({ trace, segment: trace.segments[0], durationMs: trace.endMs - trace.startMs });
}

function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = expression.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw invalidExpression();
    const [, logic, double, single, number, complex, word, symbol = ""] = match;
    if (logic !== undefined) tokens.push({ type: "logic", text: logic });
    else if (double !== undefined || single !== undefined)
      tokens.push({ type: "string", text: (double ?? single ?? "").replace(/\\(.)/g, "$1") });
    else if (number !== undefined) tokens.push({ type: "number", text: number });
    else if (complex !== undefined) tokens.push({ type: "complex", text: complex });
    else if (word !== undefined) tokens.push({ type: "word", text: word });
    else tokens.push({ type: "symbol", text: symbol });
  }
  if (tokens.length === 0) throw invalidExpression();
  return tokens;
}

function ofSegment(trace: TraceData, segment: TraceSegment): Subject {
  return { trace, segment, durationMs: segment.endMs - segment.startMs };
}

/** `fault`, `fault = true`, `fault != true`. */
function compareBoolean(read: Predicate, operator: Token, take: () => Token): Predicate {
  if (operator.type !== "symbol" || (operator.text !== "=" && operator.text !== "!=")) return read;
  take();
  const { text } = take();
  if (text !== "true" && text !== "false") throw invalidExpression();
  const wanted = (text === "true") === (operator.text === "=");
  return (subject) => read(subject) === wanted;
}

function invalidExpression(): AwsError {
  return new AwsError("InvalidRequestException", "Invalid filter expression");
}

// A throttled request (429) is a client error (4xx) too.
const BOOLEANS: Readonly<Record<string, Predicate>> = {
  ok: ({ segment }) => segment.httpStatus < 300,
  error: ({ segment }) => segment.httpStatus >= 400 && segment.httpStatus < 500,
  throttle: ({ segment }) => segment.httpStatus === 429,
  fault: ({ segment }) => segment.httpStatus >= 500,
  partial: () => false,
  root: ({ segment }) => segment.parent === null,
};
const NUMBERS: Readonly<Record<string, (subject: Subject) => number>> = {
  responsetime: ({ segment }) => (segment.endMs - segment.startMs) / 1_000,
  duration: ({ durationMs }) => durationMs / 1_000,
  "http.status": ({ segment }) => segment.httpStatus,
};
const STRINGS: Readonly<Record<string, (subject: Subject) => string>> = {
  "http.url": ({ segment }) => segmentUrl(segment),
  "http.method": ({ segment }) => segment.method,
  "http.clientip": ({ trace }) => trace.clientIp,
};
const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};
const TEXT_COMPARISONS: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  CONTAINS: (left, right) => left.includes(right),
  BEGINSWITH: (left, right) => left.startsWith(right),
  ENDSWITH: (left, right) => left.endsWith(right),
};

export function segmentUrl({ service, path }: TraceSegment): string {
  return `https://${service}.example.com${path}`;
}
