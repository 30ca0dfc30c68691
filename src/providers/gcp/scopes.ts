import type { PartialScope, ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { failureOf } from "../shared/account-scopes.ts";
import { isSelected } from "../shared/selection.ts";
import type { Accounts } from "./accounts.ts";
import type { Clients } from "./clients.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";
import { projectInstances } from "./instances.ts";
import { mergeStreams } from "./merge-streams.ts";
import type { GcpOptions } from "./options.ts";
import { GLOBAL } from "./places.ts";
import { GCP_REGIONS } from "./regions.ts";

interface ScopesParts {
  readonly accounts: Accounts;
  readonly clients: Clients;
  readonly options: GcpOptions;
}

/** So many regions are asked as they are named; of more, such as those of a continent, the ones in which something runs. */
const FEW = 3;
/** What may name no region. */
const PLACELESS = ["logs", "traces", "alarms"] as const;
const KNOWN_REGIONS: ReadonlySet<string> = new Set(GCP_REGIONS.map(({ id }) => id));

/**
 * Projects times regions: those that are named, else those in which a project has instances, as the list of these tells them, and
 * `global` for logs, traces and alert policies that name no place.
 */
export async function* findScopes(parts: ScopesParts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const projects = (await parts.accounts.all(context)).filter((project) => isSelected(where.accounts, [project.id, project.name]));
  const alone = projects.length === 1;
  yield* mergeStreams(projects.map(({ id }) => scopesOf(parts, id, where.regions, context, alone)));
}

async function* scopesOf(
  { clients, options }: ScopesParts,
  project: string,
  selection: Where["regions"],
  context: ProviderContext,
  alone: boolean,
): AsyncGenerator<ScopeFinding> {
  const configured = options.regions?.map((region) => region.toLowerCase());
  const own = selection?.include?.map((region) => region.toLowerCase());
  // A region of another cloud selects nothing here.
  const named = (own ?? configured)?.filter((region) => KNOWN_REGIONS.has(region) || region === GLOBAL);
  const isMeant = (region: string) => isSelected(selection, [region]) && (named?.includes(region) ?? true);
  if (named !== undefined && (own === undefined || named.length <= FEW)) {
    for (const region of new Set(named)) if (isMeant(region)) yield { scope: scopeOf(project, region) };
    return;
  }
  const seen = new Set<string>();
  try {
    for await (const { byRegion, unreachable } of projectInstances(clients, project, context)) {
      // A region that cannot be listed is found all the same: its list says why, and its logs can be read.
      for (const region of [...byRegion.keys(), ...unreachable.keys()]) {
        if (seen.has(region) || !isMeant(region)) continue;
        seen.add(region);
        yield { scope: scopeOf(project, region) };
      }
    }
  } catch (error) {
    context.signal.throwIfAborted();
    yield { scope: scopeOf(project, "*"), failure: failureOf(error, alone, toProviderError) };
    return;
  }
  if (named !== undefined) {
    // Where nothing is in any of them, that is the answer.
    if (seen.size === 0) for (const region of named.filter(isMeant)) yield { scope: scopeOf(project, region) };
    return;
  }
  // Of a project without instances this is all there is to ask.
  if (isSelected(selection, [GLOBAL])) yield { scope: scopeOf(project, GLOBAL), ...(seen.size > 0 ? { services: PLACELESS } : {}) };
}

function scopeOf(account: string, region: string): PartialScope {
  return { provider: PROVIDER_ID, account, region };
}
