import { type Provider, type ProviderContext, RESOURCE_KINDS, type ResourceKind, type Scope } from "../contracts/index.ts";
import type { UsageMeter } from "../execution/index.ts";

/** A provider under test, and the means to ask it. */
export interface Subject {
  readonly provider: Provider;
  readonly context: ProviderContext;
  readonly meter: UsageMeter;
  readonly nowMs: number;
}

/** Registers one test, which gets a provider of its own. */
export type ContractTest = (title: string, body: (subject: Subject) => Promise<void>) => void;

/** Kinds that can be listed. */
export function kindsOf(provider: Provider): ResourceKind[] {
  return (Object.keys(RESOURCE_KINDS) as ResourceKind[]).filter((kind) => provider.resources[kind] !== undefined);
}

/** Scopes that can be opened. */
export async function scopesOf(
  provider: Provider,
  context: ProviderContext,
  where: Parameters<Provider["scopes"]>[0] = {},
  service = "compute",
): Promise<Scope[]> {
  const scopes: Scope[] = [];
  for await (const finding of provider.scopes(where, context)) if (!("failure" in finding)) scopes.push({ ...finding.scope, service });
  return scopes;
}

/** Everything that can be listed, scope by scope. */
export async function listAll({ provider, context }: Pick<Subject, "provider" | "context">) {
  const lists = [];
  for (const kind of kindsOf(provider)) {
    for (const scope of await scopesOf(provider, context, {}, RESOURCE_KINDS[kind].service)) {
      lists.push({ kind, scope, resources: await allOf(provider.resources[kind]?.(scope, {}, context)) });
    }
  }
  return lists;
}

/** The items of all pages. */
export async function allOf<Item>(pages: AsyncIterable<readonly Item[]> | undefined): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages ?? []) items.push(...page);
  return items;
}
