import type { Where } from "../../contracts/index.ts";
import { notUnderstood } from "../failures.ts";
import { checkContradictions } from "../intent/check-contradictions.ts";
import type { ElementReader } from "../intent/element-reader.ts";
import { giveUp } from "../stop.ts";
import { scopeWhere } from "./where.ts";

/** Where to look, for logs, traces and alarms: clouds, accounts and regions, nothing else. */
export function readScope(reader: ElementReader): Where | undefined {
  const scopes = reader.all("scope").filter(({ condition }) => condition.on !== "name");
  const conditions = scopes.map((scope) => scope.condition);
  checkContradictions(conditions.map((scope) => ({ scope })));
  const fitting = scopeWhere(conditions);
  if (fitting === undefined) {
    const words = scopes
      .filter(({ condition }) => !["region", "account", "provider"].includes(condition.on))
      .map((scope) => reader.wordsOf(scope));
    giveUp(notUnderstood(words), words);
  }
  return fitting.where;
}
