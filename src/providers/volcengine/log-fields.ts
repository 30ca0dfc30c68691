import type { LogSeverity } from "../../contracts/index.ts";
import { fieldOf, LEVEL_FIELDS, MESSAGE_FIELDS, SERVICE_FIELDS, severityOfLevel, severityOfText } from "../shared/log-vocabulary.ts";

/** Holds the line where no field was taken from it (volcengine.com/docs/6470, "保留字段"). */
const CONTENT = "__content__";

/** A log as the log service hands it out: its fields, and some of the service's own between double underscores. */
export type LogRecord = Readonly<Record<string, unknown>>;

export interface ParsedLog {
  readonly message: string;
  readonly service: string | null;
  readonly severity: LogSeverity | null;
}

/** What a log says about itself. */
export function parseLog(record: LogRecord): ParsedLog {
  const level = fieldOf(record, LEVEL_FIELDS);
  return {
    message: fieldOf(record, [...MESSAGE_FIELDS, CONTENT]) ?? JSON.stringify(ownFields(record)),
    service: fieldOf(record, SERVICE_FIELDS) ?? null,
    severity: level === undefined ? severityOfText(searchedText(record)) : severityOfLevel(level),
  };
}

/** All that full-text search looks at, lower case. */
export function searchedText(record: LogRecord): string {
  return Object.values(ownFields(record)).map(String).join("\n").toLowerCase();
}

/** The fields that the log itself brought. */
function ownFields(record: LogRecord): LogRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !/^__.*__$/.test(name) || name === CONTENT));
}
