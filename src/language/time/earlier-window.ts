import type { WindowSpec } from "../../contracts/index.ts";
import type { Shift } from "../text/sense.ts";
import { zoneClock } from "./zone.ts";

const GRID_MS = 300_000;

/** The window that a window is compared with: the same clock times some days back, or as long and just before it. */
export function earlierWindow(window: WindowSpec, shift: Shift, nowMs: number, zone: string): WindowSpec {
  const now = Math.floor(nowMs / GRID_MS) * GRID_MS;
  const from = "lastMs" in window ? now - window.lastMs : Date.parse(window.from);
  const to = "lastMs" in window ? now : Date.parse(window.to);
  const back = (ms: number) => {
    if (shift === "previous") return ms - (to - from);
    if ("ms" in shift) return ms - shift.ms;
    const clock = zoneClock(zone);
    const wall = clock.wallOf(ms);
    return clock.instantOf({ ...wall, day: wall.day - shift.days });
  };
  return { from: new Date(back(from)).toISOString(), to: new Date(back(to)).toISOString() };
}
