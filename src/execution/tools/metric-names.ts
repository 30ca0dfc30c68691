import {
  type Column,
  METRICS,
  type MetricDefinition,
  type NativeMetric,
  type Provider,
  RESOURCE_KINDS,
  type ResourceKind,
} from "../../contracts/index.ts";
import { nearest, PlanError, QuestionError } from "../../errors/index.ts";

/** A metric of a question: from the vocabulary, or by the name a cloud has for it. */
export interface AskedMetric {
  readonly name: string;
  readonly column: Column;
  /** Absent for native metrics that the vocabulary does not have. */
  readonly definition?: MetricDefinition;
}

/** What the names mean, each once. Throws `METRIC_UNKNOWN` for one that neither the vocabulary nor any of the providers knows. */
export function askedMetrics(names: readonly string[], suffix: string | undefined, providers: readonly Provider[]): readonly AskedMetric[] {
  return [...new Set(names)].map((name) => {
    const definition = definitionOf(name) ?? nativeDefinition(name, providers);
    const column: Column = { name: columnName(name, suffix), type: "number" };
    return definition === null ? { name, column } : { name, column: { ...column, unit: definition.unit }, definition };
  });
}

/** `cpu.utilization` and `before` make `cpu.utilization.before`. */
function columnName(name: string, suffix: string | undefined): string {
  if (suffix === undefined) return name;
  return suffix.startsWith(".") ? `${name}${suffix}` : `${name}.${suffix}`;
}

/** How a provider has the metric for a kind of resource; undefined where it has not. Throws for a kind that no cloud has it for. */
export function nativeMetric({ name, definition }: AskedMetric, provider: Provider, kind: ResourceKind): NativeMetric | undefined {
  if (definitionOf(name) === undefined) return provider.metrics?.parseNative(name, kind);
  if (definition !== undefined && !definition.of.includes(kind)) throw notOfKind(name, kind);
  return provider.metrics?.catalogue.find((native) => native.metric === name && native.kind === kind);
}

function definitionOf(name: string): MetricDefinition | undefined {
  return Object.hasOwn(METRICS, name) ? METRICS[name as keyof typeof METRICS] : undefined;
}

/** Null for a native metric without a unit of ours. */
function nativeDefinition(name: string, providers: readonly Provider[]): MetricDefinition | null {
  for (const provider of providers) {
    for (const kind of Object.keys(RESOURCE_KINDS) as ResourceKind[]) {
      const native = provider.metrics?.parseNative(name, kind);
      if (native !== undefined) return native.metric === undefined ? null : METRICS[native.metric];
    }
  }
  throw unknownMetric(name, providers);
}

function unknownMetric(name: string, providers: readonly Provider[]): QuestionError {
  const natives = providers.flatMap((provider) => provider.metrics?.catalogue.map(({ native }) => native) ?? []);
  const near = nearest(name, [...Object.keys(METRICS), ...natives]);
  const named = near.length > 0 ? near : Object.keys(METRICS);
  return new QuestionError({
    code: "METRIC_UNKNOWN",
    message: { en: `There is no metric ${name}.`, zh: `没有名为 ${name} 的指标。` },
    hint:
      near.length > 0
        ? { en: `Did you mean ${named.join(", ")}?`, zh: `是否想用：${named.join("、")}？` }
        : { en: `Known metrics: ${named.join(", ")}.`, zh: `可用的指标：${named.join("、")}。` },
    details: { metric: name, nearest: near.join(",") },
  });
}

function notOfKind(name: string, kind: ResourceKind): PlanError {
  const { plural } = RESOURCE_KINDS[kind];
  const have = Object.entries<MetricDefinition>(METRICS)
    .filter(([, definition]) => definition.of.includes(kind))
    .map(([metric]) => metric);
  return new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: { en: `There is no ${name} of ${plural.en}.`, zh: `${plural.zh}没有指标 ${name}。` },
    hint: { en: `Metrics of ${plural.en}: ${have.join(", ")}.`, zh: `${plural.zh}的指标有：${have.join("、")}。` },
    details: { metric: name, kind },
  });
}
