import type { AlarmState, ResourceWhere, TypedStep } from "../../contracts/index.ts";
import { ambiguous, notUnderstood } from "../failures.ts";
import type { ElementReader } from "../intent/element-reader.ts";
import type { ElementType } from "../phrases/element.ts";
import { giveUp } from "../stop.ts";
import { checkApart } from "./check-apart.ts";
import { readScope } from "./read-scope.ts";
import { stepChain } from "./step-chain.ts";
import { resourceWhere } from "./where.ts";

const ALLOWED = "connector all alarms alarming alarmState scope now group count howMuch superlative apart".split(" ") as ElementType[];
const COLUMNS = ["provider", "account", "region", "name", "state"];

/** Alarms: those that fire unless another state is asked for; all of them for "all alarms", as opposed to "alarms on all clouds". */
export function alarmSteps(reader: ElementReader): TypedStep[] {
  reader.allow(ALLOWED);
  checkApart(reader);
  checkConnectors(reader);
  const chain = stepChain();
  const where = readScope(reader);
  const states = statesOf(reader);
  const names = namesOf(reader);
  const alarms = chain.add("alarms", "alarms.list", {
    ...(where === undefined ? {} : { where }),
    ...(states === undefined ? {} : { states: [...states] }),
    ...(names === undefined ? {} : { names }),
  });
  const group = reader.only("group");
  const superlative = reader.only("superlative");
  if (group === undefined && !reader.has("count")) {
    if (superlative !== undefined) giveUp(notUnderstood([reader.wordsOf(superlative)]), [reader.wordsOf(superlative)]);
    return chain.steps;
  }
  const groupBy = group?.keys.map((key) => key.column) ?? [];
  const stray = groupBy.filter((column) => !COLUMNS.includes(column));
  if (stray.length > 0)
    giveUp(ambiguous("Alarms can be counted by region, account, cloud and state.", "告警可以按区域、账号、云和状态统计。"), stray);
  const counts = chain.add("aggregate", "table.aggregate", {
    rows: { from: alarms },
    groupBy,
    measures: [{ function: "count", as: "count" }],
  });
  if (superlative !== undefined) {
    const limit = group?.which === "one" ? { limit: 1 } : {};
    chain.add("sort", "table.sort", { rows: { from: counts }, by: [{ column: "count", direction: superlative.direction }], ...limit });
  }
  return chain.steps;
}

function statesOf(reader: ElementReader): readonly AlarmState[] | undefined {
  const named = reader.all("alarmState").flatMap((element) => element.states);
  if (reader.has("alarming")) return [...new Set<AlarmState>(["alarm", ...named])];
  if (named.length > 0) return [...new Set(named)];
  const byState = reader.all("group").some((group) => group.keys.some((key) => key.column === "state"));
  return reader.all("all").some((all) => !all.places) || byState ? ["alarm", "ok", "insufficient-data"] : undefined;
}

function namesOf(reader: ElementReader): ResourceWhere["names"] {
  const conditions = reader.all("scope").flatMap(({ condition }) => (condition.on === "name" ? [condition] : []));
  const { where, rest } = resourceWhere(conditions);
  if (rest.length > 0) giveUp(ambiguous("One alarm name at a time, please.", "一次请只问一个告警名称。"), []);
  return where?.names;
}

function checkConnectors(reader: ElementReader): void {
  reader.elements.forEach((element, index) => {
    if (element.type !== "connector" || element.word !== "or") return;
    const joins = [reader.elements[index - 1]?.type, reader.elements[index + 1]?.type];
    if (!joins.every((type) => type === "alarmState" || type === "alarming"))
      giveUp(notUnderstood([reader.wordsOf(element)]), [reader.wordsOf(element)]);
  });
}
