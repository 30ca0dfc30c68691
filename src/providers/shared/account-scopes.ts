import type { ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { ConfigurationError, type ProviderError } from "../../errors/index.ts";
import type { AccountBook, ConfiguredAccount } from "./account-book.ts";
import { inCompletionOrder } from "./completion-order.ts";
import { isAmong, isSelected } from "./selection.ts";

/** An account that tells its own regions, in whatever way its cloud does. */
export interface RegionalAccount<Regions> extends ConfiguredAccount {
  regions(context: ProviderContext): Promise<Regions>;
}

export interface AccountScopesParts<Account extends RegionalAccount<Regions>, Regions> {
  readonly provider: string;
  readonly accounts: Pick<AccountBook<Account>, "all" | "learn">;
  toProviderError(error: unknown): ProviderError;
  /** The scopes of an account that is meant. */
  findingsOf(id: string, regions: Regions): readonly ScopeFinding[];
}

/** Accounts times regions, account by account as they are found. */
export async function* accountScopes<Account extends RegionalAccount<Regions>, Regions>(
  parts: AccountScopesParts<Account, Regions>,
  where: Where,
  context: ProviderContext,
): AsyncGenerator<ScopeFinding> {
  const { provider, accounts, toProviderError, findingsOf } = parts;
  const all = await accounts.all(context);
  const excluded = excludedIds(all, where.accounts, context);
  const candidates = all.filter((account) => mayBeMeant(account, where.accounts));
  const alone = candidates.length === 1;
  const unopened = (account: string, error: unknown): ScopeFinding => ({
    scope: { provider, account, region: "*" },
    failure: failureOf(error, alone, toProviderError),
  });
  const claimed = new Set<string>();
  for await (const { account, identified, regions } of inCompletionOrder(candidates.map((each) => open<Account, Regions>(each, context)))) {
    if (identified.status === "rejected") {
      yield unopened(account.label, identified.reason);
      continue;
    }
    const id = identified.value;
    // Two entries of one account would count its resources twice; one that is not meant must not stand in the way of the other.
    if (!isSelected(where.accounts, [id, ...namesOf(account)]) || (await excluded).has(id) || claimed.has(id)) continue;
    claimed.add(id);
    accounts.learn(id, account);
    if (regions.status === "rejected") yield unopened(id, regions.reason);
    else yield* findingsOf(id, regions.value);
  }
}

async function open<Account extends RegionalAccount<Regions>, Regions>(account: Account, context: ProviderContext) {
  // Neither needs the other's answer, so they go out together.
  const [identified, regions] = await Promise.allSettled([account.identity(context), account.regions(context)]);
  context.signal.throwIfAborted();
  return { account, identified, regions };
}

/** A missing package is no answer of a cloud, and a missing credential is none where there is nothing else to ask: both stay exceptions. */
export function failureOf(error: unknown, alone: boolean, toProviderError: (error: unknown) => ProviderError): ProviderError {
  if (error instanceof ConfigurationError && (alone || error.code !== "CREDENTIAL_MISSING")) throw error;
  return toProviderError(error);
}

/** As far as that is known without asking the account. */
function mayBeMeant(account: ConfiguredAccount, selection: Where["accounts"]): boolean {
  return account.id === undefined ? !isAmong(selection?.exclude, namesOf(account)) : isSelected(selection, namesOf(account));
}

/** Accounts to leave out: where several entries lead to one account, the name of any of them leaves it out. */
async function excludedIds(
  all: readonly ConfiguredAccount[],
  selection: Where["accounts"],
  context: ProviderContext,
): Promise<ReadonlySet<string>> {
  const named = all.filter((account) => isAmong(selection?.exclude, namesOf(account)));
  // An entry that cannot say whose it is leads nowhere; nobody wants to read of it here.
  const found = await Promise.allSettled(named.map(async (account) => account.id ?? (await account.identity(context))));
  return new Set([...(selection?.exclude ?? []), ...found.flatMap((result) => (result.status === "fulfilled" ? result.value : []))]);
}

function namesOf({ id, options: { name } }: ConfiguredAccount): readonly (string | undefined)[] {
  return [id, name];
}
