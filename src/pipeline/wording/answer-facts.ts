import {
  type Plan,
  type PlanStep,
  RESOURCE_KINDS,
  type Receipt,
  type ResolvedWindow,
  type ResourceKind,
  type Table,
  type ToolInput,
  type ToolName,
} from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";
import { conditionText, statisticTitle, whereTexts, windowText } from "./conditions.ts";
import { formatThreshold, formatWindow } from "./format.ts";

/** What the sentences of an answer are made from. */
export interface AnswerFacts {
  readonly plan: Plan;
  readonly table: Table;
  readonly window: ResolvedWindow | null;
  readonly receipt: Receipt;
}

/** What is counted, in singular or plural; in Chinese with its measure word. */
export function nounOf({ plan, table }: AnswerFacts, count: number): string {
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
    case "code.run":
      return language === "zh" ? "条结果" : count === 1 ? "result" : "results";
    default:
      return language === "zh" ? "行" : count === 1 ? "row" : "rows";
  }
}

/** The step that began with nothing but the question. */
export function sourceStep(plan: Plan): PlanStep | undefined {
  return plan.steps.find((step) => step.dependsOn.length === 0);
}

function kindOf(plan: Plan, table: Table): ResourceKind | undefined {
  const source = sourceStep(plan);
  return source?.tool === "resources.list" ? (source.input as ToolInput<"resources.list">).kind : table.rows[0]?.resource?.kind;
}

/** The conditions of all steps, each as a phrase. */
export function conditionsOf(plan: Plan, language: Language): string[] {
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
      phrases.push(...(input.excludes ?? []).map((text) => `${language === "zh" ? "不含" : "without"} “${text}”`));
    } else if (step.tool === "traces.query") {
      const { service, errorsOnly, minDurationMs, where } = step.input as ToolInput<"traces.query">;
      phrases.push(...(service === undefined ? [] : [service]), ...whereTexts(where, language));
      if (errorsOnly) phrases.push(language === "zh" ? "仅失败" : "failed only");
      if (minDurationMs !== undefined) phrases.push(`≥ ${formatThreshold(minDurationMs, "milliseconds")}`);
    } else if (step.tool === "code.run") {
      const { goal, where } = step.input as ToolInput<"code.run">;
      phrases.push(`“${goal}”`, ...whereTexts(where, language));
    } else if (step.tool === "resources.list" || step.tool === "alarms.list") {
      phrases.push(...whereTexts((step.input as ToolInput<"resources.list">).where, language));
    }
  }
  return [...new Set(phrases)];
}

/** The window that a comparison is made with. */
function comparedWindow(plan: Plan): string {
  const windows = plan.steps.flatMap((step) => (step.tool === "metrics.query" ? [(step.input as ToolInput<"metrics.query">).window] : []));
  const other = windows.find((window) => JSON.stringify(window) !== JSON.stringify(windows[0]));
  return other === undefined ? "" : windowText(other, plan.timezone, plan.language);
}

/** The window and its statistic; empty where no window was looked at. */
export function whenText({ plan, window }: AnswerFacts): string {
  if (window === null) return "";
  const range = formatWindow(window.fromMs, window.toMs, plan.timezone);
  if (window.statistic === null) return range;
  const statistic = statisticTitle(window.statistic, plan.language);
  const compared = comparedWindow(plan);
  if (plan.language === "zh") return `${range} ${statistic}值${compared === "" ? "" : `，对比 ${compared}`}`;
  return `${statistic} over ${range}${compared === "" ? "" : `, against ${compared}`}`;
}
