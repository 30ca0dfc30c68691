import type { Logger, Runtime } from "../contracts/index.ts";
import { createRedactor } from "./redact-secrets.ts";

/** The least important first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of a log, JSON-safe, without secrets. `fields` never hold the names of the others. */
export interface LogRecord {
  /** ISO 8601. */
  readonly time: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A logger with the levels that whoever runs a service wants. */
export interface LeveledLogger extends Logger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface LoggerOptions {
  /** Whose secrets must not be written: those that `env` holds. */
  readonly env: Runtime["env"];
  readonly now: () => number;
  /** Lines below are left out. @defaultValue "info" */
  readonly level?: LogLevel;
  readonly write: (record: LogRecord) => void;
}

/** A logger whose every text and field has secrets taken out before it is written. It never throws. */
export function createLogger({ env, now, level = "info", write }: LoggerOptions): LeveledLogger {
  const redact = createRedactor(env);
  const least = LOG_LEVELS.indexOf(level);
  const at =
    (lineLevel: LogLevel) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      if (LOG_LEVELS.indexOf(lineLevel) < least) return;
      const time = new Date(now()).toISOString();
      write({ time, level: lineLevel, ...redacted(redact, message, fields) });
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Fields may be anything, also objects that throw when they are looked at. */
function redacted(redact: (value: unknown) => unknown, message: string, fields: object): Pick<LogRecord, "message" | "fields"> {
  const text = String(redact(message));
  try {
    return { message: text, fields: redact(fields) as LogRecord["fields"] };
  } catch {
    return { message: text, fields: { fields: "[unreadable]" } };
  }
}

/** As collectors want it: one JSON object a line. */
export function logLine({ time, level, message, fields }: LogRecord): string {
  const { time: _time, level: _level, message: _message, ...rest } = fields;
  return JSON.stringify({ time, level, message, ...rest });
}
