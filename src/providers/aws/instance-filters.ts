import type { NameCondition, ResourceState, ResourceWhere } from "../../contracts/index.ts";
import { caseVariants } from "./case-variants.ts";
import { STATES } from "./instance-states.ts";

export interface InstanceFilter {
  readonly Name: string;
  readonly Values: string[];
}

const MOST_VALUES = 200;
/** Characters that can occur in an instance id, which is the name of an instance without one. */
const MAYBE_ID = /^[-0-9a-fi]*$/i;

/**
 * What EC2 itself can leave out without leaving out too much; the core checks everything again. States and ids are exact. Of tags only
 * keys are handed on, in all their spellings: a filter on a value (`tag:KEY`) fixes the spelling of the key, and would lose the
 * resources tagged `Env=Prod` in a question about `env=prod`. Filters of the same name do not add up, so one of each kind is sent.
 */
export function instanceFilters(where: ResourceWhere): InstanceFilter[] {
  const filters: InstanceFilter[] = [];
  const states = nativeStates(where.states);
  if (states !== undefined) filters.push({ Name: "instance-state-name", Values: states });
  if (where.ids !== undefined && where.ids.length <= MOST_VALUES)
    filters.push({ Name: "instance-id", Values: where.ids.map((id) => id.toLowerCase()) });
  const tag = where.tags?.find(({ operator }) => operator === "exists" || operator === "in");
  if (tag !== undefined) filters.push({ Name: "tag-key", Values: caseVariants(tag.key) });
  const name = where.names?.map(namePatterns).find((patterns) => patterns !== undefined);
  if (name !== undefined) filters.push({ Name: "tag:Name", Values: name });
  return filters;
}

function nativeStates(selection: ResourceWhere["states"]): string[] | undefined {
  if (selection === undefined) return undefined;
  const wanted = (state: ResourceState) => (selection.include?.includes(state) ?? true) && !selection.exclude?.includes(state);
  // A state that is not in our list is "unknown", and cannot be asked for.
  if (wanted("unknown")) return undefined;
  const states = Object.entries(STATES)
    .filter(([, state]) => wanted(state))
    .map(([native]) => native);
  return states.length > 0 ? states : undefined;
}

function namePatterns({ operator, value }: NameCondition): string[] | undefined {
  if (MAYBE_ID.test(value)) return undefined;
  const variants = caseVariants(value);
  switch (operator) {
    case "is":
      return variants;
    case "starts-with":
      return variants.map((variant) => `${variant}*`);
    case "ends-with":
      return variants.map((variant) => `*${variant}`);
    case "contains":
      return variants.map((variant) => `*${variant}*`);
    default:
      return undefined;
  }
}
