import type { Column, Unit } from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";

const BYTE_STEPS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/** A number as a sentence shows it: rounded, decimal multiples of bytes, `%` attached. */
export function formatValue(value: number, unit: Unit | undefined): string {
  return withUnit(value, unit, (number, digits) => number.toLocaleString("en-US", { maximumFractionDigits: digits }));
}

/** A threshold as it was given: never rounded, or what is said would differ from what is done. */
export function formatThreshold(value: number, unit: Unit | undefined): string {
  return withUnit(value, unit, (number) => number.toLocaleString("en-US", { maximumFractionDigits: 15 }));
}

function withUnit(value: number, unit: Unit | undefined, show: (number: number, digits: number) => string): string {
  switch (unit) {
    case "percent":
      return `${show(value, 1)}%`;
    case "bytes":
      return withBytes(value, show);
    case "bytes/second":
      return `${withBytes(value, show)}/s`;
    case "count/second":
      return `${show(value, 2)}/s`;
    case "seconds":
      return `${show(value, 2)} s`;
    case "milliseconds":
      return value >= 1000 ? `${show(value / 1000, 2)} s` : `${show(value, 0)} ms`;
    default:
      return show(value, 2);
  }
}

function withBytes(value: number, show: (number: number, digits: number) => string): string {
  let scaled = value;
  let step = 0;
  while (Math.abs(scaled) >= 1000 && step < BYTE_STEPS.length - 1) {
    scaled /= 1000;
    step++;
  }
  return `${show(scaled, step === 0 ? 0 : 1)} ${BYTE_STEPS[step]}`;
}

export function formatCell(value: string | number | boolean | null, column: Column): string {
  if (value === null) return "–";
  return typeof value === "number" ? formatValue(value, column.unit) : String(value);
}

/** `2026-11-20T16:30:00+08:00`: an instant with the offset its zone had then. */
export function toZonedIso(timestampMs: number, timezone: string): string {
  const parts = zonedParts(timestampMs, timezone);
  const local = `${parts.date}T${parts.time}`;
  const offsetMinutes = Math.round((Date.parse(`${local}Z`) - Math.floor(timestampMs / 1000) * 1000) / 60_000);
  if (offsetMinutes === 0) return `${local}Z`;
  const sign = offsetMinutes < 0 ? "-" : "+";
  const absolute = Math.abs(offsetMinutes);
  return `${local}${sign}${pad(Math.floor(absolute / 60))}:${pad(absolute % 60)}`;
}

/** `2026-11-20 16:30–16:35 (Asia/Shanghai)`. */
export function formatWindow(fromMs: number, toMs: number, timezone: string): string {
  const from = zonedParts(fromMs, timezone);
  const to = zonedParts(toMs, timezone);
  const end = from.date === to.date ? to.time.slice(0, 5) : `${to.date} ${to.time.slice(0, 5)}`;
  return `${from.date} ${from.time.slice(0, 5)}–${end} (${timezone})`;
}

/** `2026-11-20 16:30 (Asia/Shanghai)`. */
export function formatTime(timestampMs: number, timezone: string): string {
  const { date, time } = zonedParts(timestampMs, timezone);
  return `${date} ${time.slice(0, 5)} (${timezone})`;
}

function zonedParts(timestampMs: number, timezone: string): { date: string; time: string } {
  // The Swedish locale writes ISO dates.
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" }).format(timestampMs);
  const [date = "", time = ""] = text.split(" ");
  return { date, time };
}

export function formatDuration(ms: number, language: Language): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes % 1440 === 0) return language === "zh" ? `${minutes / 1440} 天` : plural(minutes / 1440, "day");
  if (minutes % 60 === 0) return language === "zh" ? `${minutes / 60} 小时` : plural(minutes / 60, "hour");
  return language === "zh" ? `${minutes} 分钟` : plural(minutes, "minute");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** Items with commas and the language's "and"; long lists are cut and say by how many. */
export function formatList(items: readonly string[], language: Language, most = 6): string {
  const shown = items.slice(0, most).join(language === "zh" ? "、" : ", ");
  const rest = items.length - most;
  if (rest <= 0) return shown;
  return language === "zh" ? `${shown} 等 ${items.length} 个` : `${shown} and ${rest} more`;
}

const HAN_THEN_LATIN = /(\p{Script=Han})(?=[A-Za-z0-9])/gu;
const LATIN_THEN_HAN = /([A-Za-z0-9%])(?=\p{Script=Han})/gu;

/** A space between Chinese and Latin characters, as Chinese typography has it. */
export function spaced(text: string): string {
  return text.replace(HAN_THEN_LATIN, "$1 ").replace(LATIN_THEN_HAN, "$1 ");
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
