import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { guidOf } from "./native-names.ts";

/** An administrative operation that somebody carried out: two events, one when it began and one when it was over. */
export interface AzureActivity {
  readonly key: number;
  readonly correlationId: string;
  readonly resource: FleetResource;
  /** `Microsoft.Compute/virtualMachines/restart/action`. */
  readonly action: string;
  readonly actionName: string;
  readonly caller: string;
  readonly clientIp: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly succeeded: boolean;
}

/** How long an activity takes at most, in milliseconds. */
export const LONGEST_ACTIVITY_MS = 130_000;
/** For how long events are kept, in days ("Azure Monitor activity log": retention period). */
export const ACTIVITY_DAYS = 90;

const DAY_MS = 86_400_000;
const ACTIONS = [
  ["write", "Create or Update Virtual Machine"],
  ["restart/action", "Restart Virtual Machine"],
  ["start/action", "Start Virtual Machine"],
  ["deallocate/action", "Deallocate Virtual Machine"],
  ["extensions/write", "Create or Update Virtual Machine Extension"],
  ["runCommand/action", "Run Command on Virtual Machine"],
] as const;
const CALLERS = ["alice@nimbus.example.com", "bob@nimbus.example.com", "chen.wei@nimbus.example.com", "李雷@nimbus.example.com"] as const;

/** What was begun with machines of a subscription in `[fromMs, toMs)`, oldest first. */
export function activitiesOf(fleet: Fleet, account: string, fromMs: number, toMs: number): readonly AzureActivity[] {
  const machines = fleet.resources.filter((resource) => resource.account === account && resource.kind === "virtual-machine");
  const found: AzureActivity[] = [];
  if (machines.length === 0) return found;
  for (let day = Math.floor(fromMs / DAY_MS); day * DAY_MS < toMs; day++) {
    const seed = hash(fleet.seed, account, "activity", day);
    const count = 3 + Math.floor(machines.length / 100) + (seed % 6);
    for (let index = 0; index < count; index++) {
      const machine = machines[hash(seed, index, "machine") % machines.length];
      if (machine === undefined) continue;
      const one = activity(machine, hash(seed, index), day);
      if (one.startMs >= fromMs && one.startMs < toMs) found.push(one);
    }
  }
  return found.sort((left, right) => left.startMs - right.startMs || left.key - right.key);
}

function activity(resource: FleetResource, key: number, day: number): AzureActivity {
  const [action, actionName] = pick(ACTIONS, key, "action");
  const startMs = day * DAY_MS + Math.floor(chance(key, "moment") * (DAY_MS - 600_000));
  return {
    key,
    correlationId: guidOf(key, "correlation"),
    resource,
    action: `Microsoft.Compute/virtualMachines/${action}`,
    actionName,
    caller: pick(CALLERS, key, "caller"),
    clientIp: `203.0.113.${hash(key, "address") % 254}`,
    startMs,
    endMs: startMs + 5_000 + Math.floor(chance(key, "took") * 120_000),
    succeeded: chance(key, "succeeded") < 0.9,
  };
}
