import { alarmSinceMs, isWatched } from "../alarm-data.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { chance } from "../hash.ts";
import type { TruthAlarm } from "../truth-rows.ts";

/** A metric alert rule and what became of it. */
export interface AzureAlertRule {
  readonly id: string;
  readonly name: string;
  readonly resource: FleetResource;
  /** Percent. */
  readonly threshold: number;
  /** `fired`: an alert is open. `resolved`: one was, and is over. `quiet`: there was none in the last 30 days, which is how long alerts are kept. */
  readonly condition: "fired" | "resolved" | "quiet";
  /** When the last alert began, in milliseconds since the epoch. */
  readonly startMs: number;
  /** When it was over. */
  readonly resolvedMs: number;
}

const HOUR_MS = 3_600_000;

/** The alert rules of the fleet: CPU of about a tenth of the machines. */
export function alertRulesOf(fleet: Fleet, nowMs: number): readonly AzureAlertRule[] {
  return fleet.resources
    .filter((resource) => resource.kind === "virtual-machine" && isWatched(resource))
    .map((resource) => rule(resource, nowMs));
}

/** Rules as truth tells them. The platform knows no third state: a rule that is not fired is fine. */
export function alarmTruth(fleet: Fleet, nowMs: number): readonly TruthAlarm[] {
  return alertRulesOf(fleet, nowMs).map(({ id, name, resource, condition }) => ({
    provider: fleet.provider,
    account: resource.account,
    region: resource.region,
    id,
    name,
    state: condition === "fired" ? "alarm" : "ok",
    resource: resource.id,
    metric: "cpu.utilization",
  }));
}

function rule(resource: FleetResource, nowMs: number): AzureAlertRule {
  const { key } = resource;
  const name = `cpu-high-${resource.name}`;
  const group = resource.id.split("/").slice(0, 5).join("/");
  const startMs = alarmSinceMs(key, nowMs) - HOUR_MS;
  return {
    id: `${group}/providers/Microsoft.Insights/metricAlerts/${name}`,
    name,
    resource,
    threshold: 80,
    condition: resource.hot ? "fired" : chance(key, "was hot") < 0.5 ? "resolved" : "quiet",
    startMs,
    resolvedMs: startMs + Math.floor(HOUR_MS * (0.1 + chance(key, "lasted") * 0.8)),
  };
}
