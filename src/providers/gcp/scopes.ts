import type { PartialScope, ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { ConfigurationError, type ProviderError } from "../../errors/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Clients } from "./clients.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";
import { projectInstances } from "./instances.ts";
import { mergeStreams } from "./merge-streams.ts";
import type { GcpOptions, GcpProjectOptions } from "./options.ts";
import { GLOBAL } from "./places.ts";
import { GCP_REGIONS } from "./regions.ts";

interface ScopesParts {
  readonly accounts: Accounts;
  readonly clients: Clients;
  readonly options: GcpOptions;
}

/** What may name no region. */
const PLACELESS = ["logs", "traces", "alarms"] as const;
const KNOWN_REGIONS: ReadonlySet<string> = new Set(GCP_REGIONS.map(({ id }) => id));

/**
 * Projects times regions: those that are named, else those in which a project has instances, as the list of these tells them, and
 * `global` for logs, traces and alert policies that name no place.
 */
export async function* findScopes(parts: ScopesParts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const projects = (await parts.accounts.all(context)).filter((project) => isSelected(where.accounts, namesOf(project)));
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
  const named = selection?.include ?? options.regions;
  if (named !== undefined) {
    // A region of another cloud selects nothing here.
    const regions = new Set(named.map((region) => region.toLowerCase()).filter((region) => KNOWN_REGIONS.has(region) || region === GLOBAL));
    for (const region of regions) if (isSelected(selection, [region])) yield { scope: scopeOf(project, region) };
    return;
  }
  const seen = new Set<string>();
  try {
    for await (const { byRegion, unreachable } of projectInstances(clients, project, context)) {
      // A region that cannot be listed is found all the same: its list says why, and its logs can be read.
      for (const region of [...byRegion.keys(), ...unreachable.keys()]) {
        if (seen.has(region) || !isSelected(selection, [region])) continue;
        seen.add(region);
        yield { scope: scopeOf(project, region) };
      }
    }
  } catch (error) {
    context.signal.throwIfAborted();
    yield { scope: scopeOf(project, "*"), failure: failureOf(error, alone) };
    return;
  }
  // Of a project without instances this is all there is to ask.
  if (isSelected(selection, [GLOBAL])) yield { scope: scopeOf(project, GLOBAL), ...(seen.size > 0 ? { services: PLACELESS } : {}) };
}

/** A missing package is no answer of a cloud, and a missing credential is none where there is nothing else to ask: both stay exceptions. */
function failureOf(error: unknown, alone: boolean): ProviderError {
  if (error instanceof ConfigurationError && (alone || error.code !== "CREDENTIAL_MISSING")) throw error;
  return toProviderError(error);
}

/** Whether one of the names, lower case, is meant. */
function isSelected(selection: Where["regions"], names: readonly string[]): boolean {
  const among = (wanted: readonly string[]) => wanted.some((name) => names.includes(name.toLowerCase()));
  if (selection?.exclude !== undefined && among(selection.exclude)) return false;
  return selection?.include === undefined || among(selection.include);
}

function namesOf({ id, name }: GcpProjectOptions): string[] {
  return [id, name].flatMap((each) => each?.toLowerCase() ?? []);
}

function scopeOf(account: string, region: string): PartialScope {
  return { provider: PROVIDER_ID, account, region };
}
