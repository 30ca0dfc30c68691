import type { TimeWindow, WindowSpec } from "../contracts/index.ts";
import { QuestionError, type Text } from "../errors/index.ts";

const MINUTE_MS = 60_000;
const FIVE_MINUTES_MS = 5 * MINUTE_MS;

export interface WindowFacts {
  /** When the run began, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** How long the slowest of the asked clouds takes to deliver a point, in milliseconds. */
  readonly lagMs: number;
  /** To what the end of a relative window from 5 minutes up is rounded down: 5 minutes where points may be that long. */
  readonly alignment: "points" | "minutes";
}

/**
 * Turns a window of a plan into times, as {@link WindowSpec} says. The part of an absolute window that lies ahead is cut off and told.
 * Throws `WINDOW_INVALID` for one that is reversed, empty or altogether ahead.
 */
export function resolveWindow(spec: WindowSpec, facts: WindowFacts): { readonly window: TimeWindow; readonly note: Text | null } {
  if ("lastMs" in spec) {
    const alignMs = facts.alignment === "points" && spec.lastMs >= FIVE_MINUTES_MS ? FIVE_MINUTES_MS : MINUTE_MS;
    const toMs = Math.floor((facts.nowMs - facts.lagMs) / alignMs) * alignMs;
    return { window: { fromMs: toMs - spec.lastMs, toMs }, note: null };
  }
  const [fromMs, toMs] = [Date.parse(spec.from), Date.parse(spec.to)];
  if (fromMs >= toMs) throw reversed(spec.from, spec.to);
  if (fromMs >= facts.nowMs) throw ahead(spec.from);
  if (toMs <= facts.nowMs - facts.lagMs) return { window: { fromMs, toMs }, note: null };
  const endMs = Math.min(toMs, facts.nowMs);
  return { window: { fromMs, toMs: endMs }, note: unfinished(new Date(endMs).toISOString(), endMs < toMs) };
}

function reversed(from: string, to: string): QuestionError {
  return new QuestionError({
    code: "WINDOW_INVALID",
    message: { en: `The window ends (${to}) before it begins (${from}).`, zh: `时间窗口的结束（${to}）早于开始（${from}）。` },
    hint: { en: "Swap the two times.", zh: "请交换这两个时间。" },
  });
}

function ahead(from: string): QuestionError {
  return new QuestionError({
    code: "WINDOW_INVALID",
    message: { en: `The window begins in the future (${from}).`, zh: `时间窗口从未来开始（${from}）。` },
    hint: { en: "Ask for a time that has passed.", zh: "请询问已经过去的时间。" },
  });
}

function unfinished(end: string, cut: boolean): Text {
  return cut
    ? {
        en: `The window was cut at the present (${end}); its newest points may still be missing.`,
        zh: `时间窗口截至当前（${end}），最新的数据点可能尚未到达。`,
      }
    : {
        en: `The window ends so recently (${end}) that its newest points may still be missing.`,
        zh: `时间窗口的结束时间（${end}）很近，最新的数据点可能尚未到达。`,
      };
}
