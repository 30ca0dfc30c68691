import {
  type Condition,
  METRICS,
  type MetricName,
  type NameCondition,
  parseRegion,
  type ResourceWhere,
  type Statistic,
  type TagCondition,
  type Where,
  type WindowSpec,
} from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";
import { formatDuration, formatList, formatThreshold, formatWindow } from "./format.ts";

const OPERATORS: Readonly<Record<string, string>> = { gt: ">", gte: "≥", lt: "<", lte: "≤", eq: "=", ne: "≠" };

const COLUMN_TITLES: Readonly<Record<string, Record<Language, string>>> = {
  provider: { en: "cloud", zh: "云" },
  account: { en: "account", zh: "账号" },
  region: { en: "region", zh: "区域" },
  id: { en: "id", zh: "ID" },
  name: { en: "name", zh: "名称" },
  kind: { en: "kind", zh: "种类" },
  type: { en: "type", zh: "规格" },
  state: { en: "state", zh: "状态" },
  time: { en: "time", zh: "时间" },
  source: { en: "source", zh: "来源" },
  service: { en: "service", zh: "服务" },
  severity: { en: "severity", zh: "级别" },
  message: { en: "message", zh: "内容" },
  operation: { en: "operation", zh: "操作" },
  status: { en: "status", zh: "结果" },
  duration: { en: "duration", zh: "耗时" },
  requests: { en: "requests", zh: "请求数" },
  errors: { en: "errors", zh: "错误数" },
  latency: { en: "latency", zh: "延迟" },
  calls: { en: "calls", zh: "调用" },
  since: { en: "since", zh: "开始时间" },
  metric: { en: "metric", zh: "指标" },
  resource: { en: "resource", zh: "资源" },
  reason: { en: "reason", zh: "原因" },
  count: { en: "count", zh: "数量" },
};

/** What people call a column: the metric's title, with what a comparison appended. */
export function columnTitle(column: string, language: Language): string {
  if (column.startsWith("tag:")) return column.slice("tag:".length);
  const measure = /^([a-z0-9]+)\((.+)\)$/.exec(column);
  if (measure?.[1] !== undefined && measure[2] !== undefined) {
    const title = columnTitle(measure[2], language);
    return `${statisticTitle(measure[1], language)}${language === "zh" ? "" : " "}${title}`;
  }
  if (column in METRICS) return METRICS[column as MetricName].title[language];
  const metric = Object.keys(METRICS).find((name) => column.startsWith(`${name}.`));
  if (metric !== undefined) return `${METRICS[metric as MetricName].title[language]} (${column.slice(metric.length + 1)})`;
  return COLUMN_TITLES[column]?.[language] ?? column;
}

const STATISTICS: Readonly<Record<string, Record<Language, string>>> = {
  average: { en: "average", zh: "平均" },
  maximum: { en: "maximum", zh: "最大" },
  minimum: { en: "minimum", zh: "最小" },
  sum: { en: "total", zh: "总计" },
  last: { en: "latest", zh: "最新" },
  count: { en: "count", zh: "数量" },
};

export function statisticTitle(statistic: Statistic | string, language: Language): string {
  return STATISTICS[statistic]?.[language] ?? statistic;
}

export function conditionText(condition: Condition, language: Language): string {
  const title = columnTitle(condition.column, language);
  const shown = (value: string | number | boolean) => (typeof value === "number" ? formatThreshold(value, condition.unit) : String(value));
  const value = condition.value === undefined ? "" : shown(condition.value);
  const values = formatList((condition.values ?? []).map(shown), language);
  const zh = language === "zh";
  switch (condition.operator) {
    case "between":
    case "outside": {
      const bounds = (condition.values ?? []).map(shown).join("–");
      if (condition.operator === "between") return zh ? `${title} 在 ${bounds} 之间` : `${title} between ${bounds}`;
      return zh ? `${title} 不在 ${bounds} 之间` : `${title} outside ${bounds}`;
    }
    case "in":
      return zh ? `${title} 为 ${values}` : `${title} is ${values}`;
    case "not-in":
      return zh ? `${title} 不为 ${values}` : `${title} is not ${values}`;
    case "contains":
      return zh ? `${title} 包含“${value}”` : `${title} contains “${value}”`;
    case "not-contains":
      return zh ? `${title} 不包含“${value}”` : `${title} does not contain “${value}”`;
    case "present":
      return zh ? `有 ${title}` : `has ${title}`;
    case "missing":
      return zh ? `没有 ${title}` : `no ${title}`;
    default:
      return `${title} ${OPERATORS[condition.operator] ?? condition.operator} ${value}`;
  }
}

/** The conditions of a listing, each as a phrase. */
export function whereTexts(where: ResourceWhere | Where | undefined, language: Language): string[] {
  if (where === undefined) return [];
  const phrases: string[] = [];
  for (const [field, title] of [
    ["providers", COLUMN_TITLES.provider],
    ["accounts", COLUMN_TITLES.account],
    ["regions", COLUMN_TITLES.region],
    ["states", COLUMN_TITLES.state],
  ] as const) {
    const selection = (where as ResourceWhere)[field];
    const name = title?.[language] ?? field;
    const shown = (items: readonly string[]) =>
      formatList(field === "regions" ? [...new Set(items.map((item) => parseRegion(item).id))] : items, language);
    if (selection?.include) phrases.push(`${name} ${shown(selection.include)}`);
    if (selection?.exclude) phrases.push(`${name} ${language === "zh" ? "不含" : "not"} ${shown(selection.exclude)}`);
  }
  const { tags = [], names = [], ids = [] } = where as ResourceWhere;
  phrases.push(...tags.map((tag) => tagText(tag, language)), ...names.map((name) => nameText(name, language)));
  if (ids.length > 0) phrases.push(`id ${formatList(ids, language)}`);
  return phrases;
}

function tagText(tag: TagCondition, language: Language): string {
  const values = formatList(tag.values ?? [], language, 3);
  const zh = language === "zh";
  switch (tag.operator) {
    case "in":
      return `${tag.key} = ${values}`;
    case "not-in":
      return `${tag.key} ≠ ${values}`;
    case "exists":
      return zh ? `有标签 ${tag.key}` : `with tag ${tag.key}`;
    case "missing":
      return zh ? `没有标签 ${tag.key}` : `without tag ${tag.key}`;
  }
}

const NAME_OPERATORS: Readonly<Record<NameCondition["operator"], Record<Language, string>>> = {
  is: { en: "name is", zh: "名称为" },
  "is-not": { en: "name is not", zh: "名称不为" },
  contains: { en: "name contains", zh: "名称包含" },
  "not-contains": { en: "name does not contain", zh: "名称不包含" },
  "starts-with": { en: "name starts with", zh: "名称开头为" },
  "ends-with": { en: "name ends with", zh: "名称结尾为" },
};

function nameText(condition: NameCondition, language: Language): string {
  return `${NAME_OPERATORS[condition.operator][language]} ${condition.value}`;
}

export function windowText(window: WindowSpec, timezone: string, language: Language): string {
  if (!("lastMs" in window)) return formatWindow(Date.parse(window.from), Date.parse(window.to), timezone);
  const length = formatDuration(window.lastMs, language);
  return language === "zh" ? `过去 ${length}` : `last ${length.replace(/^1 /, "")}`;
}
