import type { ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { accountScopes } from "../shared/account-scopes.ts";
import { isSelected } from "../shared/selection.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";

/** Accounts times regions, account by account as they are found. Accounts and regions nobody knows here select nothing. */
export function findScopes(accounts: Accounts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const findingsOf = (account: string, regions: readonly string[]) =>
    regions
      .filter((region) => isSelected(where.regions, [region]))
      .map((region) => ({ scope: { provider: PROVIDER_ID, account, region } }));
  return accountScopes({ provider: PROVIDER_ID, accounts, toProviderError, findingsOf }, where, context);
}
