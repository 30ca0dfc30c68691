import type { NameCondition, ResourceState, ResourceWhere } from "../../contracts/index.ts";
import { STATES } from "./instance-states.ts";

/** Ids in one request (ECS API reference). */
const MOST_IDS = 100;

/**
 * What ECS itself can leave out without leaving out too much; the core checks everything again. `InstanceIds` is exact; `Status` and
 * `InstanceName` take one value, so they are sent where one is meant, a name only if it looks the same in upper and lower case. Tags are
 * not sent: `Tag.N` fixes the spelling of key and value, would lose `Env=Prod` in a question about `env=prod`, and finds at most 1,000
 * resources (ECS API reference).
 */
export function instanceFilters(where: ResourceWhere): Readonly<Record<string, string>> {
  const filters: Record<string, string> = {};
  const state = onlyState(where.states);
  if (state !== undefined) filters.Status = state;
  if (where.ids !== undefined && where.ids.length <= MOST_IDS) filters.InstanceIds = JSON.stringify(where.ids);
  const pattern = where.names?.map(namePattern).find((each) => each !== undefined);
  if (pattern !== undefined) filters.InstanceName = pattern;
  return filters;
}

function onlyState(selection: ResourceWhere["states"]): string | undefined {
  if (selection === undefined) return undefined;
  const wanted = (state: ResourceState) => (selection.include?.includes(state) ?? true) && !selection.exclude?.includes(state);
  // A state that is not in our list is "unknown", and cannot be asked for.
  if (wanted("unknown")) return undefined;
  const states = Object.keys(STATES).filter((native) => wanted(STATES[native] ?? "unknown"));
  return states.length === 1 ? states[0] : undefined;
}

function namePattern({ operator, value }: NameCondition): string | undefined {
  const sameInEveryCase = value.toLowerCase() === value.toUpperCase();
  // Without a name of its own an instance has its id, and then ECS's name may be empty; ids have a hyphen and digits.
  if (!sameInEveryCase || /^[-0-9]*$/.test(value) || value.includes("*")) return undefined;
  switch (operator) {
    case "is":
      return value;
    case "starts-with":
      return `${value}*`;
    case "ends-with":
      return `*${value}`;
    case "contains":
      return `*${value}*`;
    default:
      return undefined;
  }
}
