import type { AlarmState, LogSeverity, ResourceKind, Statistic, WindowSpec } from "../../contracts/index.ts";
import type { QuestionError } from "../../errors/index.ts";
import type { Direction, Measure, Operator, Shift } from "../text/sense.ts";

/** A comparison with a number, not yet bound to a metric. */
export interface Threshold {
  readonly operator: Operator | "between" | "outside";
  /** One, or the two bounds of a range. */
  readonly values: readonly number[];
  readonly measure: Measure | undefined;
  /** As written, for messages. */
  readonly text: string;
  /** What the words themselves compare: "slower than" latency, "hotter than" CPU. */
  readonly implies: string | undefined;
}

/** A condition on where a resource is or what it is. */
export type ScopeCondition =
  | {
      readonly on: "region" | "account" | "provider" | "state" | "type" | "id";
      readonly values: readonly string[];
      readonly negated: boolean;
    }
  | { readonly on: "tag"; readonly key: string; readonly values: readonly string[]; readonly negated: boolean; readonly explicit: boolean }
  | { readonly on: "tagPresence"; readonly key: string; readonly values: readonly []; readonly negated: boolean }
  | {
      readonly on: "name";
      readonly operator: "is" | "contains" | "starts-with" | "ends-with";
      readonly values: readonly string[];
      readonly negated: boolean;
    };

/** A time of day. */
export interface Hour {
  readonly hour: number;
  readonly minute: number;
}

/** What a window is compared with: a distance back, a day counted from today, the day before at given hours, or another window. */
export type Reference =
  | { readonly shift: Shift }
  | { readonly day: number }
  | { readonly dayBefore: { readonly from: Hour; readonly to: Hour } }
  | { readonly window: WindowSpec };

/** What rows are put together by; `logField` where entries of logs can be counted by it. */
export interface GroupKey {
  readonly column: string;
  readonly logField: string | null;
}

/** What a rule made of some tokens. */
export type Element =
  | { readonly type: "filler"; readonly list: boolean }
  | { readonly type: "glue"; readonly place: boolean }
  | { readonly type: "connector"; readonly word: "and" | "or" | "comma" }
  | { readonly type: "all"; readonly places: boolean }
  | { readonly type: "subject"; readonly kind: ResourceKind; readonly one: boolean; readonly vendors: readonly string[] }
  | { readonly type: "single" }
  | { readonly type: "metric"; readonly metrics: readonly string[]; readonly statistic: Statistic | undefined; readonly present: boolean }
  | { readonly type: "statistic"; readonly statistic: Statistic }
  | { readonly type: "threshold"; readonly threshold: Threshold }
  // `compared`: its values one with another ("aws vs azure").
  | { readonly type: "scope"; readonly condition: ScopeCondition; readonly compared?: true }
  | { readonly type: "window"; readonly window: WindowSpec }
  | { readonly type: "now" }
  | { readonly type: "zone" }
  | { readonly type: "compare"; readonly reference: Reference; readonly change: "up" | "down" | undefined }
  | { readonly type: "change"; readonly direction: "up" | "down" }
  | { readonly type: "group"; readonly keys: readonly GroupKey[]; readonly which: "one" | "several" | undefined }
  | { readonly type: "perSubject"; readonly kind: ResourceKind }
  | { readonly type: "order"; readonly by: OrderKey | undefined; readonly direction: Direction | undefined; readonly explicit: boolean }
  | { readonly type: "superlative"; readonly direction: Direction; readonly metric: string | undefined; readonly slow: boolean }
  | { readonly type: "top"; readonly direction: Direction; readonly count: number | undefined }
  | { readonly type: "limit"; readonly count: number; readonly newest: boolean }
  | { readonly type: "recent" }
  | { readonly type: "count" }
  | { readonly type: "apart"; readonly compares: boolean }
  | { readonly type: "howMuch" }
  | { readonly type: "previous" }
  | { readonly type: "only" }
  | { readonly type: "logs" }
  | { readonly type: "severity"; readonly severities: readonly LogSeverity[]; readonly counted: boolean }
  | { readonly type: "service"; readonly name: string }
  | { readonly type: "text"; readonly excludes: boolean; readonly value: string }
  | { readonly type: "traces" }
  | { readonly type: "failed" }
  | { readonly type: "services" }
  | { readonly type: "serviceMap" }
  | { readonly type: "alarms" }
  | { readonly type: "alarming" }
  | { readonly type: "alarmState"; readonly states: readonly AlarmState[] }
  | { readonly type: "error"; readonly error: QuestionError }
  | { readonly type: "unknown" };

export type ElementType = Element["type"];
export type ElementOf<Type extends ElementType> = Extract<Element, { type: Type }>;

export type OrderKey = { readonly metrics: readonly string[]; readonly statistic: Statistic | undefined } | { readonly column: string };

/** An element and the tokens it was made of: `from` inclusive, `to` exclusive. */
export type Placed<Kind extends Element = Element> = Kind & { readonly from: number; readonly to: number };
