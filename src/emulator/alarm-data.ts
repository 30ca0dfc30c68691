import type { FleetResource } from "./fleet.ts";
import { chance } from "./hash.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Whether an alarm watches the CPU of a machine: rather of hot and of stopped ones than of others, so that every state occurs. */
export function isWatched({ key, hot, state }: FleetResource): boolean {
  if (state === "terminated") return false;
  return chance(key, "watched") < (hot ? 0.3 : state === "running" ? 0.06 : 0.5);
}

/** Since some hours before the day began, in milliseconds since the epoch: the state of an alarm does not wander while one asks. */
export function alarmSinceMs(key: number, nowMs: number): number {
  return Math.floor(nowMs / DAY_MS) * DAY_MS - Math.floor(chance(key, "since") * 20 * HOUR_MS);
}
