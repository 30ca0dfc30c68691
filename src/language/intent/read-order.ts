import type { ResourceKind } from "../../contracts/index.ts";
import { ambiguous } from "../failures.ts";
import type { ElementOf, Placed } from "../phrases/element.ts";
import { giveUp } from "../stop.ts";
import type { Direction } from "../text/sense.ts";
import type { Mention } from "./bind-thresholds.ts";
import type { ElementReader } from "./element-reader.ts";
import type { OrderColumn } from "./resource-intent.ts";

/** How many "the highest" are when no number is given. */
const DEFAULT_TOP = 10;

export interface Order {
  readonly by: OrderColumn;
  readonly direction: Direction;
  readonly limit: number | undefined;
  /** Metrics that the order needs as columns, beyond those mentioned. */
  readonly metrics: readonly string[];
}

/** Sorting and top-N. `figure` orders groups by what was counted or computed for them. */
export function readOrder(
  reader: ElementReader,
  mentions: readonly Mention[],
  figure: boolean,
  singular: boolean,
  kind: ResourceKind,
): Order | undefined {
  const order = reader.only("order");
  const top = reader.only("top");
  const superlative = ofKind(reader.only("superlative"), reader.only("order")?.by, kind);
  const limit = reader.only("limit");
  if (limit?.newest === true) giveUp(byWhat(reader.wordsOf(limit)), [reader.wordsOf(limit)]);
  // "Top 5 servers by least memory" may mean either end; "CPU 最高的前 5 台" and "top 5 busiest" are clear.
  const plain = superlative !== undefined && superlative.metric === undefined && !/\p{Script=Han}/u.test(reader.wordsOf(superlative));
  if (top !== undefined && plain) giveUp(twoDirections(), [reader.wordsOf(superlative)]);
  const counts = [top?.count, limit?.count].filter((count) => count !== undefined);
  if (counts.length > 1) giveUp(byWhat(counts.join(" / ")), counts.map(String));
  const directions = new Set([superlative?.direction, top?.direction, order?.direction].filter((direction) => direction !== undefined));
  if (directions.size > 1) giveUp(twoDirections(), []);
  if (order === undefined && top === undefined && superlative === undefined) {
    if (limit !== undefined) giveUp(byWhat(reader.wordsOf(limit)), [reader.wordsOf(limit)]);
    return undefined;
  }
  // "The region with the most idle servers": neither the most nor the idlest.
  if (figure && superlative?.metric !== undefined) giveUp(byWhat(reader.wordsOf(superlative)), [reader.wordsOf(superlative)]);
  const by = figure ? "figure" : columnOf(reader, mentions, order, superlative);
  const [direction] = directions;
  const metrics = typeof by === "object" && "metric" in by ? [by.metric] : [];
  const fallback: Direction = typeof by === "object" && "column" in by ? "ascending" : "descending";
  const takesFew = top !== undefined || superlative !== undefined;
  const few = takesFew ? (singular && top === undefined ? 1 : DEFAULT_TOP) : undefined;
  return { by, direction: direction ?? fallback, limit: counts[0] ?? few, metrics };
}

type Superlative = Placed<ElementOf<"superlative">> | undefined;

/** What "busiest" is about where nothing else is said. */
const BUSY = "cpu.utilization";
/** Metrics of which more is busier. */
const LOADS: ReadonlySet<string> = new Set(
  (
    "cpu.utilization memory.utilization requests.count connections.count network.in.bytes network.out.bytes " +
    "disk.read.bytes disk.write.bytes disk.read.operations disk.write.operations"
  ).split(" "),
);

/** "Busiest" means CPU, of functions and load balancers requests, and what a question says it by: "busiest servers by network". */
function ofKind(superlative: Superlative, by: ElementOf<"order">["by"], kind: ResourceKind): Superlative {
  if (superlative?.metric !== BUSY) return superlative;
  const [named, another] = by !== undefined && "metrics" in by ? by.metrics : [];
  if (named !== undefined && another === undefined && LOADS.has(named)) return { ...superlative, metric: named };
  return kind === "function" || kind === "load-balancer" ? { ...superlative, metric: "requests.count" } : superlative;
}

function columnOf(
  reader: ElementReader,
  mentions: readonly Mention[],
  order: ReturnType<typeof readOnlyOrder>,
  superlative: Extract<Placed, { type: "superlative" }> | undefined,
): OrderColumn {
  const named = order?.by;
  if (named !== undefined) {
    if ("column" in named) {
      if (superlative !== undefined) giveUp(byWhat(named.column), [named.column]);
      return named;
    }
    const [metric, another] = named.metrics;
    if (metric === undefined || another !== undefined) giveUp(byWhat(named.metrics.join(" / ")), []);
    if (superlative?.metric !== undefined && superlative.metric !== metric) giveUp(byWhat(metric), []);
    return { metric };
  }
  if (superlative?.metric !== undefined && mentions.length === 0) return { metric: superlative.metric };
  const nearby = superlative === undefined ? undefined : beside(reader, mentions, superlative);
  const mention = nearby ?? (mentions.length === 1 ? mentions[0] : undefined);
  if (superlative?.metric !== undefined && mention?.metrics[0] !== superlative.metric) giveUp(byWhat(superlative.metric), []);
  const [metric, another] = mention?.metrics ?? [];
  if (metric === undefined || another !== undefined) giveUp(byWhat(superlative === undefined ? "" : reader.wordsOf(superlative)), []);
  return { metric };
}

function readOnlyOrder(reader: ElementReader) {
  return reader.only("order");
}

/** "The highest CPU" has the metric after it, "CPU 最高的" before it. */
function beside(reader: ElementReader, mentions: readonly Mention[], superlative: Placed): Mention | undefined {
  const at = reader.elements.findIndex((element) => element.from === superlative.from);
  return mentions.find((mention) => mention.index === at + 1) ?? mentions.find((mention) => mention.index === at - 1);
}

function byWhat(word: string) {
  return ambiguous(
    `It is not clear by what to order${word === "" ? "" : ` ("${word}")`}; name one metric, such as "top 10 servers by CPU".`,
    `看不出按什么排序${word === "" ? "" : `(“${word}”)`},请指明一个指标,例如“CPU 最高的 10 台服务器”。`,
  );
}

function twoDirections() {
  return ambiguous("Highest and lowest at once: ask for one of them.", "同时要求最高和最低,请只选一个。");
}
