import { invalidArgument } from "./google-error.ts";
import { type FilterArgument, type FilterExpression, type FilterValue, parseLoggingFilter } from "./logging-filter-parser.ts";
import { parseTimestamp } from "./query-fields.ts";

/** Numbers of `google.logging.type.LogSeverity`. */
export const LOG_SEVERITIES = {
  DEFAULT: 0,
  DEBUG: 100,
  INFO: 200,
  NOTICE: 300,
  WARNING: 400,
  ERROR: 500,
  CRITICAL: 600,
  ALERT: 700,
  EMERGENCY: 800,
} as const;
export type LogSeverityName = keyof typeof LOG_SEVERITIES;

type Entry = Readonly<Record<string, unknown>>;
type EntryTest = (entry: Entry) => boolean;

const LONGEST_FILTER = 20_000;

/** Fields of `LogEntry` a filter may name. */
const ENTRY_FIELDS: ReadonlySet<string> = new Set([
  "logName",
  "resource",
  "timestamp",
  "receiveTimestamp",
  "severity",
  "insertId",
  "httpRequest",
  "labels",
  "operation",
  "trace",
  "spanId",
  "traceSampled",
  "sourceLocation",
  "textPayload",
  "jsonPayload",
  "protoPayload",
  "split",
]);

interface CompiledLoggingFilter {
  readonly matches: EntryTest;
  /** What the filter says about the time of entries as a whole; both ends may belong to it. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Compiles a filter of the Logging query language. @throws GoogleError for what is no filter. */
export function compileLoggingFilter(filter: string): CompiledLoggingFilter {
  if (filter.length > LONGEST_FILTER)
    throw invalidArgument(`Filter is too long. The maximum length of the filter is ${LONGEST_FILTER} characters.`);
  const expression = parseLoggingFilter(filter);
  if (expression === undefined) return { matches: () => true, fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  return { matches: compile(expression), ...timeBounds(expression) };
}

function compile(expression: FilterExpression): EntryTest {
  switch (expression.kind) {
    case "and": {
      const parts = expression.parts.map(compile);
      return (entry) => parts.every((part) => part(entry));
    }
    case "or": {
      const parts = expression.parts.map(compile);
      return (entry) => parts.some((part) => part(entry));
    }
    case "not": {
      const part = compile(expression.part);
      return (entry) => !part(entry);
    }
    case "global":
      return globalTest(expression.value);
    case "call":
      return callTest(expression.name, expression.values);
    case "comparison":
      return comparisonTest(expression);
  }
}

type Comparison = Extract<FilterExpression, { kind: "comparison" }>;

/** Comparisons with fields a payload does not have fail, whatever the operator ("Missing fields"). */
function comparisonTest({ path, operator, value }: Comparison): EntryTest {
  const [root = ""] = path;
  const names = root === "log_name" ? ["logName"] : root === "insert_id" ? ["insertId"] : path;
  if (!ENTRY_FIELDS.has(names[0] ?? "")) throw invalidArgument(`Field not found: '${path.join(".")}'.`);
  if (operator === ":" && value.text === "*" && !value.quoted) return (entry) => valuesAt(entry, names).length > 0;
  if (operator === "=~" || operator === "!~") {
    const pattern = patternOf(value.text);
    const wanted = operator === "=~";
    return (entry) => valuesAt(entry, names).some((found) => pattern.test(textOf(found)) === wanted);
  }
  const order = orderOf(names, value);
  return (entry) => valuesAt(entry, names).some((found) => isOrdered(order(found), operator, found, value));
}

/** How a found value stands to the wanted one: negative, zero or positive; NaN where they cannot be compared. */
function orderOf([root = ""]: readonly string[], value: FilterValue): (found: unknown) => number {
  if (root === "severity") {
    const wanted = severityNumber(value.text);
    return (found) => severityNumber(String(found)) - wanted;
  }
  if (root === "timestamp" || root === "receiveTimestamp") {
    const wanted = timeOf(value.text);
    return (found) => (parseTimestamp(String(found)) ?? Number.NaN) - wanted;
  }
  const number = value.text.trim() === "" ? Number.NaN : Number(value.text);
  const text = value.text.toLowerCase();
  return (found) => {
    if (typeof found === "number") return found - number;
    const other = textOf(found).toLowerCase();
    return other < text ? -1 : other > text ? 1 : 0;
  };
}

function isOrdered(order: number, operator: string, found: unknown, value: FilterValue): boolean {
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case ":":
      // "Has": a part of a text, the whole of anything else.
      return typeof found === "string" ? found.toLowerCase().includes(value.text.toLowerCase()) : order === 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Whether any field of the entry or its payload has the text in it. */
function globalTest(wanted: string): EntryTest {
  const text = wanted.toLowerCase();
  return (entry) => scalarsOf(entry).some((value) => textOf(value).toLowerCase().includes(text));
}

function callTest(name: string, values: readonly FilterArgument[]): EntryTest {
  const [first, second] = values;
  switch (name) {
    case "SEARCH": {
      // SEARCH(query) or SEARCH(field, query): every token of the query is among those of the fields, whatever their case.
      const query = values.length === 2 ? second : values.length === 1 ? first : undefined;
      if (query === undefined || !query.quoted) throw invalidArgument("SEARCH takes a query in quotes, after a field if there is one.");
      const wanted = searchTokens(query.path[0] ?? "");
      const path = values.length === 2 ? first?.path : undefined;
      return (entry) => {
        const found = new Set(
          (path === undefined ? scalarsOf(entry) : scalarsAt(entry, path)).flatMap((value) => searchTokens(textOf(value))),
        );
        return wanted.every((token) => found.has(token));
      };
    }
    case "log_id": {
      const id = first?.path[0];
      if (id === undefined || values.length !== 1) throw invalidArgument("log_id takes the id of a log.");
      return (entry) => String(entry.logName).split("/logs/")[1] === encodeURIComponent(id);
    }
    default:
      throw invalidArgument(`Unparseable filter: unknown function '${name}'`);
  }
}

/** Words as the text analyzer cuts them: at everything that is neither letter nor digit nor underscore. */
function searchTokens(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** The narrowest range of time that entries must be in, as far as comparisons that must all hold tell it. */
function timeBounds(expression: FilterExpression): { fromMs: number; toMs: number } {
  const bounds = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  const parts = expression.kind === "and" ? expression.parts : [expression];
  for (const part of parts) {
    if (part.kind === "and") {
      const inner = timeBounds(part);
      bounds.fromMs = Math.max(bounds.fromMs, inner.fromMs);
      bounds.toMs = Math.min(bounds.toMs, inner.toMs);
    }
    if (part.kind !== "comparison" || part.path.join(".") !== "timestamp") continue;
    const ms = timeOf(part.value.text);
    if (part.operator === ">" || part.operator === ">=" || part.operator === "=") bounds.fromMs = Math.max(bounds.fromMs, ms);
    if (part.operator === "<" || part.operator === "<=" || part.operator === "=") bounds.toMs = Math.min(bounds.toMs, ms);
  }
  return bounds;
}

function severityNumber(text: string): number {
  const name = text.toUpperCase();
  if (Object.hasOwn(LOG_SEVERITIES, name)) return LOG_SEVERITIES[name as LogSeverityName];
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw invalidArgument(`Invalid severity: '${text}'.`);
}

function timeOf(text: string): number {
  const ms = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (ms === undefined) throw invalidArgument(`Invalid timestamp: '${text}'.`);
  return ms;
}

function patternOf(text: string): RegExp {
  // RE2 takes flags in front; JavaScript takes them apart.
  const [, flags = "", pattern = ""] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(text) ?? [];
  try {
    return new RegExp(pattern, `u${flags}`);
  } catch {
    throw invalidArgument(`Unparseable filter: regular expressions must be valid RE2: '${text}'`);
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : String(value);
}

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return value === undefined ? [] : [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
  return valuesAt((value as Entry)[name], rest);
}

function scalarsAt(entry: Entry, path: readonly string[]): readonly unknown[] {
  return valuesAt(entry, path).flatMap(scalarsOf);
}

function scalarsOf(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(scalarsOf) : [value];
}
