import type { PartialScope, Provider, Where } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";

export interface UnmatchedPlace {
  readonly scope: PartialScope;
  readonly failure: ProviderError;
}

/** The accounts and regions that a question names and no cloud could be asked in, given where they were asked. */
export function unmatchedPlaces(where: Where, providers: readonly Provider[], asked: readonly PartialScope[]): readonly UnmatchedPlace[] {
  return [...unmatchedAccounts(where, providers, asked), ...unmatchedRegions(where, providers, asked)];
}

function unmatchedAccounts({ accounts }: Where, providers: readonly Provider[], asked: readonly PartialScope[]): UnmatchedPlace[] {
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

function unmatchedRegions({ regions }: Where, providers: readonly Provider[], asked: readonly PartialScope[]): UnmatchedPlace[] {
  const wanted = regions?.include ?? [];
  const covered = (region: string) =>
    asked.some((scope) => scope.region === region || (scope.region === "*" && knows(providers, scope.provider, region)));
  // Who says Beijing means those of the clouds' regions there that he has, not all there are.
  const reached = new Set(wanted.filter(covered).flatMap((region) => placesOf(region, providers)));
  return wanted
    .filter((region) => !covered(region) && !placesOf(region, providers).some((place) => reached.has(place)))
    .map((region) => {
      const provider = providers.find(({ id }) => knows(providers, id, region));
      return { scope: { provider: provider?.id ?? "*", account: "*", region }, failure: unreachedRegion(provider, region) };
    });
}

function knows(providers: readonly Provider[], id: string, region: string): boolean {
  return providers.some((provider) => provider.id === id && provider.regions.some((known) => known.id === region));
}

function placesOf(region: string, providers: readonly Provider[]): string[] {
  return providers.flatMap((provider) => provider.regions.filter(({ id }) => id === region).flatMap(({ places }) => places));
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

function unreachedRegion(provider: Provider | undefined, region: string): ProviderError {
  const name = provider?.name ?? { en: "any cloud", zh: "任何云" };
  return new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: provider?.id ?? "*",
    message: {
      en: `No configured account of ${name.en} could be asked in ${region}.`,
      zh: `${name.zh}没有可以在区域 ${region} 查询的账号。`,
    },
    hint: {
      en: "Enable the region, or add an account that has it to the configuration.",
      zh: "请启用该区域，或在配置中添加拥有该区域的账号。",
    },
  });
}
