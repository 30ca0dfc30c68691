import type { PartialScope, ProviderContext, ScopeFinding, Where } from "../../contracts/index.ts";
import { ConfigurationError, ProviderError } from "../../errors/index.ts";
import { inCompletionOrder } from "../shared/completion-order.ts";
import type { Account, AccountIdentity, AccountRegions } from "./account.ts";
import { type Accounts, unknownAccount } from "./accounts.ts";
import { PROVIDER_ID, toProviderError } from "./errors.ts";
import { AWS_REGIONS, partitionOf } from "./regions.ts";

interface OpenedAccount {
  readonly account: Account;
  /** Absent when it could not be found out. */
  readonly identity?: AccountIdentity;
  readonly findings: readonly ScopeFinding[];
  readonly disabled: readonly string[];
}

/** Accounts times enabled regions, account by account as they are found. */
export async function* findScopes(accounts: Accounts, where: Where, context: ProviderContext): AsyncGenerator<ScopeFinding> {
  const candidates = (await accounts.all(context)).filter((account) => possible(where.accounts, account));
  const identities = new Map<string, AccountIdentity>();
  const names = new Set<string>();
  const disabled = new Set<string>();
  let nameless = 0;
  for await (const opened of inCompletionOrder(candidates.map((account) => open(account, where, context, candidates.length === 1)))) {
    const { identity, account } = opened;
    if (identity === undefined) nameless++;
    // Two profiles of one account would count its resources twice.
    else if (identities.has(identity.id)) continue;
    else {
      identities.set(identity.id, identity);
      accounts.learn(identity.id, account);
    }
    for (const name of [account.options.name, identity?.id ?? account.id]) if (name !== undefined) names.add(name.toLowerCase());
    for (const region of opened.disabled) disabled.add(region);
    yield* opened.findings;
  }
  for (const name of where.accounts?.include ?? []) {
    if (!names.has(name.toLowerCase()) && nameless === 0) yield failed(name, "*", unknownAccount(name));
  }
  const partitions = new Set([...identities.values()].map((identity) => identity.partition));
  for (const region of where.regions?.include ?? []) {
    if (partitions.size > 0 && isRegion(region) && !partitions.has(partitionOf(region)))
      yield failed("*", region, unreachableRegion(region));
  }
  if (disabled.size > 0) context.note(disabledRegions([...disabled].sort()));
}

async function open(account: Account, where: Where, context: ProviderContext, alone: boolean): Promise<OpenedAccount> {
  // Neither needs the other's answer, so they go out together.
  const [identified, found] = await Promise.allSettled([account.identity(context), account.regions(context)]);
  context.signal.throwIfAborted();
  const nothing = { account, findings: [], disabled: [] };
  if (identified.status === "rejected") return { ...nothing, findings: [failed(account.label, "*", failureOf(identified.reason, alone))] };
  const identity = identified.value;
  if (!matches(where.accounts, [identity.id, account.options.name])) return { ...nothing, identity };
  if (found.status === "rejected") return { ...nothing, identity, findings: [failed(identity.id, "*", failureOf(found.reason, alone))] };
  return { account, identity, ...findingsOf(identity, found.value, where) };
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
  const findings: ScopeFinding[] = regions.enabled.filter(wanted).map((region) => ({ scope: scopeOf(identity.id, region) }));
  for (const region of include ?? []) {
    const reachable = isRegion(region) && partitionOf(region) === identity.partition && !exclude.has(region);
    if (reachable && !regions.enabled.includes(region)) findings.push(failed(identity.id, region, closedRegion(identity.id, region)));
  }
  return { findings, disabled: include === undefined ? regions.disabled.filter(wanted) : [] };
}

/** Whether an account may be meant, as far as that is known without asking it. */
function possible(selection: Where["accounts"], account: Account): boolean {
  return account.id === undefined || matches(selection, [account.id, account.options.name]);
}

function matches(selection: Where["accounts"], names: readonly (string | undefined)[]): boolean {
  const isOne = (wanted: string) => names.some((name) => name?.toLowerCase() === wanted.toLowerCase());
  return (selection?.include?.some(isOne) ?? true) && !selection?.exclude?.some(isOne);
}

function isRegion(region: string): boolean {
  return AWS_REGIONS.some(({ id }) => id === region);
}

function scopeOf(account: string, region: string): PartialScope {
  return { provider: PROVIDER_ID, account, region };
}

function failed(account: string, region: string, failure: ProviderError): ScopeFinding {
  return { scope: scopeOf(account, region), failure };
}

function closedRegion(account: string, region: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_FORBIDDEN",
    providerId: PROVIDER_ID,
    message: { en: `The region ${region} is not enabled in account ${account}.`, zh: `账号 ${account} 未启用区域 ${region}。` },
    hint: { en: "Enable it in the AWS console, or leave it out.", zh: "请在 AWS 控制台启用该区域，或不查询它。" },
  });
}

function unreachableRegion(region: string): ProviderError {
  const partition = partitionOf(region);
  return new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: PROVIDER_ID,
    message: {
      en: `No configured account can reach ${region}: it belongs to the partition ${partition}.`,
      zh: `没有已配置的账号能访问 ${region}：它属于分区 ${partition}。`,
    },
    hint: { en: `Add an account of ${partition} to the configuration.`, zh: `请在配置中添加分区 ${partition} 的账号。` },
  });
}

function disabledRegions(regions: readonly string[]) {
  const list = regions.join(", ");
  return { en: `AWS regions that are not enabled were not asked: ${list}.`, zh: `未查询尚未启用的 AWS 区域：${list}。` };
}
