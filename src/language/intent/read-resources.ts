import type { PlanningFacts, Statistic } from "../../contracts/index.ts";
import { ambiguous, notUnderstood, withoutContext } from "../failures.ts";
import type { ElementType } from "../phrases/element.ts";
import type { PhraseContext } from "../phrases/phrase-context.ts";
import { giveUp, refuse } from "../stop.ts";
import { figuresOf } from "./aggregate-intent.ts";
import { bindThresholds, type Mention } from "./bind-thresholds.ts";
import { checkContradictions } from "./check-contradictions.ts";
import { comparedClouds } from "./compared-clouds.ts";
import type { ElementReader } from "./element-reader.ts";
import { joinConditions } from "./join-conditions.ts";
import { ranksInGroups } from "./ranks-in-groups.ts";
import { readComparison } from "./read-comparison.ts";
import { readOrder } from "./read-order.ts";
import { DEFAULT_WINDOW, readWindow } from "./read-window.ts";
import type { Aggregate, MetricCondition, ResourceIntent } from "./resource-intent.ts";
import { checkKind, kindOf, metricsOf } from "./resource-kind.ts";

const ALLOWED: readonly ElementType[] = [
  ..."connector all subject single change metric statistic threshold scope window now zone compare group apart".split(" "),
  ..."perSubject order superlative top limit count howMuch previous only".split(" "),
] as ElementType[];

/** What a question about resources asks for, out of its elements. */
export function readResources(context: PhraseContext, reader: ElementReader): ResourceIntent {
  reader.allow(ALLOWED);
  const { facts } = context;
  const { mentions, conditions } = bindThresholds(reader.elements, facts);
  const joined = joinConditions(reader.elements, conditions);
  checkContradictions(joined.all);
  const onlyRest = readOnly(context, reader);
  const followUp = reader.has("previous") || onlyRest || startsWithSort(reader) || (facts.previous !== null && excludesOnly(reader));
  if (followUp && facts.previous === null) refuse(withoutContext(reader.elements.map((each) => reader.wordsOf(each)).join(" ")));
  const window = readWindow(reader);
  const compare = reader.only("compare");
  const shown = [...mentions.filter((mention) => !mention.bound), ...rankedBy(reader)];
  const statistic = statisticOf(reader, mentions);
  const kind = kindOf(context, reader, mentions, conditions, followUp);
  checkKind(kind, mentions, facts);
  const plan = apart(reader, aggregateOf(reader, shown, mentions, joined.all, statistic, facts), shown, statistic);
  const singular = isSingular(reader);
  const order = readOrder(reader, mentions, plan !== undefined, singular, kind);
  const metrics = [
    ...new Set([
      ...[...mentions, ...shown].flatMap((mention) => mention.metrics),
      ...metricsOf(joined.all),
      ...metricsOf(joined.any),
      ...(order?.metrics ?? []),
    ]),
  ];
  checkKind(kind, [{ index: -1, metrics, statistic: undefined, bound: false }], facts);
  const figures = figuresFor(metrics, statistic, plan !== undefined && plan.measure !== "count", facts);
  const conditional = metricsOf([...joined.all, ...joined.any]).length > 0;
  const groups =
    plan !== undefined && plan.measure === "figure" && plan.groupBy.length > 0 && order === undefined && !conditional && !followUp;
  if (compare !== undefined && ((plan !== undefined && !groups) || order?.limit !== undefined || metrics.length === 0))
    giveUp(compareAlone(), [reader.wordsOf(compare)]);
  if (metrics.length === 0 && window !== undefined)
    giveUp(
      windowOfWhat(),
      reader.all("window").map((each) => reader.wordsOf(each)),
    );
  const windows = readComparison(context, reader, window ?? DEFAULT_WINDOW, metrics);
  return {
    kind,
    followUp,
    all: plan?.having.length ? joined.all.filter((condition) => !("metric" in condition)) : joined.all,
    any: joined.any,
    metrics,
    statistic: figures.statistic,
    ...windows,
    aggregate: plan === undefined ? undefined : { ...plan, measure: plan.measure === "count" ? "count" : figures.measure },
    order: order === undefined ? undefined : { by: order.by, direction: order.direction },
    limit: order?.limit,
  };
}

/**
 * Whether the question goes on with a part of the last answer: "only the ones in Frankfurt". "Prod servers only" restricts what it names.
 */
function readOnly(context: PhraseContext, reader: ElementReader): boolean {
  const index = reader.elements.findIndex((element) => element.type === "only");
  const only = reader.only("only");
  if (only === undefined) return false;
  const [scope, subject] = [reader.elements[index - 2], reader.elements[index - 1]];
  const next = context.tokens[only.to];
  const ends = next === undefined || /^[,;.?!]$/.test(next.text);
  const restricts = scope?.type === "scope" && subject?.type === "subject" && scope.to === subject.from && subject.to === only.from;
  if (restricts && ends && context.language === "en") return false;
  const leads = index <= (reader.elements[0]?.type === "previous" ? 1 : 0);
  if (reader.has("subject") || !leads) giveUp(notUnderstood([reader.wordsOf(only)]), [reader.wordsOf(only)]);
  return true;
}

/** "Exclude the ones in us-east-1" goes on with the last answer as well. */
function excludesOnly(reader: ElementReader): boolean {
  return reader.elements.length > 0 && reader.elements.every((element) => element.type === "scope" && element.condition.negated);
}

/** "Sort by memory" without a subject goes on with the last answer. */
function startsWithSort(reader: ElementReader): boolean {
  const order = reader.all("order")[0];
  return order?.explicit === true && !reader.has("subject", "all") && reader.elements[0] === order && reader.elements.length <= 2;
}

function statisticOf(reader: ElementReader, mentions: readonly Mention[]): Statistic | undefined {
  const ordered = reader.all("order").flatMap((order) => (order.by !== undefined && "metrics" in order.by ? [order.by.statistic] : []));
  const named = [...mentions.map((mention) => mention.statistic), ...ordered, ...reader.all("statistic").map((each) => each.statistic)];
  const [first, second] = new Set(named.filter((statistic) => statistic !== undefined));
  if (second !== undefined) {
    giveUp(ambiguous(`${first} and ${second}: one statistic at a time.`, `${first} 和 ${second}:一次只能用一种统计方式。`), [
      String(second),
    ]);
  }
  const implied = reader.all("threshold").some(({ threshold }) => threshold.implies !== undefined);
  if (first !== undefined && mentions.length === 0 && ordered.length === 0 && !implied && !reader.has("count", "superlative")) {
    giveUp(ambiguous(`"${first}" of what? Name a metric.`, `“${first}”是哪个指标的?请指明。`), [String(first)]);
  }
  return mentions.length === 0 && ordered.length === 0 && reader.has("count") ? undefined : first;
}

function figuresFor(metrics: readonly string[], statistic: Statistic | undefined, aggregated: boolean, facts: PlanningFacts) {
  const each = metrics.map((metric) => figuresOf(metric, statistic, aggregated, facts));
  const [first] = each;
  const same = each.every((figures) => figures.statistic === first?.statistic && figures.measure === first.measure);
  if (!same)
    giveUp(ambiguous("Totals and levels need different statistics; ask for one at a time.", "总量和水平需要不同的统计方式,请分开问。"), []);
  if (!aggregated && statistic === "average" && metrics.some((metric) => facts.metrics[metric]?.kind === "total")) {
    giveUp(
      ambiguous(
        'Requests and errors are totals of the window: ask for the "total", or group them.',
        "请求数和错误数是时间范围内的总量,请问“总数”,或者按某个维度统计。",
      ),
      ["average"],
    );
  }
  if (!aggregated && statistic === "sum" && metrics.some((metric) => facts.metrics[metric]?.kind !== "total")) {
    giveUp(
      ambiguous(
        "A sum of levels over time says nothing; ask for the average, or group by something.",
        "水平值不能按时间求和,请问平均值,或者按某个维度统计。",
      ),
      ["sum"],
    );
  }
  return first ?? { statistic: "average" as const, measure: "average" as const };
}

type Plan = Omit<Aggregate, "measure"> & { readonly measure: "count" | "figure" };

/** Whether rows are counted or put together, and by what. */
function aggregateOf(
  reader: ElementReader,
  shown: readonly Mention[],
  mentions: readonly Mention[],
  all: ResourceIntent["all"],
  statistic: Statistic | undefined,
  facts: PlanningFacts,
): Plan | undefined {
  const group = reader.only("group");
  const counted = reader.has("count");
  const groupBy = group?.keys.map((key) => key.column) ?? [];
  if (group !== undefined && group.which === undefined && ranksInGroups(reader, group, shown)) {
    giveUp(
      ambiguous(
        "The first ones of each group: ask for one group at a time, or for the first of all.",
        "每组各取前几名：请逐组提问，或取总体的前几名。",
      ),
      [reader.wordsOf(group)],
    );
  }
  if (reader.has("perSubject")) {
    if (group !== undefined || counted) giveUp(ambiguous("Per resource, or grouped: not both.", "按单个资源还是按分组,请只选一种。"), []);
    return undefined;
  }
  if (group === undefined && !counted)
    return overall(reader, shown, statistic, facts) ? { groupBy: [], measure: "figure", having: [] } : undefined;
  if (shown.length > 0 && countsSubject(reader))
    giveUp(ambiguous("A count and a metric at once: ask for one of them.", "同时要求数量和指标,请分开问。"), []);
  if (shown.length > 0) return { groupBy, measure: "figure", having: [] };
  const bound = mentions.filter((mention) => mention.bound);
  if (counted || reader.has("subject", "previous")) {
    const asksRows = !counted && group?.which === undefined && (reader.lists || bound.length > 0);
    if (asksRows)
      giveUp(
        ambiguous('Grouped rows: ask "how many … by …" or "sorted by …".', "分组列出:请问“各……有多少”或“按……排序”。"),
        group === undefined ? [] : [reader.wordsOf(group)],
      );
    return { groupBy, measure: "count", having: [] };
  }
  const having = all.flatMap((condition): MetricCondition[] => ("metric" in condition ? [condition.metric] : []));
  if (group?.which === undefined || having.length !== 1)
    giveUp(
      ambiguous("Grouped by something, but no figure is named.", "要分组统计,但没有指明统计什么。"),
      group === undefined ? [] : [reader.wordsOf(group)],
    );
  return { groupBy, measure: "figure", having };
}

/** "The number of servers and their average CPU"; "数据库有多少连接" counts no databases. */
function countsSubject({ elements, wordsOf }: ElementReader): boolean {
  return elements.some((element, index) => {
    const next = elements[index + 1];
    if (element.type === "count") return next?.type === "subject";
    return element.type === "subject" && next?.type === "count" && /^(?:数量|台数|个数|总数)$/.test(wordsOf(next));
  });
}

/** "Top 3 regions by average CPU": the metric stands in the order. */
function rankedBy(reader: ElementReader): Mention[] {
  if (!reader.has("group")) return [];
  return reader
    .all("order")
    .flatMap(({ by }) =>
      by !== undefined && "metrics" in by ? [{ index: -1, metrics: by.metrics, statistic: by.statistic, bound: false }] : [],
    );
}

/**
 * "What is the average CPU of prod servers" wants one number; "show the average CPU of prod servers" one for each. A total of levels
 * ("total connections") can only be one over all.
 */
function overall(reader: ElementReader, shown: readonly Mention[], statistic: Statistic | undefined, facts: PlanningFacts): boolean {
  const summable = statistic === "average" || statistic === "sum" || statistic === "maximum" || statistic === "minimum";
  const several = !reader.has("superlative", "top", "order", "compare") && !isSingular(reader) && !namesOne(reader);
  const adds = statistic === "sum" && shown.every(({ metrics }) => metrics.every((metric) => isAmount(metric, facts)));
  return (reader.has("howMuch") || adds) && summable && shown.length === 1 && several;
}

/** Levels whose sum over resources means something: connections, bytes; not percentages, not durations. */
function isAmount(metric: string, facts: PlanningFacts): boolean {
  const definition = facts.metrics[metric];
  return definition !== undefined && definition.kind === "gauge" && (definition.unit === "count" || definition.unit === "bytes");
}

/** "东京和新加坡各有多少台": one number for each of the places named, unless the question says by what to group. */
function apart(
  reader: ElementReader,
  asked: Plan | undefined,
  shown: readonly Mention[],
  statistic: Statistic | undefined,
): Plan | undefined {
  const compared = comparedClouds(reader);
  // "Compare the average CPU of aws and azure" wants a number for each, as "what is" wants one over all.
  const figure = compared !== undefined && shown.length === 1 && statistic !== undefined && asked === undefined;
  const plan = figure ? { groupBy: [], measure: "figure" as const, having: [] } : asked;
  if (compared !== undefined) {
    const ranked = reader.has("top", "limit") || (reader.has("superlative") && !reader.has("group"));
    const groups = plan === undefined || ranked ? undefined : plan.groupBy.length === 0 ? ["provider"] : plan.groupBy;
    if (plan === undefined || !groups?.includes("provider")) giveUp(notUnderstood([compared]), [compared]);
    return { ...plan, groupBy: groups };
  }
  const word = reader.only("apart");
  if (word === undefined || plan === undefined || plan.groupBy.length > 0) return plan;
  const columns = reader.all("scope").flatMap(({ condition }) => {
    const several = !condition.negated && condition.values.length > 1;
    if (condition.on === "tag") return several && condition.key !== "env" ? [`tag:${condition.key}`] : [];
    return several && ["region", "account", "provider", "state", "type", "name"].includes(condition.on) ? [condition.on] : [];
  });
  const [column, another] = columns;
  if (column === undefined || another !== undefined) giveUp(notUnderstood([reader.wordsOf(word)]), [reader.wordsOf(word)]);
  return { ...plan, groupBy: [column] };
}

function namesOne(reader: ElementReader): boolean {
  return reader.all("scope").some(({ condition }) => condition.on === "id" || (condition.on === "name" && condition.operator === "is"));
}

function isSingular(reader: ElementReader): boolean {
  if (reader.has("single")) return true;
  const [group] = reader.all("group");
  if (group?.which !== undefined) return group.which === "one";
  const subjects = reader.all("subject");
  return subjects.length > 0 && subjects.some((subject) => subject.one);
}

function compareAlone() {
  return ambiguous(
    "A comparison with an earlier time works for the metrics of single resources and of groups, not for counts, conditions on groups or top lists.",
    "和以前的时间对比支持单个资源和分组的指标,不支持计数、分组条件和排行。",
  );
}

function windowOfWhat() {
  return ambiguous(
    "A time is named, but nothing that is measured over time: name a metric, logs or traces.",
    "给出了时间,但没有说要看什么指标、日志或链路。",
  );
}
