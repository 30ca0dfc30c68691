import type { Fleet } from "../fleet.ts";
import { hexDigits, pick } from "../hash.ts";
import { type LogLine, type LogSourceData, logLinesBetween, logSourcesOf } from "../log-data.ts";
import type { AwsChanges } from "./aws-changes.ts";
import { AwsError } from "./aws-error.ts";
import { groupCreatedMs, metricFiltersOf } from "./logs-filter-data.ts";
import type { AwsRequest } from "./service.ts";

const DAY_MS = 86_400_000;
/** Of older lines the world knows nothing, however long a group keeps them. */
const KNOWN_DAYS = 30;

/** What the cloud calls a source of the log data. */
export function logGroupName(source: LogSourceData): string {
  return source.kind === "application" ? `/app/${source.name}` : `/aws/lambda/${source.name}`;
}

export function logGroupArn(source: LogSourceData): string {
  return `arn:aws:logs:${source.region}:${source.account}:log-group:${logGroupName(source)}`;
}

/** Log groups of the place a request is about, in ASCII order of their names. */
export function logGroupsOf(fleet: Fleet, { account, region }: Pick<AwsRequest, "account" | "region">): readonly LogSourceData[] {
  return logSourcesOf(fleet, account, region).toSorted((left, right) => (logGroupName(left) < logGroupName(right) ? -1 : 1));
}

/** By name or ARN. Throws `ResourceNotFoundException`. */
export function findLogGroup(fleet: Fleet, request: Pick<AwsRequest, "account" | "region">, identifier: string): LogSourceData {
  const found = logGroupsOf(fleet, request).find((source) => logGroupName(source) === identifier || logGroupArn(source) === identifier);
  if (found === undefined) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
  return found;
}

export function logStreamName(source: LogSourceData, line: Pick<LogLine, "writer" | "timestampMs">): string {
  const writer = hexDigits(source.kind === "application" ? 17 : 32, source.key, "stream", line.writer);
  if (source.kind === "application") return `i-${writer}`;
  return `${new Date(line.timestampMs).toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${writer}`;
}

/** After how many days a group drops its lines; undefined for never. Half of the groups were left as they were created, with never. */
export function retentionDaysOf(source: LogSourceData, { retentionDays }: AwsChanges): number | undefined {
  return retentionDays.get(logGroupArn(source)) ?? pick([undefined, undefined, undefined, 30, 7, 90] as const, source.key, "retention");
}

/** Lines of both bounds and between them that were taken in by now and are not yet expired, oldest first. */
export function* visibleLines(source: LogSourceData, fromMs: number, toMs: number, nowMs: number): Generator<LogLine> {
  const from = Math.max(fromMs, nowMs - KNOWN_DAYS * DAY_MS);
  for (const line of logLinesBetween(source, from, Math.min(toMs, nowMs) + 1)) if (line.ingestedMs <= nowMs) yield line;
}

/** The `LogGroup` shape of the vendor's model. */
export function logGroupShape(source: LogSourceData, changes: AwsChanges): Readonly<Record<string, unknown>> {
  const arn = logGroupArn(source);
  const retentionInDays = retentionDaysOf(source, changes);
  const bytesADay = source.kind === "application" ? 700_000 : 300_000;
  return {
    logGroupName: logGroupName(source),
    creationTime: groupCreatedMs(source),
    ...(retentionInDays === undefined ? {} : { retentionInDays }),
    metricFilterCount: metricFiltersOf(source).length,
    arn: `${arn}:*`,
    storedBytes: Math.min(KNOWN_DAYS, retentionInDays ?? KNOWN_DAYS) * bytesADay,
    logGroupClass: "STANDARD",
    logGroupArn: arn,
  };
}
