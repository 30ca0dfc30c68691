import type { LogSeverity, ToolInput, TypedStep, WindowSpec } from "../../contracts/index.ts";
import { ambiguous } from "../failures.ts";
import type { ElementReader } from "../intent/element-reader.ts";
import { DEFAULT_WINDOW, readWindow } from "../intent/read-window.ts";
import type { ElementOf, ElementType } from "../phrases/element.ts";
import { giveUp } from "../stop.ts";
import { checkApart } from "./check-apart.ts";
import { readScope } from "./read-scope.ts";
import { stepChain } from "./step-chain.ts";

const ALLOWED =
  "connector all logs severity service text scope window now zone group count howMuch recent limit superlative top order apart".split(
    " ",
  ) as ElementType[];

/** Entries of logs, or how many there are by a field. */
export function logSteps(reader: ElementReader): TypedStep[] {
  reader.allow(ALLOWED);
  checkApart(reader);
  checkConnectors(reader);
  const query = { ...conditionsOf(reader), window: readWindow(reader) ?? DEFAULT_WINDOW };
  const group = reader.only("group");
  if (group !== undefined) return countedBy(reader, group, query);
  if (orderOf(reader) !== undefined || reader.has("order")) giveUp(notForLogs(), orderWords(reader));
  const limit = reader.only("limit");
  const chain = stepChain();
  if (!reader.has("count") && !reader.all("severity").some((severity) => severity.counted)) {
    chain.add("logs", "logs.query", { ...query, ...(limit === undefined ? {} : { limit: limit.count }) });
    return chain.steps;
  }
  if (limit !== undefined || reader.has("recent")) giveUp(notForLogs(), orderWords(reader));
  // Counts come by a field; the sum over any of them is the count of all.
  const counts = chain.add("logs", "logs.query", { ...query, countBy: "severity" });
  const measures = [{ function: "sum" as const, column: "count", as: "count" }];
  chain.add("aggregate", "table.aggregate", { rows: { from: counts }, groupBy: [], measures });
  return chain.steps;
}

function countedBy(reader: ElementReader, group: ElementOf<"group">, query: LogConditions & { window: WindowSpec }): TypedStep[] {
  const [key, another] = group.keys;
  const field = key?.logField ?? undefined;
  if (another !== undefined || field === undefined)
    giveUp(
      notCountable(),
      group.keys.map((each) => each.column),
    );
  const chain = stepChain();
  const counts = chain.add("logs", "logs.query", { ...query, countBy: field });
  const few = orderOf(reader);
  const limit = reader.only("limit");
  if (limit?.newest === true || reader.has("recent") || (few?.limit !== undefined && limit !== undefined))
    giveUp(notForLogs(), orderWords(reader));
  if (few === undefined && limit === undefined) return chain.steps;
  const size = few?.limit ?? limit?.count ?? (group.which === "one" ? 1 : undefined);
  const by = [{ column: "count", direction: few?.direction ?? ("descending" as const) }];
  chain.add("sort", "table.sort", { rows: { from: counts }, by, ...(size === undefined ? {} : { limit: size }) });
  return chain.steps;
}

function orderWords(reader: ElementReader): string[] {
  return reader.elements
    .filter(({ type }) => ["order", "superlative", "top", "limit", "recent"].includes(type))
    .map((element) => reader.wordsOf(element));
}

type LogConditions = Omit<ToolInput<"logs.query">, "window" | "countBy" | "limit">;

function conditionsOf(reader: ElementReader): LogConditions {
  const where = readScope(reader);
  const severities = [...new Set(reader.all("severity").flatMap((each): readonly LogSeverity[] => each.severities))];
  const service = reader.only("service");
  const texts = (excludes: boolean) => reader.all("text").flatMap((text) => (text.excludes === excludes ? [text.value] : []));
  return {
    ...(where === undefined ? {} : { where }),
    ...(service === undefined ? {} : { service: service.name }),
    ...(severities.length === 0 ? {} : { severities }),
    ...(texts(false).length === 0 ? {} : { contains: texts(false) }),
    ...(texts(true).length === 0 ? {} : { excludes: texts(true) }),
  };
}

function orderOf(reader: ElementReader) {
  const superlative = reader.only("superlative");
  const top = reader.only("top");
  const order = reader.only("order");
  if (superlative?.slow === true || superlative?.metric !== undefined) giveUp(notForLogs(), [reader.wordsOf(superlative)]);
  if (superlative !== undefined && top !== undefined) giveUp(notForLogs(), orderWords(reader));
  if (order?.by !== undefined) giveUp(notForLogs(), [reader.wordsOf(order)]);
  const direction = superlative?.direction ?? top?.direction ?? order?.direction;
  return direction === undefined ? undefined : { direction, limit: top?.count };
}

/** Severities may be joined by "or"; whatever else is, a log query cannot express. */
function checkConnectors(reader: ElementReader): void {
  reader.elements.forEach((element, index) => {
    if (element.type !== "connector") return;
    const joins = [reader.elements[index - 1]?.type, reader.elements[index + 1]?.type];
    const severities = joins.every((type) => type === "severity");
    const excluded = (at: number) => {
      const text = reader.elements[at];
      return text?.type === "text" && text.excludes;
    };
    if (element.word === "or" ? !severities && !(excluded(index - 1) && excluded(index + 1)) : joins.some((type) => type === undefined)) {
      giveUp(notForLogs(), [reader.wordsOf(element)]);
    }
  });
}

function notCountable() {
  return ambiguous(
    "Entries can be counted by service, severity, region, account, source, path or status.",
    "日志可以按服务、级别、区域、账号、日志组、路径或状态码统计。",
  );
}

function notForLogs() {
  return ambiguous("That does not fit a question about logs.", "这种说法不适用于日志。");
}
