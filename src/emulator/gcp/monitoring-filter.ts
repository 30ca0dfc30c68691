import type { MetricType, SeriesLabels } from "./monitored-series.ts";
import { type Comparison, type Expression, invalidFilter, parseMonitoringFilter } from "./monitoring-filter-parser.ts";

type SeriesTest = (labels: SeriesLabels) => boolean;
type ValueTest = (value: string | undefined) => boolean;

/** A monitoring filter that was read (Cloud Monitoring guide, "Monitoring filters"). */
export class MonitoringFilter {
  readonly #text: string;
  readonly #expression: Expression | undefined;

  /** @throws GoogleError for what is no filter. */
  constructor(text: string) {
    this.#text = text;
    this.#expression = parseMonitoringFilter(text);
  }

  /** The one metric type the filter restricts itself to, or undefined. */
  get metricType(): string | undefined {
    const [first, ...others] = this.#restrictions("metric.type");
    if (first === undefined || others.length > 0 || first.operator !== "=" || first.call !== undefined) return undefined;
    return first.values[0];
  }

  /** Whether a metric type is meant, whatever else the filter says. */
  matchesType(type: string): boolean {
    return this.#restrictions("metric.type").every((part) => valueTest(part, this.#text)(type));
  }

  /** Whether the restrictions on the type of resource leave room for one. */
  allowsResource(type: string): boolean {
    return this.#restrictions("resource.type").every((part) => valueTest(part, this.#text)(type));
  }

  /** A test for series of a metric type. @throws GoogleError for fields such series do not have. */
  compile(type: MetricType): SeriesTest {
    return this.#expression === undefined ? () => true : this.#compile(this.#expression, type);
  }

  #restrictions(field: string): readonly Comparison[] {
    return conjuncts(this.#expression)
      .filter((part) => part.kind === "comparison")
      .filter((part) => part.path.join(".") === field);
  }

  #compile(expression: Expression, type: MetricType): SeriesTest {
    if (expression.kind === "comparison") return this.#comparison(expression, type);
    const parts = expression.parts.map((part) => this.#compile(part, type));
    if (expression.kind === "and") return (labels) => parts.every((part) => part(labels));
    if (expression.kind === "or") return (labels) => parts.some((part) => part(labels));
    return (labels) => !parts.some((part) => part(labels));
  }

  #comparison(comparison: Comparison, type: MetricType): SeriesTest {
    const test = valueTest(comparison, this.#text);
    const [root = "", branch = "", ...names] = comparison.path;
    const key = names.join(".");
    if (root === "project" && branch === "") return (labels) => test(labels.resource.project_id);
    if (root === "metric" && branch === "type") return () => test(type.type);
    if (root === "resource" && branch === "type") return constant(test(type.resourceType));
    if (root === "metric" && isLabels(branch)) {
      if (!type.labels.some((label) => label.key === key)) throw this.#unknownLabel(key, "metric", type.type);
      return (labels) => test(labels.metric[key]);
    }
    if (root === "resource" && isLabels(branch)) {
      if (!RESOURCE_LABELS[type.resourceType].includes(key)) throw this.#unknownLabel(key, "monitored resource", type.resourceType);
      return (labels) => test(labels.resource[key]);
    }
    if (root === "metadata" && branch === "user_labels") return (labels) => test(labels.user[key]);
    if (root === "metadata" && branch === "system_labels") return (labels) => test(labels.system[key]);
    throw invalidFilter(this.#text, `unknown field "${comparison.path.join(".")}"`);
  }

  #unknownLabel(label: string, what: string, type: string): Error {
    return invalidFilter(this.#text, `The label "${label}" is not a label of the ${what} type "${type}".`);
  }
}

/** Labels of monitored resource types (Cloud Monitoring, "Monitored resource types"). */
const RESOURCE_LABELS: Readonly<Record<MetricType["resourceType"], readonly string[]>> = {
  gce_instance: ["project_id", "instance_id", "zone"],
  cloudsql_database: ["project_id", "database_id", "region"],
};

/** `labels`, or `label`, as older filters have it. */
export function isLabels(name: string): boolean {
  return name === "labels" || name === "label";
}

function constant(value: boolean): SeriesTest {
  return () => value;
}

function conjuncts(expression: Expression | undefined): readonly Expression[] {
  if (expression === undefined) return [];
  return expression.kind === "and" ? expression.parts.flatMap(conjuncts) : [expression];
}

function valueTest({ operator, call, values: [first = "", ...others] }: Comparison, text: string): ValueTest {
  const equal = operator !== "!=";
  switch (call) {
    case "starts_with":
      return (value) => value?.startsWith(first) === equal;
    case "ends_with":
      return (value) => value?.endsWith(first) === equal;
    case "has_substring":
      return (value) => value?.includes(first) === equal;
    case "one_of": {
      const wanted = new Set([first, ...others]);
      return (value) => (value !== undefined && wanted.has(value)) === equal;
    }
    case "monitoring.regex.full_match": {
      const pattern = wholePattern(first, text);
      return (value) => (value !== undefined && pattern.test(value)) === equal;
    }
  }
  switch (operator) {
    case "=":
      return (value) => value === first;
    case "!=":
      return (value) => value !== first;
    case ":":
      return (value) => value?.includes(first) === true;
    default:
      return (value) => value !== undefined && isOrdered(value, operator, first);
  }
}

function isOrdered(value: string, operator: string, wanted: string): boolean {
  const [left, right] = [Number(value), Number(wanted)];
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}

function wholePattern(pattern: string, text: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    throw invalidFilter(text, `invalid regular expression "${pattern}"`);
  }
}
