import type { Fleet } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { serial } from "./native-names.ts";

export interface SystemEvent {
  readonly id: string;
  readonly instanceId: string;
  readonly type: "SystemMaintenance_Redeploy" | "SystemFailure_Reboot" | "DiskError_Redeploy" | "StopInstance";
  readonly status: "Executing" | "Succeeded" | "Failed" | "Inquiring";
  readonly createdMs: number;
  readonly startedMs: number;
  /** Null for what is still going on. */
  readonly endedMs: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TYPES = ["SystemMaintenance_Redeploy", "SystemFailure_Reboot", "DiskError_Redeploy", "StopInstance"] as const;
const STATUSES = ["Succeeded", "Succeeded", "Succeeded", "Failed", "Executing", "Inquiring"] as const;

/** What happened to the instances of a place within the last 30 days, newest first: to about one in eight, mostly not today. */
export function systemEventsOf(fleet: Fleet, account: string, region: string, nowMs: number): readonly SystemEvent[] {
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return fleet
    .of(account, region, "virtual-machine")
    .filter(({ key }) => chance(key, "event") < 0.12)
    .map(({ key: machineKey, id: instanceId }) => {
      const key = hash(machineKey, "system event");
      const createdMs = todayMs - Math.floor(chance(key, "age") ** 2 * 30 * DAY_MS);
      const status = pick(STATUSES, key, "status");
      const endedMs = status === "Executing" || status === "Inquiring" ? null : createdMs + Math.floor(chance(key, "length") * 2 * HOUR_MS);
      const id = `e-${serial(20, key, "event")}`;
      return { id, instanceId, type: pick(TYPES, key, "type"), status, createdMs, startedMs: createdMs + 60_000, endedMs };
    })
    .sort((left, right) => right.createdMs - left.createdMs || (left.id < right.id ? -1 : 1));
}
