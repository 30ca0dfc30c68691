import { alarmSinceMs, isWatched } from "../alarm-data.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash } from "../hash.ts";
import type { TruthAlarm } from "../truth-rows.ts";
import { zoneOf } from "./native-names.ts";

/** An alert policy over the CPU of one machine, or of all machines of a region. */
export interface AlertPolicyData {
  /** `projects/P/alertPolicies/N`. */
  readonly name: string;
  readonly displayName: string;
  readonly project: string;
  readonly region: string;
  /** Null for a policy over a region. */
  readonly resource: FleetResource | null;
  /** A fraction of one. */
  readonly threshold: number;
  readonly alerts: readonly AlertData[];
}

/** One violation of a policy, by one machine. */
export interface AlertData {
  readonly name: string;
  readonly resource: FleetResource;
  /** Milliseconds since the epoch. */
  readonly openMs: number;
  /** Null while it goes on. */
  readonly closeMs: number | null;
}

export const CPU_METRIC = "compute.googleapis.com/instance/cpu/utilization";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The policies of a project: on about a tenth of the machines, and one over each region that has two of those. */
export function alertPoliciesOf(fleet: Fleet, project: string, nowMs: number): readonly AlertPolicyData[] {
  return fleet.regions.flatMap((region) => {
    const watched = fleet.of(project, region.id, "virtual-machine").filter(isWatched);
    const policies = watched.map((resource) => machinePolicy(resource, nowMs));
    return watched.length < 2 ? policies : [...policies, regionPolicy(fleet, project, region.id, nowMs)];
  });
}

/** The policies of the whole fleet, as truth tells them: Cloud Monitoring knows alerts and their absence, nothing in between. */
export function alertTruth(fleet: Fleet, nowMs: number): readonly TruthAlarm[] {
  return fleet.accounts.flatMap((account) =>
    alertPoliciesOf(fleet, account.id, nowMs).map((policy) => ({
      provider: fleet.provider,
      account: account.id,
      region: policy.region,
      id: policy.name,
      name: policy.displayName,
      state: policy.alerts.some((alert) => alert.closeMs === null) ? ("alarm" as const) : ("ok" as const),
      resource: policy.resource?.id ?? null,
      metric: "cpu.utilization",
    })),
  );
}

function machinePolicy(resource: FleetResource, nowMs: number): AlertPolicyData {
  const { account, region } = resource;
  return {
    name: `projects/${account}/alertPolicies/${numericName(resource.key, "policy")}`,
    displayName: `cpu-high-${resource.name}`,
    project: account,
    region,
    resource,
    threshold: 0.8,
    alerts: alertsOf(resource, "machine", nowMs),
  };
}

/** All machines of a region: one policy, an alert for each machine that violates it. */
function regionPolicy(fleet: Fleet, project: string, region: string, nowMs: number): AlertPolicyData {
  return {
    name: `projects/${project}/alertPolicies/${numericName(hash(project, region), "policy")}`,
    displayName: `${region}-fleet-cpu`,
    project,
    region,
    resource: null,
    threshold: 0.8,
    alerts: fleet.of(project, region, "virtual-machine").flatMap((resource) => alertsOf(resource, "region", nowMs)),
  };
}

/** A hot machine has an alert that goes on; some others had one that is over. */
function alertsOf(resource: FleetResource, policy: string, nowMs: number): readonly AlertData[] {
  if (resource.state !== "running") return [];
  const { key } = resource;
  const openMs = alarmSinceMs(key, nowMs);
  const name = `projects/${resource.account}/alerts/0.${hash(key, policy, openMs).toString(36)}${key.toString(36)}`;
  if (resource.hot) return [{ name, resource, openMs, closeMs: null }];
  const isOver = chance(key, "alerted") < 0.02;
  return isOver ? [{ name, resource, openMs: openMs - DAY_MS, closeMs: openMs - DAY_MS + HOUR_MS }] : [];
}

/** `zone` and id of a machine as filters of policies name them. */
export function machineFilter(resource: FleetResource): string {
  return `resource.labels.zone = "${zoneOf(resource)}" AND resource.labels.instance_id = "${resource.id}"`;
}

/** 20 digits, as ids of policies and conditions. */
export function numericName(key: number, what: string): string {
  return String(10_000_000_000_000_000_000n + BigInt(hash(key, what)) * 1_000_000_007n + BigInt(key));
}
