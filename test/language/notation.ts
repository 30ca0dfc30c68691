import type { GrammarResult, ToolInput, TypedStep, WindowSpec } from "../../src/contracts/index.ts";

type Selection = { include?: readonly string[] | undefined; exclude?: readonly string[] | undefined } | undefined;

/** A plan in one line: `list vm region=eu-west-1 | metrics cpu.utilization average 5m | filter cpu.utilization gt 80 percent`. Failures are `!CODE` (refused) or `?CODE words`. */
export function notationOf(result: GrammarResult): string {
  if (result.status === "refused") return `!${result.error.code}`;
  if (result.status === "unknown") return `?${result.error.code}`;
  return result.planned.steps.map(stepNotation).join(" | ");
}

function stepNotation(step: TypedStep): string {
  switch (step.tool) {
    case "resources.list":
      return words("list", step.input.kind === "virtual-machine" ? "vm" : step.input.kind, ...whereNotation(step.input.where));
    case "metrics.query":
      return words(
        "metrics",
        step.input.metrics.join(","),
        step.input.statistic,
        windowNotation(step.input.window),
        step.input.suffix && `.${step.input.suffix}`,
        from(step.input.resources.from, "list", "filter", "previous"),
      );
    case "table.filter":
      return words(
        "filter",
        ...(step.input.all ?? []).map(conditionNotation),
        ...(step.input.any === undefined ? [] : [`any(${step.input.any.map(conditionNotation).join("; ")})`]),
      );
    case "table.aggregate":
      return words(
        "aggregate",
        ...step.input.measures.map((each) => `${each.function}(${each.column ?? ""})`),
        `by ${step.input.groupBy.join(",") || "all"}`,
      );
    case "table.sort":
      return words(
        "sort",
        ...step.input.by.map((each) => `${each.column} ${each.direction === "ascending" ? "asc" : "desc"}`),
        step.input.limit && `limit ${step.input.limit}`,
      );
    case "table.join":
      return words("join", step.input.kind, step.input.left.from, step.input.right.from);
    case "table.derive":
      return words("derive", ...step.input.columns.map((each) => `${each.as}=${each.operation}`));
    case "results.load":
      return words("load", step.input.runId);
    case "logs.query":
      return logsNotation(step.input);
    case "traces.query":
      return words(
        step.input.view,
        ...whereNotation(step.input.where),
        named("service", step.input.service),
        step.input.errorsOnly && "errors",
        named("min", step.input.minDurationMs),
        step.input.order,
        named("limit", step.input.limit),
        windowNotation(step.input.window),
      );
    case "alarms.list":
      return words(
        "alarms",
        ...whereNotation({ ...step.input.where, ...(step.input.names === undefined ? {} : { names: step.input.names }) }),
        named("states", step.input.states?.join(",")),
      );
    default:
      return step.tool;
  }
}

function logsNotation(input: ToolInput<"logs.query">): string {
  return words(
    "logs",
    ...whereNotation(input.where),
    named("service", input.service),
    named("severities", input.severities?.join(",")),
    ...(input.contains ?? []).map((text) => `contains "${text}"`),
    ...(input.excludes ?? []).map((text) => `excludes "${text}"`),
    named("countBy", input.countBy),
    named("limit", input.limit),
    windowNotation(input.window),
  );
}

function words(...parts: readonly (string | number | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== "").join(" ");
}

function named(name: string, value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : `${name}=${value}`;
}

function from(id: string, ...usual: readonly string[]): string | undefined {
  return usual.includes(id) ? undefined : `from ${id}`;
}

function conditionNotation(condition: NonNullable<ToolInput<"table.filter">["all"]>[number]): string {
  return words(
    condition.column,
    condition.operator,
    condition.value === undefined ? undefined : String(condition.value),
    condition.values?.join(".."),
    condition.unit,
  );
}

function whereNotation(where: ToolInput<"resources.list">["where"]): string[] {
  const selected = (name: string, selection: Selection) => [
    ...(selection?.include === undefined ? [] : [`${name}=${selection.include.join(",")}`]),
    ...(selection?.exclude === undefined ? [] : [`${name}!=${selection.exclude.join(",")}`]),
  ];
  return [
    ...selected("provider", where?.providers),
    ...selected("account", where?.accounts),
    ...selected("region", where?.regions),
    ...selected("state", where?.states),
    ...(where?.tags ?? []).map((tag) =>
      words(
        `tag:${tag.key}`,
        tag.operator,
        tag.values?.join(",")?.replace("prod,production,prd,生产", "PROD").replace("staging,stage,stg,预发", "STAGING"),
      ),
    ),
    ...(where?.names ?? []).map((name) => `name ${name.operator} ${name.value}`),
    ...(where?.ids === undefined ? [] : [`id=${where.ids.join(",")}`]),
  ];
}

function windowNotation(window: WindowSpec): string {
  if ("lastMs" in window) {
    const minutes = window.lastMs / 60_000;
    return minutes % 1440 === 0 ? `${minutes / 1440}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
  }
  const short = (iso: string) => iso.replace(":00.000Z", "").slice(5);
  return `${short(window.from)}..${short(window.to)}`;
}
