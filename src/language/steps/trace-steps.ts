import type { ToolInput, TypedStep } from "../../contracts/index.ts";
import { ambiguous, notUnderstood, unitMismatch, unitMissing } from "../failures.ts";
import type { ElementReader } from "../intent/element-reader.ts";
import { DEFAULT_WINDOW, readWindow } from "../intent/read-window.ts";
import type { ElementOf, ElementType } from "../phrases/element.ts";
import { giveUp, refuse } from "../stop.ts";
import { checkApart } from "./check-apart.ts";
import { readScope } from "./read-scope.ts";
import { type StepChain, stepChain } from "./step-chain.ts";

const TRACES =
  "connector all traces failed service metric threshold superlative top limit recent scope window now zone count howMuch order single group apart".split(
    " ",
  ) as ElementType[];
const SERVICES = "connector all serviceMap services group superlative top limit metric scope window now zone howMuch statistic".split(
  " ",
) as ElementType[];

/** Most traces a count looks at. */
const COUNT_LIMIT = 100_000;

/** Single requests: the slowest, the failed, those of a service. */
export function traceSteps(reader: ElementReader): TypedStep[] {
  reader.allow(TRACES);
  checkApart(reader);
  noConnectors(reader);
  const chain = stepChain();
  const where = readScope(reader);
  const service = reader.only("service");
  const superlative = reader.only("superlative");
  const group = reader.only("group");
  const counted = group !== undefined || reader.has("count") || reader.all("metric").some(isRequestCount);
  const limit = limitOf(reader);
  const minDurationMs = minimumOf(reader);
  const order = group === undefined ? orderOf(reader) : undefined;
  const traces = chain.add("traces", "traces.query", {
    view: "traces",
    ...(where === undefined ? {} : { where }),
    ...(service === undefined ? {} : { service: service.name }),
    ...(reader.has("failed") ? { errorsOnly: true } : {}),
    ...(minDurationMs === undefined ? {} : { minDurationMs }),
    window: readWindow(reader) ?? DEFAULT_WINDOW,
    ...(order === undefined ? {} : { order }),
    ...(counted ? { limit: COUNT_LIMIT } : limit === undefined ? {} : { limit }),
  });
  if (group !== undefined) return countedBy(reader, group, traces, chain);
  if (counted) {
    if (superlative !== undefined || limit !== undefined) giveUp(notForTraces(), ["count"]);
    chain.add("aggregate", "table.aggregate", { rows: { from: traces }, groupBy: [], measures: [{ function: "count", as: "count" }] });
  }
  return chain.steps;
}

const COUNTED_BY: ReadonlySet<string> = new Set(["service", "provider", "account", "region"]);

/** "Failed requests per service", "failed requests by cloud", "which service has the most failed requests". */
function countedBy(reader: ElementReader, group: ElementOf<"group">, traces: string, chain: StepChain): TypedStep[] {
  const superlative = reader.only("superlative");
  const columns = group.keys.map((key) => key.column);
  const known = columns.every((column) => COUNTED_BY.has(column));
  if (!known || superlative?.metric !== undefined || reader.has("limit", "top", "order", "recent", "single")) giveUp(notForTraces(), []);
  const measures = [{ function: "count" as const, as: "count" }];
  const counts = chain.add("aggregate", "table.aggregate", { rows: { from: traces }, groupBy: columns, measures });
  if (superlative === undefined) return chain.steps;
  const limit = group.which === "one" ? { limit: 1 } : {};
  chain.add("sort", "table.sort", { rows: { from: counts }, by: [{ column: "count", direction: superlative.direction }], ...limit });
  return chain.steps;
}

/** "失败的请求数" counts them. */
function isRequestCount({ metrics, statistic }: ElementOf<"metric">): boolean {
  return metrics.join() === "requests.count" && (statistic === undefined || statistic === "sum");
}

function limitOf(reader: ElementReader): number | undefined {
  const counts = [reader.only("limit")?.count, reader.only("top")?.count].filter((count) => count !== undefined);
  if (counts.length > 1) giveUp(notForTraces(), counts.map(String));
  const [count] = counts;
  return count ?? (reader.has("single") ? 1 : undefined);
}

function orderOf(reader: ElementReader): ToolInput<"traces.query">["order"] {
  const superlative = reader.only("superlative");
  const order = reader.only("order");
  const top = reader.only("top");
  const recent = reader.has("recent") || reader.only("limit")?.newest === true;
  const key = order?.by;
  if (key !== undefined && !("metrics" in key && key.metrics.join() === "latency.duration") && !("column" in key && key.column === "time"))
    giveUp(notForTraces(), ["order"]);
  if (order?.direction === "ascending" || top?.direction === "ascending") giveUp(notForTraces(), ["order"]);
  const latency = reader.all("metric").length > 0;
  const slow = superlative?.slow === true || (superlative?.direction === "descending" && latency);
  if (superlative !== undefined && !slow) giveUp(notForTraces(), [reader.wordsOf(superlative)]);
  if (slow && recent) giveUp(notForTraces(), []);
  if (slow || (key !== undefined && "metrics" in key)) return "slowest";
  if (recent || key !== undefined) return "newest";
  if (top !== undefined) giveUp(notForTraces(), [reader.wordsOf(top)]);
  return undefined;
}

/** Requests can be asked for by how long they took at least. */
function minimumOf(reader: ElementReader): number | undefined {
  const threshold = reader.only("threshold")?.threshold;
  const strays = reader
    .all("metric")
    .filter((metric) => metric.metrics.join() !== "latency.duration" && !isRequestCount(metric))
    .map((metric) => reader.wordsOf(metric));
  if (strays.length > 0) giveUp(notUnderstood(strays), strays);
  if (threshold === undefined) {
    const latencies = reader.all("metric").filter(({ metrics }) => metrics.join() === "latency.duration");
    if (latencies.length > 0 && (reader.has("group") || !reader.has("superlative", "order")))
      giveUp(
        notForTraces(),
        reader.all("metric").map((metric) => reader.wordsOf(metric)),
      );
    return undefined;
  }
  const [value = 0] = threshold.values;
  if (threshold.measure === undefined) refuse(unitMissing("latency.duration", threshold.text, "milliseconds"));
  if (threshold.measure.dimension !== "duration") refuse(unitMismatch("latency.duration", threshold.text, "milliseconds"));
  if (threshold.operator !== "gt" && threshold.operator !== "gte") giveUp(notForTraces(), [threshold.text]);
  return value * threshold.measure.factor;
}

/** Services and how they call each other. */
export function serviceSteps(reader: ElementReader): TypedStep[] {
  reader.allow(SERVICES);
  checkApart(reader);
  noConnectors(reader);
  const chain = stepChain();
  const where = readScope(reader);
  const services = chain.add("services", "traces.query", {
    view: "services",
    ...(where === undefined ? {} : { where }),
    window: readWindow(reader) ?? DEFAULT_WINDOW,
  });
  const superlative = reader.only("superlative");
  const top = reader.only("top");
  const group = reader.only("group");
  const column = figureOf(reader);
  if (superlative === undefined && top === undefined) {
    if (group !== undefined && group.which === undefined) return perService(reader, services, column, chain);
    if (reader.has("metric", "limit", "statistic")) giveUp(notForTraces(), []);
    return chain.steps;
  }
  const single = group?.which === "one";
  const limit = top?.count ?? reader.only("limit")?.count ?? (single ? 1 : undefined);
  const direction = superlative?.direction ?? top?.direction ?? "descending";
  chain.add("sort", "table.sort", { rows: { from: services }, by: [{ column, direction }], ...(limit === undefined ? {} : { limit }) });
  return chain.steps;
}

/** "Requests per service": one row for each service over all accounts and regions. Latencies are not put together: they are averages. */
function perService(reader: ElementReader, services: string, column: string, chain: StepChain): TypedStep[] {
  const statistic = [...reader.all("metric"), ...reader.all("statistic")].map((each) => each.statistic).find((each) => each !== undefined);
  const fits = column === "latency" ? statistic === undefined || statistic === "average" : statistic === undefined || statistic === "sum";
  if (!fits || reader.has("limit")) giveUp(notForTraces(), []);
  if (column === "latency") return chain.steps;
  chain.add("aggregate", "table.aggregate", {
    rows: { from: services },
    groupBy: ["service"],
    measures: [{ function: "sum", column, as: column }],
  });
  return chain.steps;
}

const FIGURES: Readonly<Record<string, string>> = { "latency.duration": "latency", "requests.count": "requests", "errors.count": "errors" };

function figureOf(reader: ElementReader): string {
  const metric = reader.only("metric");
  const group = reader.only("group");
  if (group?.keys.some((key) => key.column !== "service")) giveUp(notForTraces(), [reader.wordsOf(group)]);
  if (metric === undefined) return "latency";
  const figure = FIGURES[metric.metrics.join()];
  if (figure === undefined || (reader.only("superlative")?.slow === true && figure !== "latency"))
    giveUp(notForTraces(), [reader.wordsOf(metric)]);
  return figure;
}

function noConnectors(reader: ElementReader): void {
  const joined = reader.all("connector").filter((connector) => connector.word === "or");
  if (joined.length > 0)
    giveUp(
      notForTraces(),
      joined.map((connector) => reader.wordsOf(connector)),
    );
}

function notForTraces() {
  return ambiguous(
    'That does not fit a question about requests; "slowest requests of checkout", "failed requests" and "requests slower than 2 s" do.',
    "这种说法不适用于链路,可以问“checkout 最慢的请求”“失败的请求”“超过 2 秒的请求”。",
  );
}
