import type { PartialScope, ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { ConfigurationError, type ProviderError } from "../../errors/index.ts";
import { inCompletionOrder } from "../shared/completion-order.ts";
import type { Account, AccountIdentity, AccountRegions } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";

interface OpenedAccount {
  readonly account: Account;
  /** Absent when it could not be found out. */
  readonly identity?: AccountIdentity;
  /** Whether it is one of those that are meant, as far as that could be found out. */
  readonly selected: boolean;
  readonly findings: readonly ScopeFinding[];
  readonly disabled: readonly string[];
}

/** Accounts times enabled regions, account by account as they are found. */
export async function* findScopes(accounts: Accounts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const all = await accounts.all(context);
  const excluded = excludedIds(all, where, context);
  const candidates = all.filter((account) => possible(where.accounts, account));
  const claimed = new Set<string>();
  const disabled = new Set<string>();
  for await (const opened of inCompletionOrder(
    candidates.map((account) => open(account, where, excluded, context, candidates.length === 1)),
  )) {
    const { identity, account } = opened;
    if (identity !== undefined) {
      // Two profiles of one account would count its resources twice; one that is not meant must not stand in the way of the other.
      if (!opened.selected || claimed.has(identity.id)) continue;
      claimed.add(identity.id);
      accounts.learn(identity.id, account);
    }
    for (const region of opened.disabled) disabled.add(region);
    yield* opened.findings;
  }
  if (disabled.size > 0) context.note(disabledRegions([...disabled].sort()));
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
  const nothing = { account, selected: true, findings: [], disabled: [] };
  if (identified.status === "rejected") return { ...nothing, findings: [failed(account.label, "*", failureOf(identified.reason, alone))] };
  const identity = identified.value;
  const selected = isIncluded(where.accounts, [identity.id, ...namesOf(account)]) && !(await excluded).has(identity.id);
  if (!selected) return { ...nothing, identity, selected };
  if (found.status === "rejected") return { ...nothing, identity, findings: [failed(identity.id, "*", failureOf(found.reason, alone))] };
  return { account, identity, selected, ...findingsOf(identity, found.value, where) };
}

/** A missing package is no answer of a cloud, and a missing credential is none where there is nothing else to ask: both stay exceptions. */
function failureOf(error: unknown, alone: boolean): ProviderError {
  if (error instanceof ConfigurationError && (alone || error.code !== "CREDENTIAL_MISSING")) throw error;
  return toProviderError(error);
}

function findingsOf(identity: AccountIdentity, regions: AccountRegions, where: Where): Pick<OpenedAccount, "findings" | "disabled"> {
  const include = where.regions?.include?.map((region) => region.toLowerCase());
  const exclude = new Set(where.regions?.exclude?.map((region) => region.toLowerCase()));
  const wanted = (region: string) => !exclude.has(region) && (include === undefined || include.includes(region));
  return {
    findings: regions.enabled.filter(wanted).map((region) => ({ scope: scopeOf(identity.id, region) })),
    disabled: include === undefined ? regions.disabled.filter(wanted) : [],
  };
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
  const found = await Promise.allSettled(named.map(async (account) => account.id ?? (await account.identity(context)).id));
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

function disabledRegions(regions: readonly string[]) {
  const list = regions.join(", ");
  return { en: `AWS regions that are not enabled were not asked: ${list}.`, zh: `未查询尚未启用的 AWS 区域：${list}。` };
}
