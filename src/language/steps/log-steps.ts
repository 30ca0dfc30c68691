import type { LogSeverity, ToolInput, TypedStep, WindowSpec } from "../../contracts/index.ts";
import { ambiguous } from "../failures.ts";
import type { ElementReader } from "../intent/element-reader.ts";
import { DEFAULT_WINDOW, readWindow } from "../intent/read-window.ts";
import type { ElementType } from "../phrases/element.ts";
import { giveUp } from "../stop.ts";
import { readScope } from "./read-scope.ts";
import { stepChain } from "./step-chain.ts";

const ALLOWED =
  "connector all logs severity service text scope window now zone group count howMuch recent limit superlative top order".split(
    " ",
  ) as ElementType[];

/** Entries of logs, or how many there are by a field. */
export function logSteps(reader: ElementReader): TypedStep[] {
  reader.allow(ALLOWED);
  checkConnectors(reader);
  const chain = stepChain();
  const window: WindowSpec = readWindow(reader) ?? DEFAULT_WINDOW;
  const query = { ...conditionsOf(reader), window };
  const group = reader.only("group");
  const [key, another] = group?.keys ?? [];
  const limit = reader.only("limit");
  const few = orderOf(reader);
  if (group === undefined && !reader.has("count")) {
    if (few !== undefined || (reader.has("howMuch") && !reader.has("logs", "severity"))) giveUp(notForLogs(), ["top"]);
    if (reader.has("order")) giveUp(notForLogs(), ["order"]);
    chain.add("logs", "logs.query", { ...query, ...(limit === undefined ? {} : { limit: limit.count }) });
    return chain.steps;
  }
  if (group !== undefined && (another !== undefined || key?.logField === null || key === undefined))
    giveUp(notCountable(), [reader.wordsOf(group)]);
  const countBy = key?.logField ?? "severity";
  const counts = chain.add("logs", "logs.query", { ...query, countBy });
  if (group === undefined) {
    chain.add("aggregate", "table.aggregate", {
      rows: { from: counts },
      groupBy: [],
      measures: [{ function: "sum", column: "count", as: "count" }],
    });
    return chain.steps;
  }
  const ask = few ?? (limit === undefined ? undefined : { direction: "descending" as const, limit: limit.count });
  if (ask !== undefined) {
    const size = few?.limit ?? limit?.count ?? (group.which === "one" ? 1 : undefined);
    chain.add("sort", "table.sort", {
      rows: { from: counts },
      by: [{ column: "count", direction: ask.direction }],
      ...(size === undefined ? {} : { limit: size }),
    });
  }
  return chain.steps;
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
