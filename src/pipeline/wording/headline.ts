import { COUNT_COLUMN, type Column, type Plan, type Row, type ToolInput } from "../../contracts/index.ts";
import { type AnswerFacts, conditionsOf, nounOf, sourceStep, whenText } from "./answer-facts.ts";
import { columnTitle } from "./conditions.ts";
import { formatCell, formatCount, formatList } from "./format.ts";

/** The first sentence of an answer: how many of what, under which conditions, when; and the worst of them. */
export function headline(facts: AnswerFacts): string {
  const { plan, table } = facts;
  const language = plan.language;
  const noun = nounOf(facts, table.rows.length);
  const conditions = conditionsOf(plan, language);
  const when = whenText(facts);
  const details = [...conditions, ...(when === "" ? [] : [when])];
  const suffix = details.length === 0 ? "" : language === "zh" ? `（${details.join("，")}）` : ` (${details.join("; ")})`;

  const stop = language === "zh" ? "。" : ".";

  const aggregate = sinkAggregate(plan);
  if (aggregate !== undefined && aggregate.groupBy.length === 0) return `${singleValues(facts)}${suffix}${stop}`;
  if (aggregate !== undefined) {
    const by = formatList(
      aggregate.groupBy.map((column) => columnTitle(column, language)),
      language,
    );
    const what = formatList(
      table.columns.slice(aggregate.groupBy.length).map((column) => columnTitle(column.name, language)),
      language,
    );
    const text =
      language === "zh"
        ? `按${by}统计的${what}：${table.rows.length} 组`
        : `${capital(what)} by ${by}: ${counted(table.rows.length, "group")}`;
    return `${text}${suffix}${stop}${extreme(facts)}`;
  }
  const logs = countedLogs(facts);
  if (logs !== undefined) return `${logs}${suffix}${stop}`;
  const count = formatCount(table.rows.length);
  const text = language === "zh" ? `共 ${count} ${noun}` : `${count} ${noun}`;
  return `${text}${suffix}${stop}${extreme(facts)}`;
}

function sinkAggregate(plan: Plan): ToolInput<"table.aggregate"> | undefined {
  // These may follow an aggregation, and change nothing in what the rows are.
  const keepsRows = new Set<string>(["table.sort", "table.filter", "table.derive", "table.join"]);
  const last = [...plan.steps].reverse().find((step) => !keepsRows.has(step.tool));
  return last?.tool === "table.aggregate" ? (last.input as ToolInput<"table.aggregate">) : undefined;
}

/** Log entries counted by a field: how many groups, and how many entries in all. */
function countedLogs({ plan, table }: AnswerFacts): string | undefined {
  const source = sourceStep(plan);
  const { countBy, limit } = source?.tool === "logs.query" ? (source.input as ToolInput<"logs.query">) : {};
  const index = table.columns.findIndex((column) => column.name === COUNT_COLUMN.name);
  if (countBy === undefined || index < 0) return undefined;
  const entries = table.rows.reduce((sum, row) => sum + Number(row.cells[index] ?? 0), 0);
  const by = columnTitle(countBy, plan.language);
  if (limit !== undefined && table.rows.length === limit) {
    if (plan.language === "zh") return `日志最多的 ${limit} 个${by}，其中共 ${formatCount(entries)} 条`;
    return `The ${limit} most frequent by ${by}, with ${counted(entries, "log entry", "log entries")} in them`;
  }
  if (plan.language === "zh") return `共 ${formatCount(entries)} 条日志，按${by}分为 ${table.rows.length} 组`;
  return `${counted(entries, "log entry", "log entries")} by ${by}: ${counted(table.rows.length, "group")}`;
}

function singleValues(facts: AnswerFacts): string {
  const { table, plan } = facts;
  const language = plan.language;
  const row = table.rows[0];
  const values = table.columns.map((column, index) => {
    const value = formatCell(row?.cells[index] ?? null, column);
    if (column.name !== "count")
      return language === "zh"
        ? `${columnTitle(column.name, language)}：${value}`
        : `${capital(columnTitle(column.name, language))}: ${value}`;
    const count = Number(row?.cells[index] ?? 0);
    return language === "zh" ? `共 ${value} ${nounOf(facts, count)}` : `${value} ${nounOf(facts, count)}`;
  });
  return values.join(language === "zh" ? "，" : ", ");
}

/** Names the first row when rows are sorted by a number: what a person at three in the morning looks for. */
function extreme({ plan, table }: AnswerFacts): string {
  const sort = [...plan.steps].reverse().find((step) => step.tool === "table.sort");
  const key = (sort?.input as ToolInput<"table.sort"> | undefined)?.by[0];
  const index = table.columns.findIndex((column) => column.name === key?.column);
  const [first] = table.rows;
  const column = table.columns[index];
  if (key === undefined || first === undefined || column?.type !== "number" || typeof first.cells[index] !== "number") return "";
  const name = labelOf(first, table.columns);
  const value = formatCell(first.cells[index], column);
  const highest = key.direction === "descending";
  if (plan.language === "zh") return `${highest ? "最高" : "最低"}：${name}，${value}。`;
  return ` ${highest ? "Highest" : "Lowest"}: ${name}, ${value}.`;
}

function labelOf(row: Row, columns: readonly Column[]): string {
  if (row.resource !== undefined) return row.resource.name;
  const index = columns.findIndex((column) => column.name === "name" || column.name === "service" || column.name === "id");
  return String(row.cells[Math.max(index, 0)] ?? "–");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
