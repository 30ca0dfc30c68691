import type { Statistic } from "../../../src/contracts/index.ts";
import type { Range, TruthResource } from "./question.ts";

/** `maybe`: the question leaves it open, or a value is too near to a threshold to insist. */
type Verdict = "yes" | "no" | "maybe";
export type Condition<Item = TruthResource> = (item: Item) => Verdict;

const verdict = (holds: boolean): Verdict => (holds ? "yes" : "no");

export function all<Item>(...conditions: readonly Condition<Item>[]): Condition<Item> {
  return (item) => {
    const verdicts = conditions.map((condition) => condition(item));
    if (verdicts.includes("no")) return "no";
    return verdicts.includes("maybe") ? "maybe" : "yes";
  };
}

export function not<Item>(condition: Condition<Item>): Condition<Item> {
  return (item) => ({ yes: "no", no: "yes", maybe: "maybe" })[condition(item)] as Verdict;
}

export function either<Item>(...conditions: readonly Condition<Item>[]): Condition<Item> {
  return not(all(...conditions.map((condition) => not(condition))));
}

/** Yes when all hold, maybe when only some do: for words that can be read in several ways. */
export function loosely<Item>(...readings: readonly Condition<Item>[]): Condition<Item> {
  return (item) => {
    const verdicts = new Set(readings.map((reading) => reading(item)));
    const [only] = verdicts;
    return verdicts.size === 1 && only !== undefined ? only : "maybe";
  };
}

export function inRegion<Item extends { readonly region: string }>(...regions: readonly string[]): Condition<Item> {
  return (item) => verdict(regions.includes(item.region));
}

export function inAccount<Item extends { readonly account: string }>(account: string): Condition<Item> {
  return (item) => verdict(item.account === account);
}

export function tagged(key: string, ...values: readonly string[]): Condition {
  return (resource) => {
    const value = resource.tags[key];
    return verdict(value !== undefined && (values.length === 0 || values.includes(value)));
  };
}

export function inState(...states: readonly string[]): Condition {
  return (resource) => verdict(states.includes(resource.state));
}

export function named(matches: (name: string) => boolean): Condition {
  return (resource) => verdict(matches(resource.name));
}

/** What a metric may be shown as. The average lies below a high percentile and the maximum above it; the truth knows no percentiles. */
export function rangeOf(resource: TruthResource, metric: string, statistic: Statistic = "average"): Range | undefined {
  const value = resource.metrics[metric];
  if (value === undefined) return undefined;
  const exact = { average: value.avg, maximum: value.max, minimum: value.min, sum: value.sum, last: value.last };
  if (statistic in exact) {
    const number = exact[statistic as keyof typeof exact];
    return number === undefined ? undefined : around(number);
  }
  return statistic === "p50" ? [value.min, value.max] : [around(value.avg)[0], around(value.max)[1]];
}

export function around(value: number): Range {
  const tolerance = 0.01 + 0.001 * Math.abs(value);
  return [value - tolerance, value + tolerance];
}

export interface Measure {
  readonly statistic?: Statistic;
  /** How near to the threshold a value may fall on either side; a thousandth of the threshold unless given. */
  readonly nearness?: number;
}

function compared(metric: string, threshold: number, measure: Measure, holds: (value: number) => boolean): Condition {
  const nearness = measure.nearness ?? Math.abs(threshold) / 1000;
  return (resource) => {
    const range = rangeOf(resource, metric, measure.statistic);
    if (range === undefined) return "no";
    const exact = (range[0] + range[1]) / 2;
    const [low, high] = measure.statistic?.startsWith("p") ? range : [exact, exact];
    const verdicts = new Set([holds(low - nearness), holds(high + nearness)]);
    return verdicts.size === 2 ? "maybe" : verdict(verdicts.has(true));
  };
}

/** More than the threshold; a resource without the metric is not. */
export function above(metric: string, threshold: number, measure: Measure = {}): Condition {
  return compared(metric, threshold, measure, (value) => value > threshold);
}

/** Less than the threshold; a resource without the metric is not. */
export function below(metric: string, threshold: number, measure: Measure = {}): Condition {
  return compared(metric, threshold, measure, (value) => value < threshold);
}

/** Resources without a value may be shown as such or left out. */
export function measured(metric: string): Condition {
  return (resource) => (resource.metrics[metric] === undefined ? "maybe" : "yes");
}
