import type { PartialScope, ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { ConfigurationError, type ProviderError } from "../../errors/index.ts";
import { inCompletionOrder } from "../shared/completion-order.ts";
import type { Account, AccountRegions } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";
import { ALICLOUD_REGIONS } from "./regions.ts";

interface OpenedAccount {
  readonly account: Account;
  /** Absent when it could not be found out. */
  readonly id?: string;
  /** Whether it is one of those that are meant, as far as that could be found out. */
  readonly selected: boolean;
  readonly findings: readonly ScopeFinding[];
}

/** Accounts times regions, account by account as they are found. */
export async function* findScopes(accounts: Accounts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  if (nowhere(where)) return;
  const all = await accounts.all(context);
  const excluded = excludedIds(all, where, context);
  const candidates = all.filter((account) => possible(where.accounts, account));
  const claimed = new Set<string>();
  for await (const opened of inCompletionOrder(
    candidates.map((account) => open(account, where, excluded, context, candidates.length === 1)),
  )) {
    const { id, account } = opened;
    if (id !== undefined) {
      // Two profiles of one account would count its resources twice; one that is not meant must not stand in the way of the other.
      if (!opened.selected || claimed.has(id)) continue;
      claimed.add(id);
      accounts.learn(id, account);
    }
    yield* opened.findings;
  }
}

/** Whether all regions that are named are other clouds', so that nobody need be asked. */
function nowhere({ regions }: Where): boolean {
  return regions?.include?.every((name) => !KNOWN.has(name.toLowerCase())) ?? false;
}

async function open(
  account: Account,
  where: Where,
  excluded: Promise<ReadonlySet<string>>,
  context: ProviderContext,
  alone: boolean,
): Promise<OpenedAccount> {
  // Neither needs the other's answer, so they go out together.
  const [identified, found] = await Promise.allSettled([account.identity(context), account.regions(context)]);
  context.signal.throwIfAborted();
  const nothing = { account, selected: true, findings: [] };
  if (identified.status === "rejected") return { ...nothing, findings: [failed(account.label, "*", failureOf(identified.reason, alone))] };
  const id = identified.value;
  const selected = isIncluded(where.accounts, [id, ...namesOf(account)]) && !(await excluded).has(id);
  if (!selected) return { ...nothing, id, selected };
  if (found.status === "rejected") return { ...nothing, id, findings: [failed(id, "*", failureOf(found.reason, alone))] };
  return { account, id, selected, findings: selectRegions(found.value, where).map((region) => ({ scope: scopeOf(id, region) })) };
}

/** A missing package is no answer of a cloud, and a missing credential is none where there is nothing else to ask: both stay exceptions. */
function failureOf(error: unknown, alone: boolean): ProviderError {
  if (error instanceof ConfigurationError && (alone || error.code !== "CREDENTIAL_MISSING")) throw error;
  return toProviderError(error);
}

const KNOWN: ReadonlySet<string> = new Set(ALICLOUD_REGIONS.map(({ id }) => id));

/** Regions that a question names are asked even where the account's list lacks them: "nothing there" is an answer, too. */
function selectRegions({ ids, configured }: AccountRegions, { regions }: Where): readonly string[] {
  const exclude = new Set(regions?.exclude?.map((region) => region.toLowerCase()));
  const include = regions?.include?.map((region) => region.toLowerCase());
  const selected = include === undefined ? ids : include.filter((region) => ids.includes(region) || (!configured && KNOWN.has(region)));
  return [...new Set(selected)].filter((region) => !exclude.has(region));
}

/** Whether an account may be meant, as far as that is known without asking it. */
function possible(selection: Where["accounts"], account: Account): boolean {
  const names = namesOf(account);
  return !isAmong(selection?.exclude, names) && (account.id === undefined || isIncluded(selection, names));
}

/** Accounts to leave out: where several entries lead to one account, the name of any of them leaves it out. */
async function excludedIds(all: readonly Account[], { accounts }: Where, context: ProviderContext): Promise<ReadonlySet<string>> {
  const ids = new Set(accounts?.exclude);
  const named = all.filter((account) => isAmong(accounts?.exclude, namesOf(account)));
  // An entry that cannot say whose it is leads nowhere; nobody wants to read of it here.
  const found = await Promise.allSettled(named.map(async (account) => account.id ?? (await account.identity(context))));
  for (const result of found) if (result.status === "fulfilled") ids.add(result.value);
  return ids;
}

function isIncluded(selection: Where["accounts"], names: readonly string[]): boolean {
  return selection?.include === undefined || isAmong(selection.include, names);
}

function isAmong(wanted: readonly string[] | undefined, names: readonly string[]): boolean {
  return wanted?.some((name) => names.includes(name.toLowerCase())) ?? false;
}

/** What people may call an account, lower case. */
function namesOf({ id, options: { name } }: Account): string[] {
  return [id, name].flatMap((each) => each?.toLowerCase() ?? []);
}

function scopeOf(account: string, region: string): PartialScope {
  return { provider: PROVIDER_ID, account, region };
}

function failed(account: string, region: string, failure: ProviderError): ScopeFinding {
  return { scope: scopeOf(account, region), failure };
}
