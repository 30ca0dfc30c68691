import type { ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { accountScopes } from "../shared/account-scopes.ts";
import { isSelected } from "../shared/selection.ts";
import type { AccountRegions } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";

/** Accounts times enabled regions, account by account as they are found. */
export async function* findScopes(accounts: Accounts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const disabled = new Set<string>();
  const isMeant = (region: string) => isSelected(where.regions, [region]);
  const findingsOf = (account: string, regions: AccountRegions): ScopeFinding[] => {
    // Whoever names a region knows whether it is enabled.
    if (where.regions?.include === undefined) for (const region of regions.disabled.filter(isMeant)) disabled.add(region);
    return regions.enabled.filter(isMeant).map((region) => ({ scope: { provider: PROVIDER_ID, account, region } }));
  };
  yield* accountScopes({ provider: PROVIDER_ID, accounts, toProviderError, findingsOf }, where, context);
  if (disabled.size > 0) context.note(disabledRegions([...disabled].sort()));
}

function disabledRegions(regions: readonly string[]) {
  return {
    en: `AWS regions that are not enabled were not asked: ${regions.join(", ")}.`,
    zh: `未查询尚未启用的 AWS 区域：${regions.join("、")}。`,
  };
}
