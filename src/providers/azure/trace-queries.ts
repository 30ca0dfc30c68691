import type { TimeWindow, TraceRequest } from "../../contracts/index.ts";
import { kqlPipe, kqlString, kqlTime } from "./kql.ts";

/** The newest traces that a search gives. */
export const MOST_TRACES = 10_000;
/** How long after its first part a trace may still go on. */
const LATEST_PART_MS = 3_600_000;

function within({ fromMs, toMs }: TimeWindow): string {
  return `where TimeGenerated >= ${kqlTime(fromMs)} and TimeGenerated < ${kqlTime(toMs)}`;
}

/**
 * Traces by the request that began them, which has no parent, or the operation itself (Application Insights, "Telemetry correlation"). They
 * last until the last of their requests has ended.
 */
export function searchQuery({ service, errorsOnly, minDurationMs, window }: TraceRequest): string {
  const ends = kqlPipe(
    "AppRequests",
    within({ fromMs: window.fromMs, toMs: window.toMs + LATEST_PART_MS }),
    "summarize Ended = max(TimeGenerated + DurationMs * 1ms) by OperationId",
  );
  return kqlPipe(
    "AppRequests",
    within(window),
    "where isempty(ParentId) or ParentId == OperationId",
    service !== undefined && `where AppRoleName =~ ${kqlString(service)}`,
    errorsOnly && "where Success == false",
    "project OperationId, Started = TimeGenerated, AppRoleName, Name, ResultCode, Success, Url",
    `join kind=inner (${ends}) on OperationId`,
    "extend LastedMs = (Ended - Started) / 1ms",
    minDurationMs !== undefined && `where LastedMs >= ${minDurationMs}`,
    `top ${MOST_TRACES} by Started desc`,
    "project OperationId, Started, LastedMs, AppRoleName, Name, ResultCode, Success, Url",
  );
}

/** The window in which a search reads: parts may come after it. */
export function searchWindow({ fromMs, toMs }: TimeWindow): TimeWindow {
  return { fromMs, toMs: toMs + LATEST_PART_MS };
}

/** Services with what reached them, and the services that took their calls; of calls that nobody took, what they were aimed at. */
export function servicesQuery(window: TimeWindow): string {
  const taken = kqlPipe("AppRequests", within(window), "project ParentId, Callee = AppRoleName");
  const calls = kqlPipe(
    "AppDependencies",
    within(window),
    "project Id, Caller = AppRoleName, Target",
    `join kind=leftouter (${taken}) on $left.Id == $right.ParentId`,
    "extend Called = iff(isempty(Callee), Target, Callee)",
    "where isnotempty(Called) and Called != Caller",
    "summarize Calls = make_set(Called) by Caller",
  );
  return kqlPipe(
    "AppRequests",
    within(window),
    "summarize Requests = count(), Errors = countif(Success == false), AverageMs = avg(DurationMs) by Service = AppRoleName",
    `join kind=leftouter (${calls}) on $left.Service == $right.Caller`,
    "project Service, Requests, Errors, AverageMs, Calls",
  );
}
