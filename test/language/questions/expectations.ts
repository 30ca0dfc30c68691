import type { ResourceKind, Statistic } from "../../../src/contracts/index.ts";
import type { ErrorCode } from "../../../src/errors/index.ts";
import { above, around, type Condition, rangeOf } from "./conditions.ts";
import type { Expectation, Expected, Order, Range, TruthAlarm, TruthLog, TruthResource, TruthTrace, World } from "./question.ts";

export interface RowsOptions {
  /** Metrics every row shows, at `statistic`. */
  readonly shows?: readonly string[];
  /** Average unless given. */
  readonly statistic?: Statistic;
  readonly order?: Order<TruthResource>;
}

/** Resources of a kind for which the condition holds, no more and no less. */
export function rows(kind: ResourceKind, condition: Condition, options: RowsOptions = {}): Expectation {
  const { shows = [], statistic = "average", order } = options;
  return {
    type: "rows",
    of: ({ truth }) => pick(resourcesOf(truth.resources, kind), ifThere(condition)),
    ...(order !== undefined && { order }),
    shows: () => shows.map((metric) => ({ column: metric, of: (resource) => rangeOf(resource, metric, statistic) })),
  };
}

/** How many resources of a kind there are for which the condition holds. */
export function howMany(kind: ResourceKind, condition: Condition): Expectation {
  return { type: "single", of: ({ truth }) => [size(pick(resourcesOf(truth.resources, kind), ifThere(condition)))] };
}

/** How many of them there are in each group. */
export function countsBy(by: string, kind: ResourceKind, condition: Condition, top?: number): Expectation {
  const of = ({ truth }: World) => {
    const chosen = pick(resourcesOf(truth.resources, kind), ifThere(condition));
    return mapGroups([...chosen.must, ...chosen.may], groupOf(by), (members) => size(intersect(chosen, members)));
  };
  return { type: "groups", by, of, ...(top !== undefined && { top }) };
}

export type Fold = "average" | "maximum" | "sum";

/** One number over the metric of all of them. */
export function folded(fold: Fold, metric: string, statistic: Statistic, kind: ResourceKind, condition: Condition): Expectation {
  return {
    type: "single",
    of: ({ truth }) => [foldOf(fold, metric, statistic, pick(resourcesOf(truth.resources, kind), condition).must)],
  };
}

/** One number for each group over the metric of its members; groups without a value are left out. */
export function foldedBy(
  by: string,
  fold: Fold,
  metric: string,
  statistic: Statistic,
  kind: ResourceKind,
  condition: Condition,
): Expectation {
  return {
    type: "groups",
    by,
    of: ({ truth }) => {
      const members = pick(resourcesOf(truth.resources, kind), condition).must.filter((resource) => metric in resource.metrics);
      return mapGroups(members, groupOf(by), (group) => foldOf(fold, metric, statistic, group));
    },
  };
}

/** The order of a metric's values; rows without a value come last. */
export function byMetric(
  metric: string,
  direction: "ascending" | "descending",
  options: { readonly limit?: number; readonly statistic?: Statistic } = {},
): Order<TruthResource> {
  const by = (resource: TruthResource) => {
    const range = rangeOf(resource, metric, options.statistic);
    return range && (range[0] + range[1]) / 2;
  };
  return { by, direction, ...(options.limit !== undefined && { limit: options.limit }) };
}

/** Log lines in the window. Without an order that limits them, the answer may stop at 100 if it says so. */
export function logs(condition: Condition<TruthLog>, order?: Order<TruthLog>): Expectation {
  return { type: "logs", of: ({ truth }) => pick(truth.logs, condition), cutAt: 100, ...(order !== undefined && { order }) };
}

/** How many log lines there are, for each way the question can be read. */
export function logCount(...readings: readonly ((log: TruthLog) => boolean)[]): Expectation {
  return { type: "single", of: ({ truth }) => readings.map((reading) => exactly(truth.logs.filter(reading).length)) };
}

export function logCountsBy(field: "service" | "severity" | "region", condition: (log: TruthLog) => boolean): Expectation {
  const of = ({ truth }: World) =>
    mapGroups(
      truth.logs.filter(condition),
      (log) => log[field] ?? "",
      (group) => exactly(group.length),
    );
  return { type: "groups", by: field, of };
}

/** An application's own log lines must be found, those of functions that belong to it may be. */
export function logsOf(service: string): Condition<TruthLog> {
  return (log) => (log.source === `/app/${service}` ? "yes" : log.service === service ? "maybe" : "no");
}

export function withSeverity(...severities: readonly TruthLog["severity"][]): Condition<TruthLog> {
  return (log) => (severities.includes(log.severity) ? "yes" : "no");
}

/** Traces in the window. Without an order that limits them, the answer may stop at 20 if it says so. */
export function traces(condition: Condition<TruthTrace>, order?: Order<TruthTrace>): Expectation {
  return { type: "traces", of: ({ truth }) => pick(truth.traces, condition), cutAt: 20, ...(order !== undefined && { order }) };
}

export function slowest(limit: number): Order<TruthTrace> {
  return { by: (trace) => trace.durationMs, direction: "descending", limit };
}

export function newest(limit: number): Order<TruthLog> {
  return { by: (log) => log.timestampMs, direction: "descending", limit };
}

/** Throttled requests may count as failed. */
export const failedRequest: Condition<TruthTrace> = ({ status }) => (status === "ok" ? "no" : status === "throttle" ? "maybe" : "yes");

export function alarms(condition: Condition<TruthAlarm>): Expectation {
  return { type: "alarms", of: ({ truth }) => pick(truth.alarms, condition) };
}

export function alarming(...states: readonly TruthAlarm["state"][]): Condition<TruthAlarm> {
  return (alarm) => (states.includes(alarm.state) ? "yes" : "no");
}

export function refused(...codes: readonly ErrorCode[]): Expectation {
  return { type: "refused", codes };
}

export const everything: Condition<unknown> = () => "yes";

/** Servers above 80 % CPU: what most first questions of a thread ask for. */
export const hot: Condition = above("cpu.utilization", 80);

export function pick<Item>(items: readonly Item[], condition: Condition<Item>): Expected<Item> {
  return { must: items.filter((item) => condition(item) === "yes"), may: items.filter((item) => condition(item) === "maybe") };
}

export function exactly(count: number): Range {
  return [count, count];
}

function resourcesOf(resources: readonly TruthResource[], kind: ResourceKind): readonly TruthResource[] {
  return resources.filter((resource) => resource.kind === kind);
}

/** A terminated machine is listed for a while after it has gone: answers may show it or not. */
function ifThere(condition: Condition): Condition {
  return (resource) => {
    const verdict = condition(resource);
    return verdict === "yes" && resource.state === "terminated" ? "maybe" : verdict;
  };
}

function size(expected: Expected<unknown>): Range {
  return [expected.must.length, expected.must.length + expected.may.length];
}

function intersect<Item>(expected: Expected<Item>, members: readonly Item[]): Expected<Item> {
  return {
    must: expected.must.filter((item) => members.includes(item)),
    may: expected.may.filter((item) => members.includes(item)),
  };
}

function groupOf(by: string): (resource: TruthResource) => string {
  return (resource) => (by === "region" || by === "account" || by === "state" ? resource[by] : (resource.tags[by] ?? ""));
}

function mapGroups<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  measure: (members: readonly Item[]) => Range,
): ReadonlyMap<string, Range> {
  const keys = new Set(items.map(keyOf));
  return new Map([...keys].map((key) => [key, measure(items.filter((item) => keyOf(item) === key))]));
}

function foldOf(fold: Fold, metric: string, statistic: Statistic, members: readonly TruthResource[]): Range {
  const values = members.flatMap((resource) => {
    const range = rangeOf(resource, metric, statistic);
    return range === undefined ? [] : [(range[0] + range[1]) / 2];
  });
  const sum = values.reduce((total, value) => total + value, 0);
  return around({ average: sum / values.length, maximum: Math.max(...values), sum }[fold]);
}
