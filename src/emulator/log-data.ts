import type { LogSeverity } from "../contracts/index.ts";
import type { Fleet } from "./fleet.ts";
import { chance, hash, hexDigits, noise, pick } from "./hash.ts";
import type { TruthLog } from "./truth-rows.ts";

const MINUTE_MS = 60_000;

/** A place where one application or function of a cloud writes its logs. */
export interface LogSourceData {
  readonly key: number;
  readonly account: string;
  readonly region: string;
  readonly kind: "application" | "function";
  /** Of the function; the application for application logs. */
  readonly name: string;
  /** The application the lines belong to: checkout, auth, … */
  readonly service: string;
}

/** One line as it was written. */
export interface LogLine {
  readonly id: string;
  /** Its place among the lines of its source: later lines have greater ones. Below 2³⁰. */
  readonly position: number;
  readonly timestampMs: number;
  /** When the cloud had taken it in; it cannot be found before. */
  readonly ingestedMs: number;
  /** Which of the writers of the source wrote it, from 0. */
  readonly writer: number;
  readonly severity: LogSeverity;
  /** The whole line: JSON. */
  readonly text: string;
  /** The sentence in it. */
  readonly message: string;
}

type Sentence = { readonly text: string; readonly status: number };

// One INFO line speaks of an ERROR: whoever searches for the word instead of the level counts wrong.
const SENTENCES: Readonly<Record<"INFO" | "WARN" | "ERROR", readonly [Sentence, ...Sentence[]]>> = {
  INFO: [
    { text: "request completed", status: 200 },
    { text: "cache refreshed", status: 200 },
    { text: "订单已创建", status: 201 },
    { text: "recovered after ERROR of an upstream", status: 200 },
    { text: "session renewed", status: 204 },
  ],
  WARN: [
    { text: "slow upstream, retrying", status: 200 },
    { text: "库存不足,稍后重试", status: 409 },
    { text: "rate limit is near", status: 429 },
  ],
  ERROR: [
    { text: "upstream timed out after 3000 ms", status: 504 },
    { text: "database connection refused", status: 500 },
    { text: "支付网关返回错误", status: 502 },
    { text: "token signature invalid", status: 401 },
  ],
};
const SEVERITIES = { INFO: "info", WARN: "warning", ERROR: "error" } as const;
const PATHS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  checkout: ["/cart", "/checkout", "/orders"],
  catalog: ["/products", "/categories"],
  search: ["/search", "/suggest"],
  auth: ["/login", "/token", "/logout"],
  reports: ["/reports", "/exports"],
  billing: ["/invoices", "/payments"],
};
const MOST_LINES_A_MINUTE = { application: 5, function: 2 } as const;
const WRITERS = 3;
const POSITIONS_A_MINUTE = 10;

/** All sources of a place, by name. There is one for each application that has a machine there, and one for each function. */
export function logSourcesOf(fleet: Fleet, account: string, region: string): readonly LogSourceData[] {
  const place = { account, region };
  const keyOf = (kind: string, name: string) => hash(fleet.seed, fleet.provider, account, region, "logs", kind, name);
  const applications = [...new Set(fleet.of(account, region, "virtual-machine").map((machine) => machine.application))].sort();
  return [
    ...applications.map((name) => ({ ...place, kind: "application" as const, name, service: name, key: keyOf("application", name) })),
    ...fleet
      .of(account, region, "function")
      .map(({ name, application }) => ({ ...place, kind: "function" as const, name, service: application, key: keyOf("function", name) })),
  ];
}

/** What a source wrote in a minute (minutes since the epoch), oldest first. A pure function: there is no history to keep. */
export function logLinesOf(source: LogSourceData, minute: number): readonly LogLine[] {
  const count = Math.floor(noise(source.key, minute, 20) * (MOST_LINES_A_MINUTE[source.kind] + 1));
  const lines: LogLine[] = [];
  for (let index = 0; index < count; index++) lines.push(lineOf(source, minute, index, count));
  return lines;
}

/** The lines of a source in `[fromMs, toMs)`, oldest first. */
export function* logLinesBetween(source: LogSourceData, fromMs: number, toMs: number): Generator<LogLine> {
  for (let minute = Math.floor(fromMs / MINUTE_MS); minute * MINUTE_MS < toMs; minute++) {
    for (const line of logLinesOf(source, minute)) if (line.timestampMs >= fromMs && line.timestampMs < toMs) yield line;
  }
}

/** A time that is not after the line at a position, and at most a minute before it. */
export function timeOfPosition(position: number): number {
  return Math.floor(position / POSITIONS_A_MINUTE) * MINUTE_MS;
}

function lineOf(source: LogSourceData, minute: number, index: number, count: number): LogLine {
  const seed = hash(source.key, minute, index);
  // Each line has its own slice of the minute, so that lines come in order and no two share a millisecond.
  const timestampMs = minute * MINUTE_MS + Math.floor(((index + chance(seed, "moment")) / count) * MINUTE_MS);
  const level = levelOf(chance(seed, "level"), chance(source.key, "troubled") < 0.25);
  const sentence = pick(SENTENCES[level], seed, "sentence");
  const requestId = [8, 4, 4, 4, 12].map((length) => hexDigits(length, seed, "request", length)).join("-");
  const latencyMs = Math.round(8 * 400 ** chance(seed, "latency"));
  const fields =
    source.kind === "application"
      ? { path: pick(PATHS[source.service] ?? ["/"], seed, "path"), status: sentence.status, latencyMs, requestId }
      : { timestamp: new Date(timestampMs).toISOString(), function_name: source.name, function_request_id: requestId, latencyMs };
  return {
    id: `${3_000_000_000_000 + timestampMs}${String(hash(seed, "id")).padStart(10, "0")}${String(source.key).padStart(10, "0")}${String(index).padStart(23, "0")}`,
    position: minute * POSITIONS_A_MINUTE + index,
    timestampMs,
    ingestedMs: timestampMs + 1_000 + Math.floor(chance(seed, "lag") * 14_000),
    writer: hash(seed, "writer") % WRITERS,
    severity: SEVERITIES[level],
    text: JSON.stringify({ level, service: source.service, message: sentence.text, ...fields }),
    message: sentence.text,
  };
}

function levelOf(position: number, troubled: boolean): keyof typeof SENTENCES {
  const errors = troubled ? 0.25 : 0.06;
  if (position < errors) return "ERROR";
  return position < errors + 0.12 ? "WARN" : "INFO";
}

/** Every line of the whole fleet in `[fromMs, toMs)`. `sourceName` gives what the cloud calls a source. */
export function logTruth(fleet: Fleet, fromMs: number, toMs: number, sourceName: (source: LogSourceData) => string): TruthLog[] {
  const rows: TruthLog[] = [];
  for (const account of fleet.accounts) {
    for (const region of fleet.regions) {
      for (const source of logSourcesOf(fleet, account.id, region.id)) {
        const place = {
          provider: fleet.provider,
          account: account.id,
          region: region.id,
          source: sourceName(source),
          service: source.service,
        };
        for (const { severity, timestampMs, message } of logLinesBetween(source, fromMs, toMs)) {
          rows.push({ ...place, severity, timestampMs, message });
        }
      }
    }
  }
  return rows;
}
