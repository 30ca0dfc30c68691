import type { LogRequest } from "../../contracts/index.ts";
import { LEVEL_VALUES } from "../shared/log-vocabulary.ts";

/** The longest query, in bytes (API reference of SearchLogs). */
const MOST_QUERY_BYTES = 4_096;
/** Distinct values that a count gives. */
export const MOST_VALUES = 1_000;

/** The query that all logs fulfil. */
export const EVERYTHING = "*";

/** Names of the columns of a count, chosen not to meet fields of the logs. */
export const VALUE = "nephoscopeValue";
export const COUNT = "nephoscopeCount";

type Conditions = Pick<LogRequest, "severities" | "contains" | "excludes">;

/**
 * What the log service can leave out by full-text search; everything is checked again on what it gives. It compares whole words: texts in
 * quotes are cut into words as the index says, of which all must occur. Severities are asked for by the words of the levels, which finds
 * them whatever field holds the level. Only texts of a single word are excluded there, since of longer ones their words might stand apart.
 */
export function searchQuery({ severities, contains = [], excludes = [] }: Conditions): string {
  const levels = severities?.flatMap((severity) => LEVEL_VALUES[severity]).map(quoted);
  const wanted = contains.filter((text) => /[\p{L}\p{N}]/u.test(text)).map(quoted);
  const unwanted = excludes.filter((text) => /^[\p{L}\p{N}]+$/u.test(text)).map(quoted);
  let query = "";
  const extend = (longer: string) => {
    // What does not fit any more is checked on what comes back.
    if (Buffer.byteLength(longer) <= MOST_QUERY_BYTES) query = longer;
  };
  if (levels !== undefined) extend(`(${levels.join(" OR ")})`);
  for (const text of wanted) extend(query === "" ? text : `(${query} AND ${text})`);
  for (const text of unwanted) extend(query === "" ? `(NOT ${text})` : `(${query} NOT ${text})`);
  return query || EVERYTHING;
}

/** How many logs of a severity there are, by a field if one is given; both fields must be indexed for analysis. */
export function countQuery(severities: LogRequest["severities"], levelField: string | undefined, countBy: string | undefined): string {
  const levels = severities?.flatMap((severity) => LEVEL_VALUES[severity]).map((value) => `'${value}'`);
  const where = levels === undefined || levelField === undefined ? "" : ` where lower(${identifier(levelField)}) in (${levels.join(", ")})`;
  if (countBy === undefined) return `* | select count(1) as ${COUNT}${where}`;
  const field = identifier(countBy);
  return `* | select ${field} as ${VALUE}, count(1) as ${COUNT}${where} group by ${field} order by ${COUNT} desc limit ${MOST_VALUES}`;
}

/**
 * A text in double quotes, which the search syntax asks for around blanks, Chinese, operators and separators; reserved characters are
 * escaped by a backslash (volcengine.com/docs/6470/72009).
 */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** A field's name in SQL: as it is, or in double quotes where it holds other characters. */
function identifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
