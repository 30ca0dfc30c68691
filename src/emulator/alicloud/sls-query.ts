import type { Fleet } from "../fleet.ts";
import type { LogSourceData } from "../log-data.ts";
import { SlsError } from "./sls-error.ts";
import { recordsOf, type SlsRecord } from "./sls-record.ts";
import { searchTest } from "./sls-search.ts";
import { parseSearch, type Search } from "./sls-search-parser.ts";
import type { SlsRequest } from "./sls-service.ts";
import { parseSql, type SqlStatement } from "./sls-sql-parser.ts";
import { findLogstore } from "./sls-stores.ts";

/** A query over a logstore, read and checked. */
export interface SlsQuery {
  readonly source: LogSourceData;
  /** Seconds since the epoch, as given: left end inclusive, right end exclusive. */
  readonly from: number;
  readonly to: number;
  /** The two sides of `|`. */
  readonly searchText: string;
  readonly sqlText: string;
  readonly search: Search;
  readonly sql: SqlStatement | undefined;
}

export interface SlsFound {
  readonly records: readonly SlsRecord[];
  /** Logs looked at. */
  readonly processedRows: number;
  readonly processedBytes: number;
  readonly complete: boolean;
}

/** Queries over longer ranges than this need a second request: the first one gets half of the answer. */
const WIDE_SECONDS = 3_600;
const MOST_REMEMBERED = 10_000;

/** Reads `from`, `to` and `query`. Throws SlsError. */
export function readQuery(fleet: Fleet, request: SlsRequest): SlsQuery {
  const { input } = request;
  const source = findLogstore(fleet, request);
  const [from, to] = [wholeNumber(input.from, "from"), wholeNumber(input.to, "to")];
  if (from >= to) throw new SlsError(400, "InvalidTimeRange", "request time range is invalid");
  const text = typeof input.query === "string" ? input.query : "";
  const pipe = pipeIn(text);
  const [searchText, sqlText] = pipe < 0 ? [text.trim(), ""] : [text.slice(0, pipe).trim(), text.slice(pipe + 1).trim()];
  return { source, from, to, searchText, sqlText, search: parseSearch(searchText), sql: sqlText === "" ? undefined : parseSql(sqlText) };
}

/** Runs searches, and remembers which it has run: a wide one answers in part first and whole when it is asked again. */
export class SlsSearches {
  readonly #begun = new Set<string>();

  run(query: SlsQuery, { account, nowMs }: SlsRequest): SlsFound {
    const test = searchTest(query.search);
    const all: SlsRecord[] = [];
    let processedRows = 0;
    let processedBytes = 0;
    for (const record of recordsOf(query.source, query.from * 1_000, query.to * 1_000, nowMs)) {
      processedRows++;
      processedBytes += Object.values(record.fields).reduce((sum, value) => sum + value.length, 0);
      if (test(record)) all.push(record);
    }
    const complete = this.#isComplete(query, account);
    const part = (count: number) => (complete ? count : Math.floor(count / 2));
    return {
      records: all.slice(0, part(all.length)),
      processedRows: part(processedRows),
      processedBytes: part(processedBytes),
      complete,
    };
  }

  #isComplete({ source, from, to, searchText, sqlText }: SlsQuery, account: string): boolean {
    if (to - from <= WIDE_SECONDS) return true;
    const key = JSON.stringify([account, source.key, from, to, searchText, sqlText]);
    if (this.#begun.has(key)) return true;
    if (this.#begun.size >= MOST_REMEMBERED) this.#begun.clear();
    this.#begun.add(key);
    return false;
  }
}

export function wholeNumber(value: unknown, name: string, byDefault?: number): number {
  const number = Number(value ?? byDefault);
  if (value === "" || !Number.isInteger(number) || number < 0)
    throw new SlsError(400, "ParameterInvalid", `parameter ${name} must be a whole number from 0`);
  return number;
}

/** Where the analytic statement begins: the first `|` outside of quotation marks. */
function pipeIn(text: string): number {
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === '"') quoted = !quoted;
    else if (text[index] === "|" && !quoted) return index;
  }
  return -1;
}
