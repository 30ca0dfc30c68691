import type { Fleet } from "../fleet.ts";
import { DATABASE_METRICS } from "./database-metrics.ts";
import { MACHINE_METRICS } from "./machine-metrics.ts";
import type { MonitoredMetric, StoredSeries } from "./monitored-series.ts";

/** Every metric type that has series. */
export const MONITORED_METRICS: readonly MonitoredMetric[] = [...MACHINE_METRICS, ...DATABASE_METRICS];

/** The series of every metric type, made when they are first asked for. */
export class TimeSeriesStore {
  readonly #fleet: Fleet;
  readonly #series = new Map<string, readonly StoredSeries[]>();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  of(project: string, metric: MonitoredMetric): readonly StoredSeries[] {
    const key = `${project} ${metric.type.type}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const resources = this.#fleet.regions.flatMap((region) => this.#fleet.of(project, region.id, metric.of));
    const series = resources.flatMap((resource) => metric.seriesOf(resource));
    this.#series.set(key, series);
    return series;
  }
}
