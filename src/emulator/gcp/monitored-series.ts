import type { ResourceKind } from "../../contracts/index.ts";
import type { FleetResource } from "../fleet.ts";
import type { MetricKind, ValueType } from "./enumerations.ts";

/** A type of metric as the vendor's metrics list has it. */
export interface MetricType {
  /** `compute.googleapis.com/instance/cpu/utilization`. */
  readonly type: string;
  readonly displayName: string;
  readonly description: string;
  readonly resourceType: "gce_instance" | "cloudsql_database";
  readonly kind: MetricKind;
  readonly valueType: ValueType;
  /** UCUM: `10^2.%` is a fraction of one. */
  readonly unit: string;
  readonly labels: readonly { readonly key: string; readonly valueType?: "BOOL"; readonly description: string }[];
}

/** What identifies a series, and what filters can ask about it. */
export interface SeriesLabels {
  readonly metric: Readonly<Record<string, string>>;
  readonly resource: Readonly<Record<string, string>>;
  readonly user: Readonly<Record<string, string>>;
  readonly system: Readonly<Record<string, string>>;
}

/** One point of a series. */
export interface SeriesPoint {
  /** Exclusive; for gauges the same moment as the end. */
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
}

/** A stored series: a point a minute. */
export interface StoredSeries {
  readonly labels: SeriesLabels;
  /** Seeds how late its points become visible. */
  readonly key: number;
  /** In the metric's own unit; undefined where nothing was measured. */
  valueAt(minute: number): number | undefined;
}

/** A metric type, what has it, and how the series of one resource come about. */
export interface MonitoredMetric {
  readonly type: MetricType;
  readonly of: ResourceKind;
  seriesOf(resource: FleetResource): readonly StoredSeries[];
}

/** Series with their points, oldest first, and what the points are. */
export interface SeriesSet {
  readonly kind: MetricKind;
  readonly valueType: ValueType;
  readonly unit: string;
  /** Whether a reducer made them: their labels are then those they were grouped by. */
  readonly reduced?: boolean;
  readonly series: readonly { readonly labels: SeriesLabels; readonly points: readonly SeriesPoint[] }[];
}
