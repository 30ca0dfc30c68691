import type { PartialScope, Program, Provider, ProviderContext, ScopeFinding, Where } from "../contracts/index.ts";

/** Whether a program runs once per account: nothing it calls belongs to a region. */
export function isAccountWide({ operations }: Pick<Program, "operations">): boolean {
  return operations.every(({ operation }) => operation.reach === "account");
}

/** The provider with the scopes in which the program runs: its regions, or one per account with the region `*`. */
export function providerFor(program: Pick<Program, "operations">, provider: Provider): Provider {
  return isAccountWide(program) ? { ...provider, scopes: (where, context) => accountsOf(provider, where, context) } : provider;
}

/** Accounts and regions in which a program will run, as they can be found now. Those that cannot be opened are told when it runs. */
export async function resolveScopes(
  program: Pick<Program, "operations">,
  provider: Provider,
  where: Where,
  context: ProviderContext,
): Promise<readonly PartialScope[]> {
  const scopes: PartialScope[] = [];
  const asked = isAccountWide(program) ? { ...where, regions: undefined } : where;
  for await (const finding of providerFor(program, provider).scopes(withoutUndefined(asked), context)) {
    if (!("failure" in finding)) scopes.push(finding.scope);
  }
  return scopes.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

async function* accountsOf(provider: Provider, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const seen = new Set<string>();
  for await (const finding of provider.scopes(where, context)) {
    const { account } = finding.scope;
    if (seen.has(account)) continue;
    seen.add(account);
    yield { ...finding, scope: { ...finding.scope, region: "*" } };
  }
}

function withoutUndefined(where: { readonly [Key in keyof Where]: Where[Key] | undefined }): Where {
  return Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined));
}

function keyOf({ account, region }: PartialScope): string {
  return `${account}/${region}`;
}
