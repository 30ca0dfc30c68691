import { alarmSinceMs } from "../alarm-data.ts";
import type { Fleet } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";
import { type AlicloudRule, rulesOf } from "./alarm-data.ts";

/** A moment at which an alert rule on one machine began to alarm, or ended. */
export interface AlertEvent {
  readonly id: string;
  readonly timeMs: number;
  readonly kind: "TRIGGERED" | "RESOLVED";
  /** How loudly people were told. */
  readonly level: "P2" | "P3" | "P4";
  readonly rule: AlicloudRule;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LEVELS = ["P4", "P4", "P3", "P2"] as const;

/** What the rules of a place did in `[fromMs, toMs]`, newest first. Rules that alarm now do so since their last event. */
export function alertEventsOf(
  fleet: Fleet,
  { account, region, nowMs }: { readonly account: string; readonly region: string; readonly nowMs: number },
  fromMs: number,
  toMs: number,
): readonly AlertEvent[] {
  const events = rulesOf(fleet, account, region).flatMap((rule): AlertEvent[] => {
    const { resource } = rule;
    if (resource === undefined || rule.state === "INSUFFICIENT_DATA") return [];
    const { key } = resource;
    const level = pick(LEVELS, key, "alert level");
    const event = (kind: AlertEvent["kind"], timeMs: number): AlertEvent => ({
      id: `${hexDigits(8, key, timeMs)}::${hexDigits(32, key, timeMs, kind)}`,
      timeMs,
      kind,
      level,
      rule,
    });
    const alarming = rule.state === "ALARM";
    const sinceMs = alarming ? alarmSinceMs(key, nowMs) : nowMs;
    const found = alarming ? [event("TRIGGERED", sinceMs)] : [];
    for (let day = Math.floor(fromMs / DAY_MS) - 1; (day + 1) * DAY_MS <= sinceMs && day * DAY_MS <= toMs; day++) {
      if (chance(key, day, "alert") >= (alarming ? 0.6 : 0.15)) continue;
      const startMs = day * DAY_MS + Math.floor(chance(key, day, "minute") * 22 * 60) * MINUTE_MS;
      found.push(event("TRIGGERED", startMs), event("RESOLVED", startMs + (5 + (hash(key, day) % 60)) * MINUTE_MS));
    }
    return found;
  });
  return events
    .filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
    .sort((left, right) => right.timeMs - left.timeMs || (left.id < right.id ? -1 : 1));
}
