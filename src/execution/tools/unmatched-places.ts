import type { PartialScope, Provider, Where } from "../../contracts/index.ts";
import { ProviderError, type Text } from "../../errors/index.ts";

export interface UnmatchedPlaces {
  readonly failures: readonly { readonly scope: PartialScope; readonly failure: ProviderError }[];
  readonly notes: readonly Text[];
}

/**
 * The accounts and regions that a question names and no cloud could be asked in, given where they were asked. Regions fail only where none
 * of those named was reached: who says Beijing, or Asia, means the regions there that he has, not all that every cloud has.
 */
export function unmatchedPlaces(where: Where, providers: readonly Provider[], asked: readonly PartialScope[]): UnmatchedPlaces {
  const accounts = unmatchedAccounts(where, providers, asked);
  const wanted = where.regions?.include ?? [];
  const missed = wanted.filter((region) => !isReached(region, providers, asked));
  if (missed.length < wanted.length) return { failures: accounts, notes: missed.length > 0 ? [notAsked(missed, providers)] : [] };
  return { failures: [...accounts, ...missed.map((region) => unreached(region, providers))], notes: [] };
}

function unmatchedAccounts(
  { accounts }: Where,
  providers: readonly Provider[],
  asked: readonly PartialScope[],
): UnmatchedPlaces["failures"] {
  // Behind an account that could not be opened may be any name.
  if (asked.some(({ account }) => account === "*")) return [];
  const names = new Set(asked.flatMap((scope) => namesOf(scope, providers)).map((name) => name.toLowerCase()));
  const [only, ...others] = providers;
  const provider = only === undefined || others.length > 0 ? "*" : only.id;
  return (accounts?.include ?? [])
    .filter((name) => !names.has(name.toLowerCase()))
    .map((name) => ({ scope: { provider, account: name, region: "*" }, failure: unknownAccount(provider, name) }));
}

function namesOf({ provider, account }: PartialScope, providers: readonly Provider[]): string[] {
  const name = providers.find(({ id }) => id === provider)?.accountNames[account];
  return name === undefined ? [account] : [account, name];
}

function isReached(region: string, providers: readonly Provider[], asked: readonly PartialScope[]): boolean {
  return asked.some((scope) => scope.region === region || (scope.region === "*" && knows(providers, scope.provider, region)));
}

function knows(providers: readonly Provider[], id: string, region: string): boolean {
  return providers.some((provider) => provider.id === id && provider.regions.some((known) => known.id === region));
}

function unknownAccount(providerId: string, name: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId,
    message: { en: `No configured account is called ${name}.`, zh: `没有配置名为 ${name} 的账号。` },
    hint: {
      en: "Name it in the configuration, or see `nephoscope doctor` for those that are.",
      zh: "请在配置中添加该账号，或运行 `nephoscope doctor` 查看已配置的账号。",
    },
  });
}

function unreached(region: string, providers: readonly Provider[]): UnmatchedPlaces["failures"][number] {
  const provider = providers.find(({ id }) => knows(providers, id, region));
  const name = provider?.name ?? { en: "any cloud", zh: "任何云" };
  const failure = new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: provider?.id ?? "*",
    message: {
      en: `No configured account of ${name.en} has the region ${region}.`,
      zh: `${name.zh}没有已配置且启用了区域 ${region} 的账号。`,
    },
    hint: {
      en: "Enable the region, or add an account that has it to the configuration.",
      zh: "请启用该区域，或在配置中添加拥有该区域的账号。",
    },
  });
  return { scope: { provider: provider?.id ?? "*", account: "*", region }, failure };
}

function notAsked(regions: readonly string[], providers: readonly Provider[]): Text {
  const named = regions.map((region) => {
    const provider = providers.find(({ id }) => knows(providers, id, region));
    return provider === undefined
      ? { en: region, zh: region }
      : { en: `${region} (${provider.name.en})`, zh: `${region}（${provider.name.zh}）` };
  });
  return {
    en: `Not asked, because no configured account has them: ${named.map(({ en }) => en).join(", ")}.`,
    zh: `以下区域没有已配置的账号，未查询：${named.map(({ zh }) => zh).join("、")}。`,
  };
}
