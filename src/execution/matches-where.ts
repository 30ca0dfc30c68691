import {
  type NameCondition,
  namesRegion,
  type Resource,
  type ResourceWhere,
  type Scope,
  type TagCondition,
  type Where,
} from "../contracts/index.ts";
import { tagOf } from "./column-access.ts";

/** Whether a resource fulfils the conditions: clouds check only some of them, so the core checks all. */
export function matchesWhere(resource: Resource, where: ResourceWhere): boolean {
  return (
    isSelected(where.states, resource.state) &&
    (where.ids === undefined || where.ids.includes(resource.id)) &&
    (where.tags ?? []).every((condition) => matchesTag(resource, condition)) &&
    (where.names ?? []).every((condition) => matchesName(resource.name, condition))
  );
}

/**
 * Whether a place is among those that are meant. `accountNames` are friendly names by account id. What is an account's as a whole, region
 * `*`, is in any region.
 */
export function isPlaceOf(
  { provider, account, region }: Pick<Scope, "provider" | "account" | "region">,
  { providers, accounts, regions }: Where,
  accountNames: Readonly<Record<string, string>>,
): boolean {
  const isAccount = (wanted: string) => [account, accountNames[account]].some((name) => name?.toLowerCase() === wanted.toLowerCase());
  const isRegion = (wanted: string) => region === "*" || namesRegion(wanted, provider, region);
  return (
    isSelected(providers, provider) &&
    !accounts?.exclude?.some(isAccount) &&
    (accounts?.include?.some(isAccount) ?? true) &&
    !(region !== "*" && regions?.exclude?.some(isRegion)) &&
    (regions?.include?.some(isRegion) ?? true)
  );
}

/** Whether a selection means an item. */
export function isSelected<Item>(
  selection: { readonly include?: readonly Item[] | undefined; readonly exclude?: readonly Item[] | undefined } | undefined,
  item: Item,
): boolean {
  if (selection?.exclude?.includes(item)) return false;
  return selection?.include === undefined || selection.include.includes(item);
}

function matchesTag(resource: Resource, { key, operator, values = [] }: TagCondition): boolean {
  const value = tagOf(resource, key);
  const among = value !== null && values.some((wanted) => wanted.toLowerCase() === value.toLowerCase());
  switch (operator) {
    case "in":
      return among;
    case "not-in":
      return !among;
    case "exists":
      return value !== null;
    case "missing":
      return value === null;
  }
}

/** Without regard to case, as people write names. */
export function matchesName(name: string, condition: NameCondition): boolean {
  const [have, wanted] = [name.toLowerCase(), condition.value.toLowerCase()];
  switch (condition.operator) {
    case "is":
      return have === wanted;
    case "is-not":
      return have !== wanted;
    case "contains":
      return have.includes(wanted);
    case "not-contains":
      return !have.includes(wanted);
    case "starts-with":
      return have.startsWith(wanted);
    case "ends-with":
      return have.endsWith(wanted);
  }
}
