import { format } from "node:util";
import { createLogger, type LeveledLogger, type LogLevel, type LogRecord, logLine } from "nephoscope";
import { visibleJson, visibleText } from "nephoscope/presentation";
import type { Host, Output } from "./host.ts";
import type { Style } from "./render/style.ts";

/** The log of a process that runs for long, on stderr: lines for people on a terminal, JSON lines elsewhere. */
export function openLog(host: Host, level: LogLevel): LeveledLogger {
  const { env, stderr } = host;
  const line = (record: LogRecord) => (stderr.columns === null ? visibleJson(logLine(record)) : lineForPeople(record, stderr));
  return createLogger({ env, level, now: host.now, write: (record) => stderr.write(`${line(record)}\n`) });
}

function lineForPeople({ time, level, message, fields }: LogRecord, { style }: Output): string {
  const facts = Object.entries(fields).map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const words = [style.dim(time.slice(11, 19)), MARKS[level](style), visibleText(message), style.dim(visibleText(facts.join(" ")))];
  return words.join(" ").trimEnd();
}

const MARKS: Readonly<Record<LogLevel, (style: Style) => string>> = {
  debug: (style) => style.dim("·"),
  info: (style) => style.green("✔"),
  warn: (style) => style.yellow("▲"),
  error: (style) => style.red("✖"),
};

/**
 * From now on what packages print goes through the log, where secrets are taken out: vendors' libraries print whole requests when
 * something fails. Returns what gives the console back.
 */
export function takeConsole(logger: LeveledLogger): () => void {
  const taken = { debug: "debug", log: "debug", info: "debug", trace: "debug", warn: "warn", error: "warn" } as const;
  const names = Object.keys(taken) as (keyof typeof taken)[];
  const before = names.map((name) => [name, console[name]] as const);
  for (const name of names) {
    console[name] = (...words: unknown[]) => logger[taken[name]](format(...words), { from: "console" });
  }
  return () => {
    for (const [name, original] of before) console[name] = original;
  };
}
