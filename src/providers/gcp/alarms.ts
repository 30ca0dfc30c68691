import type { Alarm, AlarmState, AlarmsCapability, ProviderContext } from "../../contracts/index.ts";
import { type AlertPolicy, conditionOf, listPolicies } from "./alert-policies.ts";
import { type Alert, openAlerts } from "./alerts.ts";
import type { Clients } from "./clients.ts";
import { projectRegions } from "./instances.ts";
import { GLOBAL, regionOfZone } from "./places.ts";

/**
 * Alert policies. A policy has no state: it is `alarm` while an alert that it opened is not closed, else `ok`. Its region is that of what
 * it watches, as the filter of its condition or its alerts name it.
 */
export function listAlarms(clients: Clients): AlarmsCapability["list"] {
  return async function* ({ account, region }, states, context) {
    const isHere = await placeOf(clients, account, region, context);
    const open = new Map<string, Alert[]>();
    for await (const alerts of openAlerts(clients, account, context)) {
      for (const alert of alerts) open.set(alert.policy, [...(open.get(alert.policy) ?? []), alert]);
    }
    for await (const policies of listPolicies(clients, account, context)) {
      const alarms = policies.map((policy) => placed(policy, open.get(policy.name) ?? []));
      yield alarms.filter((each) => isHere(each.region) && states.includes(each.alarm.state)).map(({ alarm }) => alarm);
    }
  };
}

function placed(policy: AlertPolicy, alerts: readonly Alert[]): { readonly region: string; readonly alarm: Alarm } {
  const { metric, resource, region, text } = conditionOf(policy);
  const state: AlarmState = alerts.length > 0 ? "alarm" : "ok";
  const sinceMs = alerts.length > 0 ? Math.min(...alerts.map(({ openMs }) => openMs)) : null;
  const [alertRegion, ...others] = new Set(alerts.map(({ zone }) => (zone === undefined ? GLOBAL : regionOfZone(zone))));
  return {
    region: region ?? (others.length === 0 ? alertRegion : undefined) ?? GLOBAL,
    alarm: { id: policy.name, name: policy.displayName, state, sinceMs, metric, resource, reason: reasonOf(text, alerts) },
  };
}

const MOST_NAMED = 5;

/** The condition, and what it holds for. */
function reasonOf(text: string | null, alerts: readonly Alert[]): string | null {
  const resources = [...new Set(alerts.flatMap(({ resource }) => resource ?? []))];
  const named = [...resources.slice(0, MOST_NAMED), ...(resources.length > MOST_NAMED ? ["…"] : [])].join(", ");
  return [text ?? "", named === "" ? "" : `(${named})`].filter(Boolean).join(" ") || null;
}

async function placeOf(clients: Clients, project: string, scope: string, context: ProviderContext): Promise<(region: string) => boolean> {
  if (scope !== GLOBAL) return (region) => region === scope;
  const regions = await projectRegions(clients, project, context);
  return (region) => !regions.has(region);
}
