import type { PartialScope, ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { ConfigurationError, ProviderError } from "../../errors/index.ts";
import { inCompletionOrder } from "../shared/completion-order.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";
import { VOLCENGINE_REGIONS } from "./regions.ts";

interface OpenedAccount {
  readonly account: Account;
  /** Absent when it could not be found out. */
  readonly id?: string;
  /** Whether it is one of those that are meant, as far as that could be found out. */
  readonly selected: boolean;
  readonly findings: readonly ScopeFinding[];
}

/** Accounts times regions, account by account as they are found. Accounts and regions nobody knows here select nothing. */
export async function* findScopes(accounts: Accounts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const all = await accounts.all(context);
  const excluded = excludedIds(all, where, context);
  const candidates = all.filter((account) => possible(where.accounts, account));
  const claimed = new Set<string>();
  const alone = candidates.length === 1;
  for await (const { id, account, selected, findings } of inCompletionOrder(
    candidates.map((candidate) => open(candidate, where, excluded, context, alone)),
  )) {
    if (id !== undefined) {
      // Two entries of one account would count its resources twice; one that is not meant must not stand in the way of the other.
      if (!selected || claimed.has(id)) continue;
      claimed.add(id);
      accounts.learn(id, account);
    }
    yield* findings;
  }
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
  const failed = (id: string, error: unknown) => [{ scope: scopeOf(id, "*"), failure: failureOf(error, alone) }];
  if (identified.status === "rejected") return { account, selected: true, findings: failed(account.label, identified.reason) };
  const id = identified.value;
  const selected = isIncluded(where.accounts, [id, ...namesOf(account)]) && !(await excluded).has(id);
  if (!selected) return { account, id, selected, findings: [] };
  if (found.status === "rejected") return { account, id, selected, findings: failed(id, found.reason) };
  return { account, id, selected, findings: findingsOf(id, found.value, where) };
}

/** A missing package is no answer of a cloud, and a missing credential is none where there is nothing else to ask: both stay exceptions. */
function failureOf(error: unknown, alone: boolean): ProviderError {
  if (error instanceof ConfigurationError && (alone || error.code !== "CREDENTIAL_MISSING")) throw error;
  return toProviderError(error);
}

function findingsOf(id: string, regions: readonly string[], where: Where): ScopeFinding[] {
  const include = where.regions?.include?.map((region) => region.toLowerCase());
  const exclude = new Set(where.regions?.exclude?.map((region) => region.toLowerCase()));
  const wanted = (region: string) => !exclude.has(region) && (include === undefined || include.includes(region));
  const closed = VOLCENGINE_REGIONS.map((region) => region.id).filter((region) => include?.includes(region) && !regions.includes(region));
  return [
    ...regions.filter(wanted).map((region) => ({ scope: scopeOf(id, region) })),
    ...closed.filter(wanted).map((region) => ({ scope: scopeOf(id, region), failure: notOpen(region) })),
  ];
}

/** A region of this cloud that was asked for by name and that the account cannot use, or was not configured for. */
function notOpen(region: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_FORBIDDEN",
    providerId: PROVIDER_ID,
    message: {
      en: `The Volcengine region ${region} is not open to this account, or left out in the configuration.`,
      zh: `火山引擎区域 ${region} 未对该账号开放，或未在配置中启用。`,
    },
    hint: { en: "Ask for another region, or change the configuration.", zh: "请换一个区域，或修改配置。" },
  });
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
