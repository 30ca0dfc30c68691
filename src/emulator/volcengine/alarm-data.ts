import { alarmSinceMs, isWatched } from "../alarm-data.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash } from "../hash.ts";
import type { TruthAlarm } from "../truth-rows.ts";

/** `altering` is how the vendor spells it. It knows no third state: what reports nothing is `normal` (API reference, ListRules). */
type AlertState = "altering" | "normal";

/** An alert rule of the cloud monitor on the CPU of one machine, or of every machine of a region. */
export interface AlertRule {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** Undefined for the rule on every machine of its region. */
  readonly resource: FleetResource | undefined;
  /** Machines for which it rings now. */
  readonly ringing: readonly FleetResource[];
  readonly state: AlertState;
  /** Percent. */
  readonly threshold: number;
  readonly createdMs: number;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
}

const DAY_MS = 86_400_000;
const THRESHOLD = 80;

/** The rules of an account in all its regions: on about a tenth of the machines, and one over all machines of each region where there are two. */
export function alertRulesOf(fleet: Fleet, account: string, nowMs: number): readonly AlertRule[] {
  return fleet.regions.flatMap(({ id: region }) => {
    const machines = fleet.of(account, region, "virtual-machine");
    const rules = machines.filter(isWatched).map((machine) => machineRule(machine, nowMs));
    return rules.length < 2 ? rules : [...rules, regionRule(account, region, machines, nowMs)];
  });
}

/** The alarms of the whole fleet, as truth tells them. */
export function alarmTruth(fleet: Fleet, nowMs: number): readonly TruthAlarm[] {
  return fleet.accounts.flatMap(({ id: account }) =>
    alertRulesOf(fleet, account, nowMs).map((rule) => ({
      provider: fleet.provider,
      account,
      region: rule.region,
      id: rule.id,
      name: rule.name,
      state: rule.state === "altering" ? ("alarm" as const) : ("ok" as const),
      resource: rule.resource?.id ?? null,
      metric: "cpu.utilization",
    })),
  );
}

function machineRule(resource: FleetResource, nowMs: number): AlertRule {
  return ruleOf(resource.key, `cpu-high-${resource.name}`, resource.region, resource, [resource].filter(isHot), nowMs);
}

function regionRule(account: string, region: string, machines: readonly FleetResource[], nowMs: number): AlertRule {
  return ruleOf(hash(account, region, "rule"), `${region}-fleet-cpu`, region, undefined, machines.filter(isHot), nowMs);
}

function isHot({ hot, state }: FleetResource): boolean {
  return hot && state === "running";
}

function ruleOf(
  key: number,
  name: string,
  region: string,
  resource: FleetResource | undefined,
  ringing: readonly FleetResource[],
  nowMs: number,
): AlertRule {
  return {
    id: `1744027${String(key).padStart(10, "0")}`,
    name,
    region,
    resource,
    ringing,
    state: ringing.length > 0 ? "altering" : "normal",
    threshold: THRESHOLD,
    createdMs: Date.UTC(2025, 0, 1) + Math.floor(chance(key, "rule-created") * 365) * DAY_MS,
    sinceMs: alarmSinceMs(key, nowMs),
  };
}
