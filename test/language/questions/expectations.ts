import type { ResourceKind, Statistic } from "../../../src/contracts/index.ts";
import type { ErrorCode } from "../../../src/errors/index.ts";
import { RESOURCE_KEY } from "./compare-rows.ts";
import { all, around, type Condition, measured, rangeOf } from "./conditions.ts";
import type { Expectation, Expected, Order, Range, Truth, TruthAlarm, TruthLog, TruthResource, TruthTrace, World } from "./question.ts";

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

export function requestCountsByService(condition: Condition<TruthTrace>): Expectation {
  const of = ({ truth }: World) => {
    const chosen = pick(truth.traces, condition);
    return mapGroups(
      [...chosen.must, ...chosen.may],
      (trace) => trace.service,
      (group) => size(intersect(chosen, group)),
    );
  };
  return { type: "groups", by: "service", of };
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

export function alarmCount(condition: Condition<TruthAlarm>): Expectation {
  return { type: "single", of: ({ truth }) => [size(pick(truth.alarms, condition))] };
}

export function alarmCountsByRegion(condition: Condition<TruthAlarm>): Expectation {
  const of = ({ truth }: World) =>
    mapGroups(
      pick(truth.alarms, condition).must,
      (alarm) => alarm.region,
      (group) => exactly(group.length),
    );
  return { type: "groups", by: "region", of };
}

export function alarming(...states: readonly TruthAlarm["state"][]): Condition<TruthAlarm> {
  return (alarm) => (states.includes(alarm.state) ? "yes" : "no");
}

/** A stretch of time, milliseconds since the epoch. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

export function between(from: string, to: string): Stretch {
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}

/** The same hours a day earlier, give or take the minutes by which a window that ends now is behind the clock. */
export function dayEarlier({ fromMs, toMs }: Stretch): readonly Stretch[] {
  const shifts = Array.from({ length: 11 }, (_, minutes) => minutes * 60_000 - 24 * 3_600_000);
  return shifts.map((shiftMs) => ({ fromMs: fromMs + shiftMs, toMs: toMs + shiftMs }));
}

/**
 * Resources with the average of a metric over two stretches of time. `later: null` is the answer's own window. Of `earlier` there
 * may be several: where a question leaves minutes open, any value between those of the candidates is right.
 */
export function comparedRows(
  kind: ResourceKind,
  condition: Condition,
  metric: string,
  stretches: { readonly later: Stretch | null; readonly earlier: (own: Stretch) => readonly Stretch[] },
): Expectation {
  return {
    type: "rows",
    of: ({ truth }) => pick(resourcesOf(truth.resources, kind), all(ifThere(condition), measured(metric))),
    shows: async ({ truth, truthAt }) => {
      const at = async ({ fromMs, toMs }: Stretch) => averagesOf(await truthAt(fromMs, toMs), metric);
      const later = stretches.later === null ? averagesOf(truth, metric) : await at(stretches.later);
      const candidates: (typeof later)[] = [];
      for (const stretch of stretches.earlier(between(truth.from, truth.to))) candidates.push(await at(stretch));
      return [
        { column: null, of: (resource) => hull([later], resource) },
        { column: null, of: (resource) => hull(candidates, resource) },
      ];
    },
  };
}

function averagesOf(truth: Truth, metric: string): ReadonlyMap<string, Range> {
  return new Map(
    truth.resources.flatMap((resource) => {
      const range = rangeOf(resource, metric);
      return range === undefined ? [] : [[RESOURCE_KEY.of(resource), range] as const];
    }),
  );
}

function hull(candidates: readonly ReadonlyMap<string, Range>[], resource: TruthResource): Range | undefined {
  const ranges = candidates.map((candidate) => candidate.get(RESOURCE_KEY.of(resource))).filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** Resources whose average over one stretch is more than over another. */
export function higherIn(kind: ResourceKind, metric: string, later: Stretch, earlier: Stretch): Expectation {
  return {
    type: "rows",
    of: async ({ truth, truthAt }) => {
      const after = averagesOf(await truthAt(later.fromMs, later.toMs), metric);
      const before = averagesOf(await truthAt(earlier.fromMs, earlier.toMs), metric);
      return pick(resourcesOf(truth.resources, kind), (resource) => {
        const [now, then] = [after.get(RESOURCE_KEY.of(resource)), before.get(RESOURCE_KEY.of(resource))];
        if (now === undefined || then === undefined || now[1] < then[0]) return "no";
        return now[0] > then[1] ? "yes" : "maybe";
      });
    },
  };
}

export function lastMinutes(minutes: number): { readonly lastMs: number } {
  return { lastMs: minutes * 60_000 };
}

export function refused(...codes: readonly ErrorCode[]): Expectation {
  return { type: "refused", codes };
}

function pick<Item>(items: readonly Item[], condition: Condition<Item>): Expected<Item> {
  return { must: items.filter((item) => condition(item) === "yes"), may: items.filter((item) => condition(item) === "maybe") };
}

function exactly(count: number): Range {
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
