import type { LogPage, LogRequest, ProviderContext, Scope } from "../../contracts/index.ts";
import { LEVEL_FIELDS, SERVICE_FIELDS, severityOfLevel } from "../shared/log-vocabulary.ts";
import type { Connection } from "./clients.ts";
import { required, requiredList } from "./errors.ts";
import { parseLog } from "./log-fields.ts";
import { COUNT, countQuery, MOST_VALUES, VALUE } from "./log-query.ts";
import { type FoundLogs, firstPage, type TimedRecord, UNFINISHED } from "./search-logs.ts";

interface Topic {
  readonly id: string;
  readonly name: string;
}

/**
 * Counts by SQL where the topic's index has the fields for it. Texts can only be searched for by words, which is not exact, and fields
 * without analysis cannot be grouped by: then the logs themselves are counted.
 */
export async function countLogs(
  connection: Connection,
  scope: Scope,
  topic: Topic,
  request: LogRequest,
  countBy: string,
  context: ProviderContext,
  find: (limit: number) => Promise<FoundLogs>,
): Promise<LogPage> {
  const whole = wholeValue(scope, topic, countBy);
  const texts = (request.contains ?? []).length + (request.excludes ?? []).length > 0;
  if (!texts) {
    const fields = await analysedFields(connection, topic.id);
    const levelField = LEVEL_FIELDS.find((name) => fields.has(name));
    const groupField = whole === undefined ? groupFieldOf(countBy, fields) : undefined;
    const possible = (request.severities === undefined || levelField !== undefined) && (whole !== undefined || groupField !== undefined);
    if (possible)
      return countBySql(
        connection,
        topic,
        request,
        countQuery(request.severities, levelField, groupField),
        context,
        readValue(countBy, whole),
      );
  }
  const { logs, truncated } = await find(Number.POSITIVE_INFINITY);
  const counts = new Map<string, number>();
  for (const log of logs) add(counts, whole ?? valueOfLog(log, countBy), 1);
  return { counts: listOf(counts), ...(truncated === undefined ? {} : { truncated }) };
}

async function countBySql(
  connection: Connection,
  topic: Topic,
  request: LogRequest,
  query: string,
  context: ProviderContext,
  read: (value: unknown) => string,
): Promise<LogPage> {
  const search = { topicId: topic.id, query, window: request.window, pageSize: 1 };
  const { analysis, complete } = await firstPage(connection, search, context);
  const { rows } = required(analysis, "SearchLogs", "AnalysisResult");
  const counts = new Map<string, number>();
  for (const row of rows) {
    const count = Number(required(row[COUNT], "SearchLogs", "the count"));
    if (count > 0) add(counts, read(row[VALUE]), count);
  }
  const truncated = complete ? (rows.length >= MOST_VALUES ? CUT : undefined) : UNFINISHED;
  return { counts: listOf(counts), ...(truncated === undefined ? {} : { truncated }) };
}

/** Fields of a topic that SQL may use. */
async function analysedFields(connection: Connection, TopicId: string): Promise<ReadonlySet<string>> {
  return connection.tls("DescribeIndex", { TopicId }, ({ KeyValue }) => {
    // A topic with full-text search only has no fields.
    const keys = KeyValue === null || KeyValue === undefined ? [] : requiredList(KeyValue, "DescribeIndex", "KeyValue");
    return new Set(keys.flatMap(({ Key, Value }) => (Value?.SqlFlag === true ? [required(Key, "DescribeIndex", "Key")] : [])));
  });
}

function groupFieldOf(countBy: string, fields: ReadonlySet<string>): string | undefined {
  if (countBy === "severity") return LEVEL_FIELDS.find((name) => fields.has(name));
  if (countBy === "service") return SERVICE_FIELDS.find((name) => fields.has(name));
  return fields.has(countBy) ? countBy : undefined;
}

/** The value that all logs of a topic share. */
function wholeValue(scope: Scope, topic: Topic, countBy: string): string | undefined {
  if (countBy === "source") return topic.name;
  return countBy === "region" || countBy === "account" || countBy === "provider" ? scope[countBy] : undefined;
}

function readValue(countBy: string, whole: string | undefined): (value: unknown) => string {
  return (value) => {
    if (whole !== undefined) return whole;
    const text = value === null || value === undefined ? "" : String(value);
    if (countBy === "severity") return severityOfLevel(text) ?? "unknown";
    return text;
  };
}

function valueOfLog({ record }: TimedRecord, countBy: string): string {
  const { severity, service } = parseLog(record);
  if (countBy === "severity") return severity ?? "unknown";
  if (countBy === "service") return service ?? "";
  const value = record[countBy];
  return value === null || value === undefined ? "" : String(value);
}

function add(counts: Map<string, number>, value: string, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}

function listOf(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts].map(([value, count]) => ({ value, count }));
}

const CUT = { en: `Only the ${MOST_VALUES} most frequent values were counted.`, zh: `只统计了最常见的 ${MOST_VALUES} 个取值。` };
