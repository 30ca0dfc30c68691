import type { Fleet } from "../fleet.ts";
import { hash, hexDigits } from "../hash.ts";
import { type LogLine, type LogSourceData, logLinesBetween, logSourcesOf } from "../log-data.ts";

/** A log project or topic, which one account has in one region. */
interface Named {
  readonly id: string;
  readonly name: string;
}

export type LogProject = Named;

export interface LogTopic extends Named {
  readonly project: LogProject;
  readonly source: LogSourceData;
}

/** A log as a search sees it: its fields in their order, everything text. */
export interface LogRecord {
  readonly timestampMs: number;
  readonly position: number;
  readonly host: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** Days for which logs are kept. */
export const TTL_DAYS = 30;

/** The one project of a place: where there are machines there is one. */
export function logProjectOf(fleet: Fleet, account: string, region: string): LogProject | undefined {
  if (fleet.of(account, region, "virtual-machine").length === 0) return undefined;
  const owner = fleet.accounts.find(({ id }) => id === account);
  return { id: uuidOf(account, region, "project"), name: `nephos-${owner?.name ?? account}-${region}` };
}

/** One topic for each application that has a machine there. */
export function logTopicsOf(fleet: Fleet, account: string, region: string): readonly LogTopic[] {
  const project = logProjectOf(fleet, account, region);
  if (project === undefined) return [];
  return logSourcesOf(fleet, account, region)
    .filter(({ kind }) => kind === "application")
    .map((source) => ({ id: uuidOf(account, region, source.name), name: `app-${source.name}`, project, source }));
}

/** Topics are called by project and topic: the name of a topic is unique within its project only. */
export function logSourceName(fleet: Fleet, { account, region, name }: LogSourceData): string {
  return `${logProjectOf(fleet, account, region)?.name ?? ""}/app-${name}`;
}

/** The records of a topic in `[fromMs, toMs)` that have arrived, oldest first. */
export function recordsOf(topic: LogTopic, fromMs: number, toMs: number, nowMs: number): readonly LogRecord[] {
  const oldestMs = nowMs - TTL_DAYS * 86_400_000;
  return [...logLinesBetween(topic.source, Math.max(fromMs, oldestMs), Math.min(toMs, nowMs))]
    .filter((line) => line.ingestedMs <= nowMs)
    .map((line) => recordOf(topic, line));
}

function recordOf({ source }: LogTopic, line: LogLine): LogRecord {
  const fields = JSON.parse(line.text) as Record<string, string | number>;
  return {
    timestampMs: line.timestampMs,
    position: line.position,
    host: `172.16.${hash(source.key, line.writer) % 32}.${10 + line.writer}`,
    fields: new Map(Object.entries(fields).map(([name, value]) => [name, String(value)])),
  };
}

export function uuidOf(...parts: readonly string[]): string {
  return [8, 4, 4, 4, 12].map((length) => hexDigits(length, "uuid", length, ...parts)).join("-");
}
