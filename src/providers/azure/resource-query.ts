import type { NameCondition, ResourceKind, ResourceQuery, ResourceState } from "../../contracts/index.ts";
import { kqlList, kqlPipe, kqlString } from "./kql.ts";

/** A kind of resource as Resource Graph has it. */
export interface GraphKind {
  readonly kind: ResourceKind;
  /** Resource types, lower case. */
  readonly types: readonly string[];
  /** A further condition of the kind. */
  readonly only?: string;
  /** Columns besides `id`, `name`, `type`, `subscriptionId`, `location`, `resourceGroup` and `tags`; `status` is what states are made of. */
  readonly columns: readonly string[];
  /** States by `status`, lower case. */
  readonly states: Readonly<Record<string, ResourceState>>;
}

/** Ids that are sent along; the core checks longer lists itself. */
const MOST_IDS = 100;
/** Texts that stand in the JSON of tags as they are. */
const PLAIN = /^[\w .@/-]+$/;

/**
 * What Resource Graph itself can leave out without leaving out too much; the core checks everything again. Of tags only texts are handed on
 * that must occur somewhere in them: Azure does not tell tag names apart by case, but a path into them does.
 */
export function resourceQuery({ kind: _, types, only, columns, states }: GraphKind, where: ResourceQuery): string {
  return kqlPipe(
    "Resources",
    `where type in~ ${kqlList(types)}`,
    only === undefined ? undefined : `where ${only}`,
    ...regionConditions(where.regions),
    ...(where.names ?? []).map((name) => `where ${nameCondition(name)}`),
    where.ids !== undefined && where.ids.length <= MOST_IDS ? `where id in~ ${kqlList(where.ids)}` : undefined,
    ...tagConditions(where.tags),
    `project ${["id, name, type, subscriptionId, location, resourceGroup, tags", ...columns].join(", ")}`,
    stateCondition(states, where.states),
  );
}

function regionConditions(regions: ResourceQuery["regions"]): string[] {
  const { include, exclude } = regions ?? {};
  return [
    ...(include === undefined ? [] : [`where location in~ ${kqlList(include)}`]),
    ...(exclude === undefined ? [] : [`where location !in~ ${kqlList(exclude)}`]),
  ];
}

const NAME_OPERATORS: Readonly<Record<NameCondition["operator"], string>> = {
  is: "=~",
  "is-not": "!~",
  contains: "contains",
  "not-contains": "!contains",
  "starts-with": "startswith",
  "ends-with": "endswith",
};

function nameCondition({ operator, value }: NameCondition): string {
  return `name ${NAME_OPERATORS[operator]} ${kqlString(value)}`;
}

function tagConditions(tags: ResourceQuery["tags"]): string[] {
  return (tags ?? []).flatMap(({ key, operator, values }) => {
    if (operator !== "in" && operator !== "exists") return [];
    const alternatives = operator === "in" ? (values ?? []) : [];
    return [
      ...(PLAIN.test(key) ? [`where tostring(tags) contains ${kqlString(key)}`] : []),
      ...(alternatives.length > 0 && alternatives.every((value) => PLAIN.test(value))
        ? [`where ${alternatives.map((value) => `tostring(tags) contains ${kqlString(value)}`).join(" or ")}`]
        : []),
    ];
  });
}

function stateCondition(states: GraphKind["states"], selection: ResourceQuery["states"]): string | undefined {
  if (selection === undefined) return undefined;
  const wanted = (state: ResourceState) => (selection.include?.includes(state) ?? true) && !selection.exclude?.includes(state);
  const names = (keep: (state: ResourceState) => boolean) =>
    Object.entries(states)
      .filter(([, state]) => keep(state))
      .map(([name]) => name);
  // A status that is not in our list has a state of its own, so only what is surely not wanted is left out.
  const unwanted = names((state) => !wanted(state));
  return unwanted.length === 0 ? undefined : `where status !in~ ${kqlList(unwanted)}`;
}
