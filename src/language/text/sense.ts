import type { AlarmState, LogSeverity, ResourceKind, ResourceState, Statistic } from "../../contracts/index.ts";

export type Direction = "ascending" | "descending";
export type Operator = "gt" | "gte" | "lt" | "lte" | "eq" | "ne";

/** What a unit measures, in the unit the vocabulary counts it in: durations in milliseconds. */
export type Dimension = "percent" | "bytes" | "bytes/second" | "count/second" | "duration";

export interface Measure {
  readonly dimension: Dimension;
  /** How many of the dimension's unit one of these is. */
  readonly factor: number;
}

/** Distance back in time: calendar days keep the clock time, milliseconds do not. */
export type Shift = { readonly days: number } | { readonly ms: number } | "previous";

/** What a word or a shape may stand for. A token has several where the word is ambiguous; the rules decide by what stands around it. */
export type Sense =
  // words that carry no condition
  | { readonly is: "filler"; readonly list?: true }
  | { readonly is: "glue"; readonly place?: true }
  // `places`: every cloud, account or region, which says nothing about what is there.
  | { readonly is: "all"; readonly places?: true }
  // what is asked about
  // `vendors`: ids of the clouds whose own word it is.
  | { readonly is: "subject"; readonly kind: ResourceKind; readonly one: boolean; readonly vendors?: readonly string[] }
  | { readonly is: "measureWord" }
  | { readonly is: "single" }
  // `cloud`: which of the clouds.
  | { readonly is: "which"; readonly cloud?: true }
  | { readonly is: "metric"; readonly metrics: readonly string[] }
  | { readonly is: "metricSuffix" }
  | { readonly is: "metricUnknown" }
  // a metric only where a threshold in that dimension follows: "sending over 5 MB/s", "disks over 90% full"
  | { readonly is: "compared"; readonly metrics: readonly string[]; readonly dimension: Dimension }
  | { readonly is: "overNetwork" }
  | { readonly is: "suffered"; readonly metrics: readonly string[] }
  | { readonly is: "fullness" }
  | { readonly is: "statistic"; readonly statistic: Statistic }
  | { readonly is: "count" }
  | { readonly is: "howMuch" }
  // order and groups
  | { readonly is: "superlative"; readonly direction: Direction; readonly metric?: string; readonly slow?: true }
  | { readonly is: "top"; readonly direction: Direction }
  | { readonly is: "sort" }
  | { readonly is: "direction"; readonly direction: Direction }
  | { readonly is: "by" }
  | { readonly is: "per" }
  | { readonly is: "groupEnd" }
  | { readonly is: "apart" }
  // `within`: "on the clouds", which is something to group by only after "which" and "each".
  | { readonly is: "column"; readonly column: string; readonly logField?: string; readonly within?: true }
  // thresholds
  | { readonly is: "comparator"; readonly operator: Operator; readonly metric?: string }
  | { readonly is: "comparatorAfter"; readonly operator: Operator }
  | { readonly is: "between" }
  | { readonly is: "to" }
  | { readonly is: "rangeEnd" }
  | { readonly is: "quantity"; readonly value: number; readonly measure?: Measure; readonly unit?: string }
  // joining and negating
  // `listed`: joins only what is listed.
  | { readonly is: "and"; readonly strict?: true; readonly listed?: true }
  | { readonly is: "or" }
  | { readonly is: "comma" }
  | { readonly is: "not" }
  | { readonly is: "except" }
  | { readonly is: "exceptEnd" }
  // what an exception leaves; `clouds`: an exception of clouds.
  | { readonly is: "rest"; readonly clouds?: true }
  | { readonly is: "lacking" }
  | { readonly is: "having" }
  // conditions
  | { readonly is: "state"; readonly states: readonly ResourceState[] }
  | { readonly is: "stateWord" }
  | { readonly is: "environment"; readonly values: readonly string[] }
  | { readonly is: "tagKey"; readonly key: string; readonly owned?: true; readonly logService?: true }
  | { readonly is: "tagWord" }
  | { readonly is: "nameWord" }
  | { readonly is: "called" }
  | { readonly is: "affix"; readonly operator: "starts-with" | "ends-with"; readonly after: boolean }
  | { readonly is: "contains"; readonly negated: boolean }
  | { readonly is: "region"; readonly ids: readonly string[] }
  | { readonly is: "regionLike" }
  | { readonly is: "regionWord" }
  | { readonly is: "account"; readonly id: string }
  | { readonly is: "accountName"; readonly ids: readonly string[] }
  // `provider`: the only cloud that calls accounts so.
  | { readonly is: "accountWord"; readonly provider?: string }
  | { readonly is: "provider"; readonly id: string }
  | { readonly is: "providerUnknown" }
  | { readonly is: "providerWord" }
  // how many were just named: "aws、azure、谷歌云三家".
  | { readonly is: "cloudsCounted"; readonly count: number }
  | { readonly is: "pair"; readonly key: string; readonly value: string; readonly negated: boolean }
  | { readonly is: "quoted"; readonly value: string }
  | { readonly is: "name" }
  | { readonly is: "id"; readonly kind: ResourceKind | null }
  | { readonly is: "instanceType" }
  | { readonly is: "logGroup" }
  // signals
  | { readonly is: "logs" }
  | { readonly is: "severity"; readonly severities: readonly LogSeverity[]; readonly noun: boolean; readonly counted?: true }
  | { readonly is: "traces" }
  | { readonly is: "requests" }
  | { readonly is: "failed" }
  | { readonly is: "services" }
  | { readonly is: "serviceMap" }
  | { readonly is: "alarms" }
  | { readonly is: "alarming" }
  | { readonly is: "alarmState"; readonly states: readonly AlarmState[] }
  // time
  | { readonly is: "past" }
  | { readonly is: "recent" }
  | { readonly is: "duration"; readonly ms: number; readonly calendar?: "week" | "month" }
  | { readonly is: "half" }
  | { readonly is: "within" }
  | { readonly is: "ago" }
  | { readonly is: "now" }
  | { readonly is: "day"; readonly offset: number }
  | { readonly is: "date"; readonly year: number | null; readonly month: number; readonly day: number }
  | { readonly is: "weekday"; readonly weekday: number; readonly week?: number }
  | { readonly is: "calendar"; readonly unit: "week" | "month"; readonly offset: number }
  | { readonly is: "wholeDay" }
  | { readonly is: "part"; readonly fromHour: number; readonly toHour: number; readonly offset?: number }
  | { readonly is: "clock"; readonly hour: number; readonly minute: number; readonly meridiem: boolean }
  | { readonly is: "instant"; readonly ms: number | null; readonly local: readonly number[] | null }
  | { readonly is: "zone"; readonly zone: string }
  | { readonly is: "from" }
  | { readonly is: "since" }
  | { readonly is: "sinceEnd" }
  | { readonly is: "future" }
  | { readonly is: "versus" }
  | { readonly is: "versusEnd" }
  | { readonly is: "shift"; readonly shift: Shift }
  | { readonly is: "sameTime" }
  | { readonly is: "change"; readonly direction: "up" | "down" }
  // the rest
  | { readonly is: "previous" }
  | { readonly is: "only" }
  | { readonly is: "write" }
  | { readonly is: "cloud" };

export type SenseName = Sense["is"];
export type SenseOf<Name extends SenseName> = Extract<Sense, { is: Name }>;

/** A word list: each sense with the phrases that carry it, divided by `|`. */
export type Lexicon = readonly (readonly [Sense, string])[];
