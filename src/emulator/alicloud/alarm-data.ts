import { isWatched } from "../alarm-data.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { hash, hexDigits } from "../hash.ts";
import type { TruthAlarm } from "../truth-rows.ts";

/** What every alert rule is about, and whom it tells. */
export const ALERT_NAMESPACE = "acs_ecs_dashboard";
export const ALERT_METRIC = "CPUUtilization";
export const ALERT_CONTACT_GROUP = "云账号报警联系人";

/** An alert rule of CloudMonitor. */
export interface AlicloudRule {
  readonly id: string;
  readonly name: string;
  readonly state: "ALARM" | "OK" | "INSUFFICIENT_DATA";
  /** Undefined for a rule over everything of its region. */
  readonly resource: FleetResource | undefined;
  /** Percent. */
  readonly threshold: number;
}

/** The alert rules of one account and region: CPU rules on about a tenth of the machines, and one over all of them where there are two. */
export function rulesOf(fleet: Fleet, account: string, region: string): readonly AlicloudRule[] {
  const rules = fleet
    .of(account, region, "virtual-machine")
    .filter(isWatched)
    .map(
      (resource): AlicloudRule => ({
        id: ruleId(resource.key),
        name: `cpu-high-${resource.name}`,
        state: resource.state !== "running" ? "INSUFFICIENT_DATA" : resource.hot ? "ALARM" : "OK",
        resource,
        threshold: 80,
      }),
    );
  if (rules.length < 2) return rules;
  const state = rules.some((rule) => rule.state === "ALARM") ? "ALARM" : "OK";
  return [
    ...rules,
    { id: ruleId(hash(account, region, "fleet rule")), name: `${region}-fleet-cpu`, state, resource: undefined, threshold: 80 },
  ];
}

/** The alert rules of the whole fleet, as truth tells them. */
export function alarmTruth(fleet: Fleet): readonly TruthAlarm[] {
  const places = fleet.accounts.flatMap((account) => fleet.regions.map((region) => ({ account: account.id, region: region.id })));
  return places.flatMap(({ account, region }) =>
    rulesOf(fleet, account, region).map(({ id, name, state, resource }) => ({
      provider: fleet.provider,
      account,
      region,
      id,
      name,
      state: STATES[state],
      resource: resource?.id ?? null,
      metric: "cpu.utilization",
    })),
  );
}

const STATES = { ALARM: "alarm", OK: "ok", INSUFFICIENT_DATA: "insufficient-data" } as const;

function ruleId(key: number): string {
  return hexDigits(32, key, "rule").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
