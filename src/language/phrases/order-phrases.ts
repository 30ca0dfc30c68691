import type { GroupKey, OrderKey } from "./element.ts";
import { metricMention } from "./metric-phrases.ts";
import { freeWord, has, type PhraseContext, type PhraseMatch, sense, skip, skipConnector, skipLight } from "./phrase-context.ts";

/** `sorted by cpu descending`, `按内存从高到低排序`, `by CPU`, `从高到低`. */
export function order(context: PhraseContext, at: number): PhraseMatch | undefined {
  let next = at;
  let explicit = false;
  let direction = sense(context, next, "direction")?.direction;
  if (direction !== undefined) next += 1;
  if (has(context, next, "sort")) {
    explicit = true;
    next = skipLight(context, next + 1);
    next = skip(context, next, "previous");
  }
  if (direction === undefined && has(context, next, "direction")) {
    direction = sense(context, next, "direction")?.direction;
    next += 1;
  }
  const key = has(context, next, "by") ? orderKey(context, skipLight(context, next + 1)) : undefined;
  if (key !== undefined) next = key.end;
  let moved = true;
  while (moved) {
    moved = false;
    const light = skipLight(context, has(context, next, "comma") ? next + 1 : next);
    if (has(context, light, "sort") && !explicit) {
      explicit = true;
      next = light + 1;
      moved = true;
    } else if (direction === undefined && has(context, light, "direction")) {
      direction = sense(context, light, "direction")?.direction;
      next = light + 1;
      moved = true;
    }
  }
  // Without a direction or the word "sort", "by region" groups and only "by CPU" orders.
  const orders = explicit || direction !== undefined || (key !== undefined && "metrics" in key.by);
  if (!orders || (key === undefined && (direction === undefined || has(context, next, "metric")))) return undefined;
  return { end: next, element: { type: "order", by: key?.by, direction, explicit } };
}

function orderKey(context: PhraseContext, at: number): { readonly end: number; readonly by: OrderKey } | undefined {
  const mention = metricMention(context, at);
  if (mention !== undefined) return { end: mention.end, by: { metrics: mention.metrics, statistic: mention.statistic } };
  const key = groupKey(context, at);
  return key === undefined ? undefined : { end: key.end, by: { column: key.key.column } };
}

/** `by region and team`, `per account`, `按区域统计`, `各团队`, `each server`. */
export function group(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (!has(context, at, "by", "per")) return undefined;
  const start = has(context, at + 1, "by", "per") && !has(context, at + 1, "column") ? at + 2 : at + 1;
  const first = skipLight(context, start);
  const counted = has(context, first, "measureWord") ? first + 1 : first;
  const subject = sense(context, counted, "subject");
  if (subject !== undefined && has(context, at, "per")) return { end: counted + 1, element: { type: "perSubject", kind: subject.kind } };
  const keys: GroupKey[] = [];
  let end = first;
  for (let next: number | undefined = first; next !== undefined; ) {
    const key = groupKey(context, next);
    if (key === undefined) break;
    keys.push(key.key);
    end = key.end;
    const joined = has(context, end, "or") ? end : skipConnector(context, end);
    next = joined > end ? skipLight(context, skip(context, joined, "by", "per")) : undefined;
  }
  if (keys.length === 0) return undefined;
  end = skip(context, end, "groupEnd");
  return { end, element: { type: "group", keys, which: undefined } };
}

const CLOUD: GroupKey = { column: "provider", logField: "provider" };

/** `which region`, `哪些团队`, `区域有哪些`; in "top 3 regions" and "regions with the most" what is ranked. */
export function whichGroup(context: PhraseContext, at: number): PhraseMatch | undefined {
  const which = sense(context, at, "which");
  const asked = which !== undefined;
  const named = groupKey(context, asked ? at + 1 : at);
  const alone = which?.cloud === true && named?.key.column !== CLOUD.column;
  const key = alone ? { end: at + 1, key: CLOUD } : named;
  if (!asked && sense(context, at, "column")?.within) return undefined;
  if (key === undefined || (!alone && has(context, key.end, "subject", "which"))) return undefined;
  const listed = /^(?:有哪些|是哪些|有哪几个)$/.test(context.tokens[key.end]?.lower ?? "");
  const counted = has(context, at - 1, "top", "quantity", "superlative");
  const ranked = has(context, key.end, "having", "glue") && has(context, skipLight(context, key.end + 1), "superlative");
  if (!asked && !listed && !counted && !ranked) return undefined;
  const word = context.tokens[key.end - 1]?.lower ?? "";
  const several = listed || counted || (/s$/.test(word) && !/status$/.test(word)) || /哪些|哪几/.test(context.tokens[at]?.lower ?? "");
  return { end: listed ? key.end + 1 : key.end, element: { type: "group", keys: [key.key], which: several ? "several" : "one" } };
}

/** `by number of servers`. */
export function byCount(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (!has(context, at, "by")) return undefined;
  const start = skipLight(context, at + 1);
  return has(context, start, "count") ? { end: start + 1, element: { type: "count" } } : undefined;
}

function groupKey(context: PhraseContext, at: number): { readonly end: number; readonly key: GroupKey } | undefined {
  if (has(context, at, "tagWord")) {
    const key = sense(context, at + 1, "tagKey")?.key ?? freeWord(context, at + 1);
    return key === undefined ? undefined : { end: at + 2, key: { column: `tag:${key}`, logField: null } };
  }
  const tag = sense(context, at, "tagKey");
  if (tag !== undefined) {
    const end = has(context, at + 1, "tagWord") ? at + 2 : at + 1;
    return { end, key: tagColumn(context, tag.key, tag.logService ?? false) };
  }
  const column = sense(context, at, "column");
  if (column === undefined) return undefined;
  return { end: at + 1, key: { column: column.column, logField: column.logField ?? null } };
}

function tagColumn(context: PhraseContext, key: string, service: boolean): GroupKey {
  const signal = context.domain === "logs" || context.domain === "traces" || context.domain === "services";
  return signal && service ? { column: "service", logField: "service" } : { column: `tag:${key}`, logField: null };
}

/** `top 10`, `前十名`, `bottom 3`. */
export function top(context: PhraseContext, at: number): PhraseMatch | undefined {
  const word = sense(context, at, "top");
  if (word === undefined) return undefined;
  const count = plainCount(context, at + 1);
  if (count === undefined && (context.tokens[at]?.lower === "前" || has(context, at, "past"))) return undefined;
  let end = count === undefined ? at + 1 : at + 2;
  if (context.tokens[end]?.lower === "名" || has(context, end, "measureWord")) end += 1;
  return { end, element: { type: "top", direction: word.direction, count } };
}

const COUNTED = [
  "subject",
  "superlative",
  "logs",
  "severity",
  "traces",
  "requests",
  "alarms",
  "failed",
  "state",
  "environment",
  "column",
  "tagKey",
] as const;

/** `10 台`, `5 busiest`, `last 20 error logs`. */
export function limit(context: PhraseContext, at: number): PhraseMatch | undefined {
  const newest = has(context, at, "past", "recent");
  const start = newest ? at + 1 : at;
  const count = plainCount(context, start);
  if (count === undefined) return undefined;
  const unit = has(context, start + 1, "measureWord");
  // "The three with the highest CPU".
  const ranked = has(context, start + 1, "having") && has(context, skipLight(context, start + 2), "superlative");
  if (!unit && !ranked && !has(context, start + 1, ...COUNTED)) return undefined;
  return { end: unit ? start + 2 : start + 1, element: { type: "limit", count, newest } };
}

function plainCount(context: PhraseContext, at: number): number | undefined {
  const quantity = sense(context, at, "quantity");
  if (quantity === undefined || quantity.measure !== undefined) return undefined;
  return Number.isInteger(quantity.value) && quantity.value >= 1 && quantity.value <= 100_000 ? quantity.value : undefined;
}
