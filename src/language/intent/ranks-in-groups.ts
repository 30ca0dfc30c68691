import type { ElementType, Placed } from "../phrases/element.ts";
import type { Mention } from "./bind-thresholds.ts";
import type { ElementReader } from "./element-reader.ts";

/** Whether the first ones of each group are asked for, which no tool gives: "top 10 servers in each cloud", as opposed to "top 3 clouds by servers". */
export function ranksInGroups(reader: ElementReader, group: Placed, shown: readonly Mention[]): boolean {
  return ranksResources(reader) || ranksWithin(reader, group, shown);
}

/** "Top 10 CPU in each cloud", "各云 CPU 前 10", as opposed to "top 3 by average CPU per cloud". */
function ranksWithin(reader: ElementReader, group: Placed, shown: readonly Mention[]): boolean {
  if (shown.length === 0 || !reader.has("top", "limit", "superlative")) return false;
  const each = /^(?:(?:for|in|of|across)? ?(?:each|every)|每)/.test(reader.wordsOf(group).toLowerCase());
  return each || (/^各/.test(reader.wordsOf(group)) && shown.every(({ statistic }) => statistic === undefined));
}

const COUNTING: ReadonlySet<ElementType> = new Set(["top", "limit", "single"]);

/** "Top 10 servers in each cloud", as opposed to "top 3 clouds by servers". */
function ranksResources(reader: ElementReader): boolean {
  return reader.elements.some((element, index) => {
    if (element.type !== "top" && element.type !== "superlative") return false;
    const next = reader.elements[index + 1];
    // "每个云 CPU 最高的 10 台", "每个云 CPU 前 10 台": groups are not counted in 台.
    const machines = [element, next].some((each) => each !== undefined && COUNTING.has(each.type) && reader.wordsOf(each).includes("台"));
    return machines || (next?.type === "limit" ? reader.elements[index + 2] : next)?.type === "subject";
  });
}
