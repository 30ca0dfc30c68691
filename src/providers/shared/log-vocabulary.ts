import type { LogSeverity } from "../../contracts/index.ts";

/** Fields that name the level, the writing service and the sentence, in the order in which they are looked at. */
export const LEVEL_FIELDS = ["level", "severity", "levelname", "log.level"] as const;
export const SERVICE_FIELDS = ["service", "service_name", "serviceName", "service.name"] as const;
export const MESSAGE_FIELDS = ["message", "msg"] as const;

/** Values of a level field, lower case; numbers are those of pino and bunyan. */
export const LEVEL_VALUES: Readonly<Record<LogSeverity, readonly string[]>> = {
  critical: ["critical", "crit", "fatal", "emergency", "emerg", "alert", "panic", "60"],
  error: ["error", "err", "severe", "50"],
  warning: ["warning", "warn", "40"],
  info: ["info", "information", "informational", "notice", "30"],
  debug: ["debug", "trace", "verbose", "fine", "20", "10"],
};

/** Words that tell the severity of a line without a level field; the first that occurs counts. */
export const SEVERITY_WORDS: readonly (readonly [word: string, severity: LogSeverity])[] = [
  ["fatal", "critical"],
  ["critical", "critical"],
  ["error", "error"],
  ["warn", "warning"],
  ["info", "info"],
  ["debug", "debug"],
];

const BY_LEVEL: ReadonlyMap<string, LogSeverity> = new Map(
  Object.entries(LEVEL_VALUES).flatMap(([severity, values]) => values.map((value) => [value, severity as LogSeverity] as const)),
);

/** What the value of a level field means; null for one nobody knows. */
export function severityOfLevel(level: string): LogSeverity | null {
  return BY_LEVEL.get(level.toLowerCase()) ?? null;
}

/** The severity that a text without a level field speaks of. */
export function severityOfText(text: string): LogSeverity | null {
  const lower = text.toLowerCase();
  return SEVERITY_WORDS.find(([word]) => lower.includes(word))?.[1] ?? null;
}

/** The first of the fields that is there, as text; `a.b` is `b` within `a`, or a field of that very name. */
export function fieldOf(fields: Readonly<Record<string, unknown>> | undefined, names: readonly string[]): string | undefined {
  if (fields === undefined) return undefined;
  for (const name of names) {
    const [first = "", second] = name.split(".");
    const outer = fields[first];
    const inner =
      second !== undefined && typeof outer === "object" && outer !== null ? (outer as Record<string, unknown>)[second] : undefined;
    const value = fields[name] ?? inner;
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return undefined;
}
