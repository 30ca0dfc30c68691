import type { PlanningFacts, WindowSpec } from "../../contracts/index.ts";
import { type Problem, problem } from "./problem.ts";

/** Clocks differ, and "now" in a question is a moment old when its plan is checked. */
const TOLERANCE_MS = 60_000;

/** A window that is reversed, empty, or reaches into the future. */
export function checkWindow(window: WindowSpec, facts: PlanningFacts, path: string): Problem[] {
  if ("lastMs" in window) return [];
  const fromMs = Date.parse(window.from);
  const toMs = Date.parse(window.to);
  if (fromMs >= toMs) {
    return [
      problem("WINDOW_INVALID", path, {
        en: `The window begins at ${window.from} and ends at ${window.to}: its end must come after its beginning.`,
        zh: `时间窗口从 ${window.from} 开始，到 ${window.to} 结束：结束时间必须晚于开始时间。`,
      }),
    ];
  }
  if (toMs > facts.nowMs + TOLERANCE_MS) {
    const now = new Date(facts.nowMs).toISOString();
    return [
      problem("WINDOW_INVALID", path, {
        en: `The window reaches into the future: it ends at ${window.to}, and it is ${now} now.`,
        zh: `时间窗口延伸到了未来：它在 ${window.to} 结束，而现在是 ${now}。`,
      }),
    ];
  }
  return [];
}
