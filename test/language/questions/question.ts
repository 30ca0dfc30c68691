import type { ResourceKind, Statistic } from "../../../src/contracts/index.ts";
import type { ErrorCode, Language } from "../../../src/errors/index.ts";

/** One question with what a right answer must hold, told over the ground truth and never over plans. */
export interface Question {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly language: Language;
  readonly text: string;
  /** The question asked just before in the same thread. */
  readonly after?: string;
  /** Null: the answer looks at no window. Absent: not checked. */
  readonly window?: WindowExpectation | null;
  /** Absent: not checked. */
  readonly statistic?: Statistic;
  readonly expect: Expectation;
}

type QuestionKind =
  | "list"
  | "tag"
  | "missing-tag"
  | "name"
  | "state"
  | "account"
  | "region"
  | "threshold"
  | "range"
  | "window"
  | "compared-windows"
  | "statistic"
  | "aggregation"
  | "count"
  | "top"
  | "sort"
  | "logs"
  | "traces"
  | "alarms"
  | "two-conditions"
  | "negation"
  | "service-metric"
  | "follow-up"
  | "nothing-matches"
  | "refused";

/** Times are ISO 8601. `lastMs` windows and `to: "now"` end at most ten minutes before now; `between` bounds are inclusive. */
export type WindowExpectation =
  | { readonly lastMs: number }
  | { readonly from: string; readonly to: string }
  | { readonly fromBetween: readonly [string, string]; readonly toBetween: readonly [string, string] };

export interface World {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Of the answer's own window; of the last five minutes where the answer has none. */
  readonly truth: Truth;
  /** Milliseconds since the epoch, `from` inclusive, `to` exclusive. */
  truthAt(from: number, to: number): Promise<Truth>;
}

export interface Truth {
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly resources: readonly TruthResource[];
  readonly logs: readonly TruthLog[];
  readonly traces: readonly TruthTrace[];
  readonly alarms: readonly TruthAlarm[];
}

export interface TruthResource {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, TruthMetric>>;
}

/** Over the raw minutes of the window; `sum` only where the metric is a total. */
interface TruthMetric {
  readonly unit: string;
  readonly avg: number;
  readonly max: number;
  readonly min: number;
  readonly last: number;
  readonly sum?: number;
}

export interface TruthLog {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly service: string | null;
  readonly severity: "debug" | "info" | "warning" | "error" | "critical";
  readonly timestampMs: number;
  readonly message: string;
}

export interface TruthTrace {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly service: string;
  readonly operation: string;
  readonly timestampMs: number;
  readonly durationMs: number;
  readonly status: "ok" | "error" | "fault" | "throttle";
}

export interface TruthAlarm {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly state: "alarm" | "ok" | "insufficient-data";
}

/** Inclusive bounds of a number. */
export type Range = readonly [number, number];

/** `must` are in the answer, `may` can be: the question leaves them open, or a value is as good as on the threshold. */
export interface Expected<Item> {
  readonly must: readonly Item[];
  readonly may: readonly Item[];
}

/** The answer is in this order; with `limit`, the first so many of it. Items without a key come last, or (with a limit) not at all. */
export interface Order<Item> {
  readonly by: (item: Item) => number | string | undefined;
  readonly direction: "ascending" | "descending";
  readonly limit?: number;
}

/** A number every row must show. `column: null`: in some column, the same for all rows. */
export interface ShownValue {
  readonly column: string | null;
  /** Accepted values of a resource; undefined: it has none. */
  readonly of: (resource: TruthResource) => Range | undefined;
}

type Over<Result> = (world: World) => Result | Promise<Result>;

export type Expectation =
  | {
      readonly type: "rows";
      readonly of: Over<Expected<TruthResource>>;
      readonly order?: Order<TruthResource>;
      readonly shows?: Over<readonly ShownValue[]>;
    }
  /** One number: the last cell of the only row. Several ranges where the words can be read in several ways. */
  | { readonly type: "single"; readonly of: Over<readonly Range[]> }
  /**
   * One number (last column) for each group; `""` is the group of what has no such value. A group whose range begins at 0 may be
   * left out. With `top`, the first so many rows are the greatest groups, and the others need not be there.
   */
  | { readonly type: "groups"; readonly by: string; readonly of: Over<ReadonlyMap<string, Range>>; readonly top?: number }
  /** `cutAt`: how many rows the answer may stop at, if the receipt then says so. With an order that has a limit, nothing is cut. */
  | { readonly type: "logs"; readonly of: Over<Expected<TruthLog>>; readonly order?: Order<TruthLog>; readonly cutAt: number }
  | { readonly type: "traces"; readonly of: Over<Expected<TruthTrace>>; readonly order?: Order<TruthTrace>; readonly cutAt: number }
  | { readonly type: "alarms"; readonly of: Over<Expected<TruthAlarm>> }
  | { readonly type: "refused"; readonly codes: readonly ErrorCode[] };
