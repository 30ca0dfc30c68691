import {
  COUNT_COLUMN,
  type Column,
  type Plan,
  type PlanStep,
  RESOURCE_KINDS,
  type Receipt,
  type ResolvedWindow,
  type ResourceKind,
  type Row,
  type Table,
  type ToolInput,
  type ToolName,
} from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";
import { columnTitle, conditionText, statisticTitle, whereTexts } from "./conditions.ts";
import { formatCell, formatCount, formatList, formatWindow } from "./format.ts";

interface Headline {
  readonly plan: Plan;
  readonly table: Table;
  readonly window: ResolvedWindow | null;
  readonly receipt: Receipt;
}

/** The first sentence of an answer: how many of what, under which conditions, when; and the worst of them. */
export function headline(facts: Headline): string {
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

/** What was looked at, when nothing matched. */
export function nothingMatched(facts: Headline): string {
  const { plan, receipt } = facts;
  const language = plan.language;
  const listed = receipt.scopes.reduce((sum, scope) => sum + scope.listed, 0);
  const noun = nounOf(facts, listed);
  const places = new Set(receipt.scopes.map((scope) => `${scope.provider} ${scope.account}`)).size;
  const regions = new Set(receipt.scopes.map((scope) => `${scope.provider} ${scope.region}`)).size;
  const conditions = [...conditionsOf(plan, language), ...(whenText(facts) === "" ? [] : [whenText(facts)])];
  const asked =
    conditions.length === 0 ? "" : language === "zh" ? `条件：${conditions.join("，")}。` : ` Asked for: ${conditions.join("; ")}.`;
  if (receipt.scopes.length === 0) return language === "zh" ? `没有匹配的结果。${asked}` : `Nothing matched.${asked}`;
  return language === "zh"
    ? `没有匹配的结果。${asked}已查看 ${places} 个账号、${regions} 个区域中的 ${formatCount(listed)} ${noun}。`
    : `Nothing matched.${asked} Looked at ${formatCount(listed)} ${noun} in ${counted(places, "account")} and ${counted(regions, "region")}.`;
}

function sinkAggregate(plan: Plan): ToolInput<"table.aggregate"> | undefined {
  // A sort may follow the aggregation; it changes nothing in what the rows are.
  const last = [...plan.steps]
    .reverse()
    .find((step) => step.tool !== "table.sort" && step.tool !== "table.filter" && step.tool !== "table.derive");
  return last?.tool === "table.aggregate" ? (last.input as ToolInput<"table.aggregate">) : undefined;
}

function nounOf({ plan, table }: Headline, count: number): string {
  const language = plan.language;
  const kind = kindOf(plan, table);
  if (kind !== undefined) {
    if (language === "en") return RESOURCE_KINDS[kind][count === 1 ? "name" : "plural"].en;
    return `${kind === "virtual-machine" ? "台" : "个"}${RESOURCE_KINDS[kind].name.zh}`;
  }
  switch (sourceStep(plan)?.tool as ToolName | undefined) {
    case "logs.query":
      return language === "zh" ? "条日志" : count === 1 ? "log entry" : "log entries";
    case "traces.query":
      return language === "zh" ? "条调用链" : count === 1 ? "trace" : "traces";
    case "alarms.list":
      return language === "zh" ? "个告警" : count === 1 ? "alarm" : "alarms";
    default:
      return language === "zh" ? "行" : count === 1 ? "row" : "rows";
  }
}

/** Log entries counted by a field: how many groups, and how many entries in all. */
function countedLogs({ plan, table }: Headline): string | undefined {
  const source = sourceStep(plan);
  const countBy = source?.tool === "logs.query" ? (source.input as ToolInput<"logs.query">).countBy : undefined;
  const index = table.columns.findIndex((column) => column.name === COUNT_COLUMN.name);
  if (countBy === undefined || index < 0) return undefined;
  const entries = table.rows.reduce((sum, row) => sum + Number(row.cells[index] ?? 0), 0);
  const by = columnTitle(countBy, plan.language);
  if (plan.language === "zh") return `共 ${formatCount(entries)} 条日志，按${by}分为 ${table.rows.length} 组`;
  return `${counted(entries, "log entry", "log entries")} by ${by}: ${counted(table.rows.length, "group")}`;
}

function sourceStep(plan: Plan): PlanStep | undefined {
  return plan.steps.find((step) => step.dependsOn.length === 0);
}

function kindOf(plan: Plan, table: Table): ResourceKind | undefined {
  const source = sourceStep(plan);
  return source?.tool === "resources.list" ? (source.input as ToolInput<"resources.list">).kind : table.rows[0]?.resource?.kind;
}

function conditionsOf(plan: Plan, language: Language): string[] {
  const phrases: string[] = [];
  for (const step of plan.steps) {
    if (step.tool === "table.filter") {
      const input = step.input as ToolInput<"table.filter">;
      phrases.push(...(input.all ?? []).map((condition) => conditionText(condition, language)));
      const any = (input.any ?? []).map((condition) => conditionText(condition, language));
      if (any.length > 0) phrases.push(any.join(language === "zh" ? " 或 " : " or "));
    } else if (step.tool === "logs.query") {
      const input = step.input as ToolInput<"logs.query">;
      phrases.push(
        ...(input.service === undefined ? [] : [input.service]),
        ...(input.severities ?? []),
        ...whereTexts(input.where, language),
      );
      phrases.push(...(input.contains ?? []).map((text) => `“${text}”`));
    } else if (step.tool === "resources.list" || step.tool === "traces.query" || step.tool === "alarms.list") {
      phrases.push(...whereTexts((step.input as ToolInput<"resources.list">).where, language));
    }
  }
  return [...new Set(phrases)];
}

function whenText({ plan, window }: Headline): string {
  if (window === null) return "";
  const range = formatWindow(window.fromMs, window.toMs, plan.timezone);
  if (window.statistic === null) return range;
  const statistic = statisticTitle(window.statistic, plan.language);
  return plan.language === "zh" ? `${range} ${statistic}值` : `${statistic} over ${range}`;
}

function singleValues(facts: Headline): string {
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
function extreme({ plan, table }: Headline): string {
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
