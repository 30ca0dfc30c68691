import { usageError } from "./usage-error.ts";

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `30s`, `1.5m`, `30d`; a plain number counts `plainUnit`. Milliseconds, from 1. */
export function parseDuration(text: string, option: string, plainUnit: "s" | "d"): number {
  const [, amount = "", unit = plainUnit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?$/.exec(text.trim()) ?? [];
  const ms = Math.round(Number(amount) * (UNITS_MS[unit] ?? Number.NaN));
  if (amount === "" || !Number.isSafeInteger(ms) || ms < 1) {
    throw usageError(
      { en: `${option} is no length of time: ${text}`, zh: `${option} 不是时长：${text}` },
      { en: `Write for example ${option} 30s, 5m, 2h or 30d.`, zh: `例如：${option} 30s、5m、2h 或 30d。` },
    );
  }
  return ms;
}
