import { METRICS, type PlanningFacts, RESOURCE_KINDS, type ResourceKind } from "../../contracts/index.ts";
import { QuestionError } from "../../errors/index.ts";
import { ambiguous, contradictory } from "../failures.ts";
import type { PhraseContext } from "../phrases/phrase-context.ts";
import { giveUp, refuse } from "../stop.ts";
import type { Condition, Mention } from "./bind-thresholds.ts";
import type { ElementReader } from "./element-reader.ts";
import type { IntentCondition } from "./resource-intent.ts";

/** The kind of resource a question is about: as named, as in the last answer, or as its metrics or names imply. */
export function kindOf(
  context: PhraseContext,
  reader: ElementReader,
  mentions: readonly Mention[],
  conditions: readonly Condition[],
  followUp: boolean,
): ResourceKind {
  const named = new Set([...reader.all("subject"), ...reader.all("perSubject")].map((subject) => subject.kind));
  const [kind, another] = named;
  if (another !== undefined) {
    giveUp(
      ambiguous("One kind of resource at a time, please.", "一次请只问一种资源。"),
      reader.all("subject").map((subject) => reader.wordsOf(subject)),
    );
  }
  const previous = followUp ? context.facts.previous?.kind : undefined;
  if (kind !== undefined) {
    if (previous !== undefined && previous !== null && previous !== kind)
      refuse(contradictory("the earlier answer is about something else", "之前的结果是另一种资源"));
    return kind;
  }
  if (previous !== undefined && previous !== null) return previous;
  if (followUp) return "virtual-machine";
  const id = reader.all("scope").find(({ condition }) => condition.on === "id" || condition.on === "name" || condition.on === "type");
  const counted = context.tokens.some((token) => token.text.includes("台"));
  const metrics = [
    ...mentions.flatMap((mention) => mention.metrics),
    ...orderedMetrics(reader),
    ...metricsOf(conditions.flatMap((condition) => (condition.metric === undefined ? [] : [{ metric: condition.metric }]))),
  ];
  if (metrics.length > 0) return kindOfMetrics(metrics, context.facts);
  if (id !== undefined || counted || reader.all("superlative").some((each) => each.metric === "cpu.utilization")) return "virtual-machine";
  giveUp(
    ambiguous(
      "It is not said what is asked about: servers, databases, functions or load balancers, their metrics, logs, traces or alarms.",
      "没有说明要查什么:服务器、数据库、函数、负载均衡,还是指标、日志、链路、告警。",
    ),
    reader.elements.map((element) => reader.wordsOf(element)),
  );
}

function orderedMetrics(reader: ElementReader): string[] {
  return reader.all("order").flatMap((order) => (order.by !== undefined && "metrics" in order.by ? order.by.metrics : []));
}

/** Servers have most metrics; where they have not, the metric must belong to one kind only. */
function kindOfMetrics(metrics: readonly string[], facts: PlanningFacts): ResourceKind {
  const kinds = (Object.keys(RESOURCE_KINDS) as ResourceKind[]).filter((kind) =>
    metrics.every((metric) => kindsWith(metric, facts)?.includes(kind) ?? true),
  );
  const [first, second] = kinds;
  if (first === "virtual-machine" || (first !== undefined && second === undefined)) return first;
  const names = (kinds.length > 0 ? kinds : (Object.keys(RESOURCE_KINDS) as ResourceKind[])).map((kind) => RESOURCE_KINDS[kind].plural);
  giveUp(ambiguous(`Of ${names.map((name) => name.en).join(" or ")}?`, `是${names.map((name) => name.zh).join("还是")}的?`), metrics);
}

/** Kinds that may have a metric; undefined for a native one nobody knows. */
function kindsWith(metric: string, facts: PlanningFacts): readonly ResourceKind[] | undefined {
  const natives = facts.providers.flatMap((provider) => provider.nativeMetrics).filter((native) => native.native === metric);
  return facts.metrics[metric]?.of ?? (natives.length > 0 ? natives.map((native) => native.kind) : undefined);
}

/** Refuses a metric that no resource of the kind has. */
export function checkKind(kind: ResourceKind, mentions: readonly Mention[], facts: PlanningFacts): void {
  for (const metric of mentions.flatMap((mention) => mention.metrics)) {
    if (kindsWith(metric, facts)?.includes(kind) ?? true) continue;
    const known = Object.entries(facts.metrics)
      .filter(([, definition]) => definition.of.includes(kind))
      .map(([name]) => name);
    const title = (METRICS as Readonly<Record<string, { title: { en: string; zh: string } }>>)[metric]?.title ?? { en: metric, zh: metric };
    const { en, zh } = RESOURCE_KINDS[kind].plural;
    refuse(
      new QuestionError({
        code: "METRIC_UNKNOWN",
        message: { en: `There is no ${title.en} of ${en}.`, zh: `${zh}没有${title.zh}这个指标。` },
        hint: { en: `Known for ${en}: ${known.join(", ")}.`, zh: `${zh}的指标有：${known.join("、")}。` },
        details: { metric, kind },
      }),
    );
  }
}

/** Metrics that conditions are about. */
export function metricsOf(conditions: readonly IntentCondition[]): string[] {
  return conditions.flatMap((condition) => ("metric" in condition ? [condition.metric.metric] : []));
}
