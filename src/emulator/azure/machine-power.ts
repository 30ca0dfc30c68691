import type { FleetResource } from "../fleet.ts";
import { pick } from "../hash.ts";
import type { AzureChanges } from "./changes.ts";

/** A status of the `instanceView`. */
export interface PowerState {
  readonly code: string;
  readonly displayStatus: string;
}

const DEALLOCATED: PowerState = { code: "PowerState/deallocated", displayStatus: "VM deallocated" };
const POWER_STATES: Readonly<Record<string, PowerState>> = {
  running: { code: "PowerState/running", displayStatus: "VM running" },
  stopping: { code: "PowerState/deallocating", displayStatus: "VM deallocating" },
};
// A stopped machine is either still allocated (and charged) or not.
const STOPPED = [DEALLOCATED, { code: "PowerState/stopped", displayStatus: "VM stopped" }] as const;

export function powerStateOf(machine: FleetResource, changes: AzureChanges): PowerState {
  if (changes.isDeallocated(machine)) return DEALLOCATED;
  return POWER_STATES[machine.state] ?? pick(STOPPED, machine.key, "power");
}

/** Whether a machine holds cores and counts against quotas. */
export function isAllocated(machine: FleetResource, changes: AzureChanges): boolean {
  return powerStateOf(machine, changes) !== DEALLOCATED;
}
