import type { TimeWindow } from "../../contracts/index.ts";

/** The longest window of GetTraceSummaries and GetServiceGraph (X-Ray API reference). */
const LONGEST_WINDOW_MS = 6 * 3_600_000;

/** A window in parts that X-Ray takes; newest part first, as X-Ray's own pages are. */
export function partsOf(window: TimeWindow): TimeWindow[] {
  const parts: TimeWindow[] = [];
  for (let toMs = window.toMs; toMs > window.fromMs; toMs -= LONGEST_WINDOW_MS)
    parts.push({ fromMs: Math.max(window.fromMs, toMs - LONGEST_WINDOW_MS), toMs });
  return parts;
}
