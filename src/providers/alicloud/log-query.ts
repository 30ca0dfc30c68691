import type { LogRequest, LogSeverity } from "../../contracts/index.ts";
import { LEVEL_VALUES } from "../shared/log-vocabulary.ts";
import type { IndexedField, LogIndex } from "./log-index.ts";

/** Distinct values that a count gives. */
export const MOST_VALUES = 1_000;
/** Names of computed columns, chosen not to meet fields of the logs. */
export const VALUE = "nephoscope_value";
export const COUNT = "nephoscope_count";

/** Conditions of a search statement (SLS user guide, "Search syntax and functions"). */
const MOST_CONDITIONS = 30;

export interface SearchConditions extends Pick<LogRequest, "severities" | "contains" | "excludes"> {
  /** Set where the logstore holds other services' logs, too. */
  readonly service?: string | undefined;
}

/**
 * A search statement that leaves out nothing that fulfils the conditions; the reader checks them again. The log service looks for whole
 * words: those of a text, wherever they stand. `exact` says that there is nothing left to check.
 */
export function searchStatement(
  { severities, contains = [], excludes = [], service }: SearchConditions,
  index: LogIndex | undefined,
): { readonly text: string; readonly exact: boolean } {
  const parts: string[] = [];
  let exact = contains.every(isWord) && excludes.every(isWord);
  const levels = severities === undefined ? [] : severityConditions(severities, index);
  if (levels.length > 0 && levels.length <= MOST_CONDITIONS - contains.length - excludes.length - 1) parts.push(anyOf(levels));
  else exact &&= severities === undefined;
  if (severities !== undefined && index?.level === undefined) exact = false;
  if (service !== undefined && index?.service !== undefined) parts.push(`${fieldName(index.service.name)}: ${quoted(service)}`);
  else exact &&= service === undefined;
  // A text of separators only has no word to look for.
  for (const text of contains) if (/[\p{L}\p{N}]/u.test(text)) parts.push(quoted(text));
  // Leaving out the words of a longer text would leave out lines that have them in another order.
  for (const text of excludes) if (isWord(text)) parts.push(`not ${quoted(text)}`);
  return { text: parts.length === 0 ? "*" : parts.join(" and "), exact };
}

/** How many logs have which value of a field; without one how many there are. */
export function countStatement(search: string, field: IndexedField | undefined): string {
  const count = `count(1) as ${COUNT}`;
  if (field === undefined) return `${search} | select ${count} from log`;
  const value = `"${field.name.replaceAll('"', '""')}" as ${VALUE}`;
  return `${search} | select ${value}, ${count} from log group by ${VALUE} order by ${COUNT} desc limit ${MOST_VALUES}`;
}

/** A text in double quotes, in which only a quote and a backslash mean something. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** Without an index of levels, any line may be of a severity that has its word in it. */
function severityConditions(severities: readonly LogSeverity[], index: LogIndex | undefined): string[] {
  const level = index?.level;
  const values = severities.flatMap((severity) => LEVEL_VALUES[severity]);
  if (level === undefined) return index?.fullText ? values.filter((value) => !/^\d/.test(value)).map(quoted) : [];
  const spelled = level.numeric
    ? values.filter((value) => /^\d/.test(value))
    : values.flatMap((value) => (level.caseSensitive ? spellings(value) : [value]));
  return spelled.map((value) => `${fieldName(level.name)}: ${level.numeric ? value : quoted(value)}`);
}

function spellings(value: string): string[] {
  return [...new Set([value, value.toUpperCase(), `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`])];
}

function fieldName(name: string): string {
  return /^\w+$/.test(name) ? name : quoted(name);
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions.join() : `(${conditions.join(" or ")})`;
}

/** Whether a text is one word whatever an index takes for separators. */
function isWord(text: string): boolean {
  return /^[A-Za-z0-9]+$/.test(text);
}
