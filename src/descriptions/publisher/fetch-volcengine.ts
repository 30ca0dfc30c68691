import { at, entriesOf, listOf, own, textOf } from "../shared/json.ts";
import { parseVolcengineExplorer } from "../shared/parse-volcengine-explorer.ts";
import { VOLCENGINE_EXPLORER } from "./pinned-hosts.ts";
import type { Recipe } from "./recipe.ts";

/** Each action is a document of its own: more than these are not asked for. */
const MAX_ACTIONS = 300;
const AT_ONCE = 4;

/** What the API explorer says of each action of a service. */
export function fetchVolcengine(serviceCode: string, version: string): Recipe {
  const base = `https://${VOLCENGINE_EXPLORER.host}${VOLCENGINE_EXPLORER.path}`;
  const of = `ServiceCode=${serviceCode}&Version=${version}&APIVersion=${version}`;
  return async (fetchJson, known, signal) => {
    const list = await fetchJson(`${base}apis?${of}`, VOLCENGINE_EXPLORER, signal);
    if (list === undefined) return undefined;
    const actions = actionsOf(list.value).slice(0, MAX_ACTIONS);
    const answers: unknown[] = [];
    for (let from = 0; from < actions.length; from += AT_ONCE) {
      const batch = actions.slice(from, from + AT_ONCE);
      const fetched = await Promise.all(
        batch.map((action) => fetchJson(`${base}api-swagger?${of}&ActionName=${action}`, VOLCENGINE_EXPLORER, signal)),
      );
      answers.push(...fetched.flatMap((answer) => (answer === undefined ? [] : [answer.value])));
    }
    if (answers.length === 0) return undefined;
    const origin = { kind: "publisher", source: VOLCENGINE_EXPLORER.host, date: list.date } as const;
    return parseVolcengineExplorer(answers, version, { known, origin });
  };
}

/** Names of actions, in whatever groups they stand. */
function actionsOf(list: unknown): string[] {
  const actions = new Set<string>();
  const groups = [...listOf(at(list, "Result", "Groups")), at(list, "Result")];
  for (const api of groups.flatMap((group) => entriesOf(group).flatMap(([, value]) => listOf(value)))) {
    const action = textOf(own(api, "Action"));
    if (action !== undefined && /^[A-Za-z0-9]{1,100}$/.test(action)) actions.add(action);
  }
  return [...actions];
}
