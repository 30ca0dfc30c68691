import type { ResourceWhere } from "../../contracts/index.ts";
import { STATES } from "./instance-states.ts";

/** `InstanceIds.N` takes this many (API reference of DescribeInstances). */
const MOST_IDS = 100;

/**
 * What ECS itself can leave out without leaving out too much; the core checks everything again. One status can be asked for, and ids.
 * Tags are not handed on: a list with `TagFilters` ends at 1,000 instances (API reference of DescribeInstances). Nor are names, because
 * nothing is published about how `InstanceName` treats case.
 */
export function instanceFilters({ states, ids }: ResourceWhere): Record<string, string> {
  const filters: Record<string, string> = {};
  const wanted = Object.entries(STATES).filter(
    ([, state]) => (states?.include?.includes(state) ?? true) && !states?.exclude?.includes(state),
  );
  // A status that is not in our list is "unknown", and cannot be asked for.
  const unknownWanted = (states?.include?.includes("unknown") ?? true) && !states?.exclude?.includes("unknown");
  const [only, ...others] = wanted;
  if (only !== undefined && others.length === 0 && !unknownWanted) filters.Status = only[0];
  if (ids !== undefined && ids.length <= MOST_IDS) {
    for (const [index, id] of ids.entries()) filters[`InstanceIds.${index + 1}`] = id.toLowerCase();
  }
  return filters;
}
