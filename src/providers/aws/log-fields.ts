import type { LogSeverity } from "../../contracts/index.ts";

/** Fields of JSON lines that name the level, the writing service and the sentence, in the order in which they are looked at. */
export const LEVEL_FIELDS = ["level", "severity", "levelname", "log.level"] as const;
export const SERVICE_FIELDS = ["service", "service_name", "serviceName", "service.name"] as const;
const MESSAGE_FIELDS = ["message", "msg"] as const;

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

export interface ParsedLine {
  readonly message: string;
  readonly service: string | null;
  readonly severity: LogSeverity | null;
}

/** What a line says about itself. `group` is the log group, which names the service where the line does not. */
export function parseLine(text: string, group: string): ParsedLine {
  const fields = fieldsOf(text);
  const level = fieldOf(fields, LEVEL_FIELDS);
  return {
    message: fieldOf(fields, MESSAGE_FIELDS) ?? text.trimEnd(),
    service: fieldOf(fields, SERVICE_FIELDS) ?? serviceOfGroup(group),
    severity: level === undefined ? severityOfText(text) : severityOfLevel(level),
  };
}

export function severityOfLevel(level: string): LogSeverity | null {
  return BY_LEVEL.get(level.toLowerCase()) ?? null;
}

/** `/aws/lambda/resize-images` → `resize-images`: the last part of the name. */
export function serviceOfGroup(group: string): string | null {
  return group.split("/").findLast((part) => part !== "") ?? null;
}

function severityOfText(text: string): LogSeverity | null {
  const lower = text.toLowerCase();
  return SEVERITY_WORDS.find(([word]) => lower.includes(word))?.[1] ?? null;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** The first of the fields that is there; `a.b` is `b` within `a`, or a field of that very name. */
function fieldOf(fields: Readonly<Record<string, unknown>> | undefined, names: readonly string[]): string | undefined {
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
