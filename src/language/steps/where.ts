import { commonRegions, type ResourceWhere, type TagCondition, type Where } from "../../contracts/index.ts";
import type { ScopeCondition } from "../phrases/element.ts";

type Selection = { include?: string[] | undefined; exclude?: string[] | undefined };
type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What a listing can check itself. `rest` is left to a filter on the rows: types, excluded ids, one of several names. */
export function resourceWhere(conditions: readonly ScopeCondition[]): { where: ResourceWhere | undefined; rest: ScopeCondition[] } {
  const where: Mutable<ResourceWhere> = {};
  const rest: ScopeCondition[] = [];
  const tags: TagCondition[] = [];
  const names: NonNullable<ResourceWhere["names"]> = [];
  for (const condition of conditions) {
    switch (condition.on) {
      case "region":
        where.regions = select(where.regions, condition);
        break;
      case "account":
        where.accounts = select(where.accounts, condition);
        break;
      case "provider":
        where.providers = select(where.providers, condition);
        break;
      case "state":
        where.states = select(where.states, condition) as NonNullable<ResourceWhere["states"]>;
        break;
      case "tag":
        tags.push({ key: condition.key, operator: condition.negated ? "not-in" : "in", values: [...condition.values] });
        break;
      case "tagPresence":
        tags.push({ key: condition.key, operator: condition.negated ? "missing" : "exists" });
        break;
      case "name":
        if (condition.values.length > 1 && !condition.negated) rest.push(condition);
        else for (const value of condition.values) names.push({ operator: nameOperator(condition), value });
        break;
      case "id":
        if (condition.negated || where.ids !== undefined) rest.push(condition);
        else where.ids = [...condition.values];
        break;
      default:
        rest.push(condition);
    }
  }
  if (tags.length > 0) where.tags = tags;
  if (names.length > 0) where.names = names;
  return { where: Object.keys(where).length > 0 ? where : undefined, rest };
}

function nameOperator(condition: Extract<ScopeCondition, { on: "name" }>): NonNullable<ResourceWhere["names"]>[number]["operator"] {
  if (!condition.negated) return condition.operator;
  return condition.operator === "is" ? "is-not" : "not-contains";
}

/** Two includes leave what both have, two excludes add up. */
function select(selection: Selection | undefined, condition: Pick<ScopeCondition, "on" | "values" | "negated">) {
  const key = condition.negated ? "exclude" : "include";
  const known = selection?.[key];
  const values = [...condition.values];
  const merged =
    known === undefined
      ? values
      : condition.negated
        ? [...new Set([...known, ...values])]
        : condition.on === "region"
          ? commonRegions(known, values)
          : known.filter((value) => values.includes(value));
  const other = condition.negated ? selection?.include : selection?.exclude;
  const same = { [key]: merged } as { include: string[] } | { exclude: string[] };
  return other === undefined ? same : { ...same, ...(condition.negated ? { include: other } : { exclude: other }) };
}

/** Scope of questions that are not about resources; undefined if a condition does not fit there. */
export function scopeWhere(conditions: readonly ScopeCondition[]): { where: Where | undefined } | undefined {
  const fits = conditions.every(({ on }) => on === "region" || on === "account" || on === "provider");
  return fits ? { where: resourceWhere(conditions).where } : undefined;
}
