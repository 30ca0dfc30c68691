import type { AlarmState, LogSeverity, MetricName, ResourceKind, ResourceState, Unit } from "../contracts/index.ts";
import type { Fleet, FleetResource } from "./fleet.ts";

/** Over the raw minutes of the window, canonical; `sum` for totals only. */
export interface TruthMetric {
  readonly unit: Unit;
  readonly avg: number;
  readonly max: number;
  readonly min: number;
  readonly last: number;
  readonly sum?: number;
}

export interface TruthResource {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
  readonly state: ResourceState;
  readonly tags: Readonly<Record<string, string>>;
  readonly monitoring: "basic" | "detailed";
  readonly metrics: Readonly<Partial<Record<MetricName, TruthMetric>>>;
}

export interface TruthLog {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  /** The log group, workspace or topic. */
  readonly source: string;
  readonly service: string;
  readonly severity: LogSeverity;
  readonly timestampMs: number;
  readonly message: string;
}

export interface TruthTrace {
  readonly provider: string;
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
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly state: AlarmState;
  /** Id of the resource it watches, and the canonical name of the metric; null for composite alarms. */
  readonly resource: string | null;
  readonly metric: string | null;
}

/** Something that is neither resource, log, trace nor alarm: a disk, a dashboard, a quota. */
export interface TruthRecord {
  readonly provider: string;
  readonly account: string;
  /** `global` where the vendor keeps it in no region. */
  readonly region: string;
  /** Neutral, in kebab case: `dashboard`, `disk`, `snapshot`, `metric-filter`, `alarm-history`, `quota`, `security-group`. */
  readonly type: string;
  /** As the cloud's API gives it; unique among the records of a type, account and region. */
  readonly id: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, TruthAttribute>>;
}

type TruthScalar = string | number | boolean | null;
export type TruthAttribute = TruthScalar | readonly TruthScalar[] | Readonly<Record<string, string>>;

/** What of a cloud's truth does not follow from resources and series. Rows whose time is in [fromMs, toMs). */
export interface TruthSources {
  logs(fleet: Fleet, fromMs: number, toMs: number): readonly TruthLog[];
  traces(fleet: Fleet, fromMs: number, toMs: number): readonly TruthTrace[];
  alarms(fleet: Fleet, nowMs: number): readonly TruthAlarm[];
  /** A resource as writes have left it. @defaultValue as the fleet has it. Its series do not stop with it. */
  current?(resource: FleetResource): FleetResource;
  /** As things are now, after every write since the start or the last reset. */
  records?(fleet: Fleet, nowMs: number): readonly TruthRecord[];
}
