import { invalidArgument } from "./google-error.ts";

/** A span as filters look at it. */
interface FilteredSpan {
  readonly name: string;
  readonly root: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface FilteredTrace {
  readonly spans: readonly FilteredSpan[];
  readonly latencyMs: number;
}

type TraceTest = (trace: FilteredTrace) => boolean;
type TextTest = (text: string) => boolean;

// A term: perhaps a plus, perhaps a key, and a value; either may stand in quotes, and white space ends it.
const TERM = /\s*(\+)?(?:("(?:[^"\\]|\\.)*"|[^\s:"]+):)?("(?:[^"\\]|\\.)*"|[^\s"]+)(?=\s|$)/y;

/**
 * Compiles the `filter` of ListTraces (Cloud Trace API v1 reference): terms that must all hold; a value is a prefix, behind a plus the whole.
 * @throws GoogleError for what is no term.
 */
export function compileTraceFilter(filter: string): TraceTest {
  const tests: TraceTest[] = [];
  const text = filter.trim();
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const match = TERM.exec(text);
    if (match === null) throw invalidArgument(`Invalid filter: "${filter}".`);
    const [, plus, key, value = ""] = match;
    tests.push(termTest(unquoted(key), unquoted(value) ?? "", plus !== undefined, filter));
  }
  return (trace) => tests.every((test) => test(trace));
}

function termTest(key: string | undefined, value: string, exact: boolean, filter: string): TraceTest {
  const matches: TextTest = exact ? (text) => text === value : (text) => text.startsWith(value);
  switch (key) {
    case undefined:
    case "root":
      return ({ spans }) => spans.some((span) => span.root && matches(span.name));
    case "span":
      return ({ spans }) => spans.some((span) => matches(span.name));
    case "latency": {
      const leastMs = durationMs(value);
      if (leastMs === undefined) throw invalidArgument(`Invalid filter: "${filter}": "${value}" is no duration.`);
      return ({ latencyMs }) => latencyMs >= leastMs;
    }
    case "label":
      return ({ spans }) => spans.some((span) => Object.hasOwn(span.labels, value));
    case "method":
      return labelTest("/http/method", matches);
    case "url":
      return labelTest("/http/url", matches);
    default:
      return labelTest(key, matches);
  }
}

function labelTest(key: string, matches: TextTest): TraceTest {
  return ({ spans }) => spans.some(({ labels }) => Object.hasOwn(labels, key) && matches(labels[key] ?? ""));
}

/** `24ms`, `1.5s`, `900000ns`; milliseconds without a unit. */
function durationMs(text: string): number | undefined {
  const [, number, unit = "ms"] = /^(\d+(?:\.\d+)?)(ns|us|ms|s)?$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  return Number(number) * (UNITS[unit] ?? 1);
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1_000 };

function unquoted(text: string | undefined): string | undefined {
  return text?.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text;
}
