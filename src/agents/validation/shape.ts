import type { Column, MetricDefinition, PlanningFacts, ResourceKind } from "../../contracts/index.ts";

export interface ShapeColumn extends Column {
  /** Of a native metric that no catalogue has: its cloud may know a unit. */
  readonly unitUnknown?: boolean;
}

/** What is known of a step's rows before it runs. */
export interface Shape {
  readonly columns: readonly ShapeColumn[];
  /** Further columns may come that only the cloud knows. */
  readonly open: boolean;
  /** Rows carry their resource, so that metrics can be asked for and tags read. */
  readonly resources: boolean;
  readonly kind: ResourceKind | null;
}

const TAG_PREFIX = "tag:";

/** Looks a column up: unknown ones of an open shape, and tags of resources, are taken for strings of unknown unit. */
export function columnOf(shape: Shape, name: string): Partial<ShapeColumn> | undefined {
  const known = shape.columns.find((column) => column.name === name);
  if (known !== undefined) return known;
  if (shape.resources && name.startsWith(TAG_PREFIX)) return { name, type: "string" };
  return shape.open ? { name, unitUnknown: true } : undefined;
}

/** `cpu.utilization`, `cpu.utilization.before`: the unit is the metric's. */
export function metricColumn(facts: PlanningFacts, metric: string, suffix: string | undefined): ShapeColumn {
  const name = suffix === undefined ? metric : `${metric}${suffix.startsWith(".") ? "" : "."}${suffix}`;
  const unit = metricDefinition(facts, metric)?.unit;
  return { name, type: "number", ...(unit === undefined ? { unitUnknown: true } : { unit }) };
}

/** A metric of the vocabulary, by its own name or one that a cloud's catalogue has for it. */
export function metricDefinition(facts: PlanningFacts, name: string): MetricDefinition | undefined {
  const canonical = Object.hasOwn(facts.metrics, name)
    ? name
    : facts.providers.flatMap((provider) => provider.nativeMetrics).find(({ native }) => native === name)?.metric;
  return canonical === undefined ? undefined : facts.metrics[canonical];
}
