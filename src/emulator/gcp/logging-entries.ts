import type { Fleet, FleetResource } from "../fleet.ts";
import { type LogLine, type LogSourceData, logLinesOf, logSourcesOf } from "../log-data.ts";
import { MINUTE_MS } from "../series.ts";
import { ApplicationMachines } from "./application-machines.ts";
import { enumValue } from "./enumerations.ts";
import { invalidArgument } from "./google-error.ts";
import { compileLoggingFilter, LOG_SEVERITIES, type LogSeverityName } from "./logging-filter.ts";
import { zoneOf } from "./native-names.ts";
import { pageToken, readPageToken } from "./page-token.ts";
import { formatTimestamp } from "./query-fields.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1_000;
/** Logs of the `_Default` bucket are kept 30 days (Cloud Logging, "Quotas and limits": retention). */
const RETENTION_MS = 30 * 86_400_000;
/** A page may be partly full or empty while there is more (`ListLogEntriesResponse`): here after so many searched entries. */
const SEARCHED_A_PAGE = 20_000;
// A place among the matching entries is one number: minute × this + entry of the minute.
const ENTRIES_A_MINUTE = 1_000_000;

const SEVERITIES: Readonly<Record<LogLine["severity"], LogSeverityName>> = {
  debug: "DEBUG",
  info: "INFO",
  warning: "WARNING",
  error: "ERROR",
  critical: "CRITICAL",
};

/** A source with the machines that write into it. */
interface Writers {
  readonly source: LogSourceData;
  readonly machines: readonly FleetResource[];
}

/** The logs of projects: one for each application, over all regions. */
export class LogStore {
  readonly #byProject: ReadonlyMap<string, readonly Writers[]>;

  constructor(fleet: Fleet) {
    const machines = new ApplicationMachines(fleet);
    this.#byProject = new Map(
      fleet.accounts.map(({ id }) => [
        id,
        fleet.regions.flatMap((region) =>
          logSourcesOf(fleet, id, region.id).map((source) => ({
            source,
            machines: machines.of(id, region.id, source.service),
          })),
        ),
      ]),
    );
  }

  of(project: string): readonly Writers[] {
    return this.#byProject.get(project) ?? [];
  }

  names(project: string): readonly string[] {
    return [...new Set(this.of(project).map(({ source }) => logName(source)))].sort();
  }
}

/** `projects/P/logs/checkout`. */
export function logName(source: LogSourceData): string {
  return `projects/${source.account}/logs/${encodeURIComponent(source.name)}`;
}

/** `ListLogEntries`: what a filter finds in some projects, by time. */
export function listLogEntries(store: LogStore, projects: readonly string[], request: GoogleRequest): GoogleReply {
  const { body, numericEnums, nowMs } = request;
  const limit = pageSizeOf(body.pageSize);
  const newestFirst = isNewestFirst(body.orderBy);
  const filter = compileLoggingFilter(typeof body.filter === "string" ? body.filter : "");
  const binding = [request.method.name, projects, body.filter ?? "", newestFirst];
  const page = readPageToken(typeof body.pageToken === "string" ? body.pageToken : "", binding, nowMs);
  if (page === undefined) throw invalidArgument("page_token doesn't match arguments from the request.");
  const { snapshotMs } = page;

  const writers = projects.flatMap((project) => store.of(project));
  const earliest = Math.floor(Math.max(filter.fromMs, snapshotMs - RETENTION_MS) / MINUTE_MS);
  const latest = Math.floor(Math.min(filter.toMs, snapshotMs) / MINUTE_MS);
  const step = newestFirst ? -1 : 1;
  const begin = page.position === 0 ? (newestFirst ? latest : earliest) : Math.floor(page.position / ENTRIES_A_MINUTE);
  let skip = page.position % ENTRIES_A_MINUTE;
  let searched = 0;
  const entries: Readonly<Record<string, unknown>>[] = [];
  for (let minute = begin; minute >= earliest && minute <= latest; minute += step) {
    const found: FoundEntry[] = [];
    for (const writer of writers) {
      for (const line of logLinesOf(writer.source, minute)) {
        if (line.ingestedMs > snapshotMs) continue;
        searched++;
        const entry = entryShape(writer, line);
        if (filter.matches(entry)) found.push({ timestampMs: line.timestampMs, entry });
      }
    }
    found.sort(
      (left, right) =>
        step * (left.timestampMs - right.timestampMs) || (String(left.entry.insertId) < String(right.entry.insertId) ? -1 : 1),
    );
    const part = found.slice(skip, skip + limit - entries.length);
    for (const { entry } of part) {
      entries.push({ ...entry, severity: enumValue(LOG_SEVERITIES, entry.severity as LogSeverityName, numericEnums) });
    }
    const seen = skip + part.length;
    skip = 0;
    const rest = seen < found.length;
    const more = rest || (minute !== (newestFirst ? earliest : latest) && (entries.length === limit || searched >= SEARCHED_A_PAGE));
    if (!more) continue;
    const position = rest ? minute * ENTRIES_A_MINUTE + seen : (minute + step) * ENTRIES_A_MINUTE;
    return { ...listed(entries), nextPageToken: pageToken({ position, snapshotMs }, binding) };
  }
  return listed(entries);
}

/** The JSON mapping leaves empty lists out. */
function listed(entries: readonly unknown[]): Readonly<Record<string, unknown>> {
  return entries.length === 0 ? {} : { entries };
}

interface FoundEntry {
  readonly timestampMs: number;
  readonly entry: Readonly<Record<string, unknown>>;
}

function entryShape({ source, machines }: Writers, line: LogLine): Readonly<Record<string, unknown>> {
  const machine = machines[line.writer % machines.length];
  if (machine === undefined) throw new RangeError("A log source needs a machine that writes into it.");
  return {
    insertId: `${line.position.toString(36)}${source.key.toString(36).padStart(7, "0")}`,
    jsonPayload: JSON.parse(line.text) as Readonly<Record<string, unknown>>,
    resource: { type: "gce_instance", labels: { project_id: source.account, zone: zoneOf(machine), instance_id: machine.id } },
    timestamp: formatTimestamp(line.timestampMs),
    severity: SEVERITIES[line.severity],
    labels: { "compute.googleapis.com/resource_name": machine.name },
    logName: logName(source),
    receiveTimestamp: formatTimestamp(line.ingestedMs),
  };
}

/** Default 50; negative ones and those over 1000 are refused (`ListLogEntriesRequest`). */
function pageSizeOf(value: unknown): number {
  if (value === undefined || value === 0) return DEFAULT_PAGE;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > LARGEST_PAGE)
    throw invalidArgument(`page_size must be between 0 and ${LARGEST_PAGE}.`);
  return value;
}

function isNewestFirst(orderBy: unknown): boolean {
  if (orderBy === undefined || orderBy === "" || orderBy === "timestamp asc" || orderBy === "timestamp") return false;
  if (orderBy === "timestamp desc") return true;
  throw invalidArgument(`Invalid order_by: '${String(orderBy)}'. Permitted are "timestamp asc" and "timestamp desc".`);
}
