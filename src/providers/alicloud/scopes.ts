import type { ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { accountScopes } from "../shared/account-scopes.ts";
import { isSelected } from "../shared/selection.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";
import { ALICLOUD_REGIONS } from "./regions.ts";

const KNOWN: ReadonlySet<string> = new Set(ALICLOUD_REGIONS.map(({ id }) => id));

/** Accounts times regions, account by account as they are found. */
export async function* findScopes(accounts: Accounts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  // Where all regions that are named are other clouds', nobody need be asked.
  if (where.regions?.include?.every((name) => !KNOWN.has(name.toLowerCase())) === true) return;
  const findingsOf = (account: string, regions: readonly string[]) =>
    regions
      .filter((region) => isSelected(where.regions, [region]))
      .map((region) => ({ scope: { provider: PROVIDER_ID, account, region } }));
  yield* accountScopes({ provider: PROVIDER_ID, accounts, toProviderError, findingsOf }, where, context);
}
