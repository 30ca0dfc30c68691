import { type Plan, type PlanStep, RESOURCE_KINDS, type ToolInput, type ToolName } from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";
import { columnTitle, conditionText, statisticTitle, whereTexts, windowText } from "./conditions.ts";
import { formatList, spaced } from "./format.ts";

type Describe<Name extends ToolName> = (input: ToolInput<Name>, language: Language, timezone: string) => string;

/** What each tool does with its input, in a few words. */
const TITLES: { readonly [Name in ToolName]: Describe<Name> } = {
  "resources.list": (input, language) => {
    const noun = RESOURCE_KINDS[input.kind].plural[language];
    return withDetails(language === "zh" ? `列出${noun}` : `List ${noun}`, whereTexts(input.where, language), language);
  },
  "metrics.query": (input, language, timezone) => {
    const metrics = formatList(
      input.metrics.map((metric) => columnTitle(metric, language)),
      language,
    );
    const details = [statisticTitle(input.statistic, language), windowText(input.window, timezone, language)];
    return withDetails(language === "zh" ? `查询${metrics}` : `Read ${metrics}`, details, language);
  },
  "logs.query": (input, language, timezone) => {
    const details = [
      ...(input.service === undefined ? [] : [input.service]),
      ...(input.severities ?? []),
      ...(input.contains ?? []).map((text) => `“${text}”`),
      ...(input.excludes ?? []).map((text) => `${language === "zh" ? "不含" : "without"} “${text}”`),
      ...whereTexts(input.where, language),
      windowText(input.window, timezone, language),
    ];
    if (input.countBy === undefined) return withDetails(language === "zh" ? "查询日志" : "Read logs", details, language);
    const field = columnTitle(input.countBy, language);
    return withDetails(language === "zh" ? `按${field}统计日志` : `Count logs by ${field}`, details, language);
  },
  "traces.query": (input, language, timezone) => {
    const title = { traces: { en: "Read traces", zh: "查询调用链" }, services: { en: "Read the service map", zh: "查询服务拓扑" } };
    const details = [...(input.service === undefined ? [] : [input.service]), ...whereTexts(input.where, language)];
    return withDetails(title[input.view][language], [...details, windowText(input.window, timezone, language)], language);
  },
  "alarms.list": (input, language) =>
    withDetails(language === "zh" ? "列出告警" : "List alarms", [...(input.states ?? []), ...whereTexts(input.where, language)], language),
  "code.run": (input, language) => {
    const title =
      input.learned === undefined
        ? { en: "Run generated code", zh: "运行生成的代码" }
        : { en: `Run ${input.learned}`, zh: `运行 ${input.learned}` };
    return withDetails(title[language], [input.goal, ...whereTexts(input.where, language)], language);
  },
  "results.load": (_input, language) => (language === "zh" ? "取上一次的结果" : "Take the previous result"),
  "table.filter": (input, language) => {
    const all = (input.all ?? []).map((condition) => conditionText(condition, language));
    const any = (input.any ?? []).map((condition) => conditionText(condition, language));
    const phrases = [...all, ...(any.length > 0 ? [any.join(language === "zh" ? " 或 " : " or ")] : [])];
    return `${language === "zh" ? "筛选" : "Keep"} ${phrases.join(language === "zh" ? " 且 " : " and ")}`;
  },
  "table.aggregate": (input, language) => {
    const measures = formatList(
      input.measures.map((measure) =>
        [statisticTitle(measure.function, language), ...(measure.column === undefined ? [] : [columnTitle(measure.column, language)])].join(
          " ",
        ),
      ),
      language,
    );
    if (input.groupBy.length === 0) return language === "zh" ? `统计${measures}` : `Compute ${measures}`;
    const groups = formatList(
      input.groupBy.map((column) => columnTitle(column, language)),
      language,
    );
    return language === "zh" ? `按${groups}统计${measures}` : `Compute ${measures} by ${groups}`;
  },
  "table.sort": (input, language) => {
    const keys = input.by.map(({ column, direction }) => {
      const title = columnTitle(column, language);
      if (language === "zh") return `${title}${direction === "descending" ? "从高到低" : "从低到高"}`;
      return `${title}, ${direction === "descending" ? "highest" : "lowest"} first`;
    });
    const top = input.limit === undefined ? "" : language === "zh" ? `，取前 ${input.limit} 个` : `, top ${input.limit}`;
    return `${language === "zh" ? "按" : "Sort by "}${keys.join(", ")}${language === "zh" ? "排序" : ""}${top}`;
  },
  "table.join": (_input, language) => (language === "zh" ? "合并两个结果" : "Join the two results"),
  "table.derive": (input, language) => {
    const columns = formatList(
      input.columns.map((column) => columnTitle(column.as, language)),
      language,
    );
    return language === "zh" ? `计算${columns}` : `Compute ${columns}`;
  },
  "table.analyze": (_input, language) => (language === "zh" ? "由模型分析结果摘要" : "Let the model read a summary of the result"),
};

/** What a step does, in the language of the question: for step lists, plans and cards. */
export function stepTitle(step: PlanStep, plan: Pick<Plan, "language" | "timezone">): string {
  const describe = TITLES[step.tool as ToolName] as Describe<ToolName> | undefined;
  return spaced(describe?.(step.input as ToolInput<ToolName>, plan.language, plan.timezone) ?? step.tool);
}

function withDetails(title: string, details: readonly string[], language: Language): string {
  if (details.length === 0) return title;
  return language === "zh" ? `${title}（${details.join("，")}）` : `${title} (${details.join(", ")})`;
}
