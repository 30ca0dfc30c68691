import type { PartialScope, ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import type { Accounts } from "./accounts.ts";
import type { CloudName } from "./clouds.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";
import { isRegionOf } from "./regions.ts";

export interface ScopesParts {
  readonly accounts: Accounts;
  readonly cloud: CloudName;
  /** Only these, if given. */
  readonly onlyRegions: readonly string[] | undefined;
}

/** Subscriptions times the regions in which there is something; a region that the question names is one even where there is nothing. */
export async function* findScopes(parts: ScopesParts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  try {
    for (const { id, regions } of await parts.accounts.find(where, context)) {
      for (const region of regionsOf(parts, regions, where)) yield { scope: scopeOf(id, region) };
    }
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ConfigurationError) throw error;
    const ids = await parts.accounts.configured(where, context);
    // One query answers for all subscriptions; where they are not known either, the identity as a whole could not be asked.
    for (const id of ids ?? ["*"]) yield { scope: scopeOf(id, "*"), failure: toProviderError(error) };
  }
}

function regionsOf({ cloud, onlyRegions }: ScopesParts, regions: readonly string[], where: Where): readonly string[] {
  const named = where.regions?.include?.map((region) => region.toLowerCase());
  const excluded = new Set(where.regions?.exclude?.map((region) => region.toLowerCase()));
  const own = named?.filter((region) => isRegionOf(cloud, region) || regions.includes(region));
  const busy = own?.filter((region) => regions.includes(region)) ?? regions;
  // "Europe" means the regions there in which something is; where nothing is in any of those named, that is the answer.
  const candidates = busy.length > 0 ? busy : (own ?? []);
  const allowed = (region: string) => !excluded.has(region) && (onlyRegions === undefined || onlyRegions.includes(region));
  return [...new Set(candidates)].filter(allowed);
}

function scopeOf(account: string, region: string): PartialScope {
  return { provider: PROVIDER_ID, account, region };
}
