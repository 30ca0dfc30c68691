import { namesRegion, type PartialScope, type Provider, parseRegion, type Where } from "../../contracts/index.ts";
import { ProviderError, type Text } from "../../errors/index.ts";

export interface UnmatchedPlaces {
  readonly failures: readonly { readonly scope: PartialScope; readonly failure: ProviderError }[];
  readonly notes: readonly Text[];
}

/**
 * The accounts and regions that a question names and no cloud could be asked in, given where they were asked. Regions fail only where none
 * of those named was reached: who says Beijing, or Asia, means the regions there that he has, not all that every cloud has. Likewise
 * accounts of `others`, which are not asked: several clouds may have one called payments.
 */
export function unmatchedPlaces(
  where: Where,
  { providers, others }: { readonly providers: readonly Provider[]; readonly others: readonly Provider[] },
  asked: readonly PartialScope[],
): UnmatchedPlaces {
  const accounts = unmatchedAccounts(where, { providers, others }, asked);
  // What only clouds have that are not asked here is none of their regions.
  const wanted = (where.regions?.include ?? []).filter((region) =>
    providers.some(({ id, regions }) => regions.length === 0 || knows(providers, id, region)),
  );
  const missed = wanted.filter((region) => !isReached(region, providers, asked));
  if (missed.length < wanted.length) return { failures: accounts, notes: missed.length > 0 ? [notAsked(missed, providers)] : [] };
  return { failures: [...accounts, ...missed.map((region) => unreached(region, providers))], notes: [] };
}

/** "Europe" is forty regions of five clouds: a note must stay one line. */
const MOST_NAMED = 6;

function unmatchedAccounts(
  { accounts }: Where,
  { providers, others }: { readonly providers: readonly Provider[]; readonly others: readonly Provider[] },
  asked: readonly PartialScope[],
): UnmatchedPlaces["failures"] {
  // Behind an account that could not be opened may be any name.
  if (asked.some(({ account }) => account === "*")) return [];
  const names = new Set(asked.flatMap((scope) => namesOf(scope, providers)).map((name) => name.toLowerCase()));
  const [only, another] = providers;
  const provider = only === undefined || another !== undefined ? "*" : only.id;
  const wanted = accounts?.include ?? [];
  const missed = wanted.filter((name) => !names.has(name.toLowerCase()));
  const isElsewhere = (name: string) => others.some(({ accountNames }) => Object.entries(accountNames).flat().includes(name));
  return missed
    .filter((name) => missed.length === wanted.length || !isElsewhere(name))
    .map((name) => ({ scope: { provider, account: name, region: "*" }, failure: unknownAccount(provider, name) }));
}

function namesOf({ provider, account }: PartialScope, providers: readonly Provider[]): string[] {
  const name = providers.find(({ id }) => id === provider)?.accountNames[account];
  return name === undefined ? [account] : [account, name];
}

function isReached(region: string, providers: readonly Provider[], asked: readonly PartialScope[]): boolean {
  return asked.some(
    (scope) => namesRegion(region, scope.provider, scope.region) || (scope.region === "*" && knows(providers, scope.provider, region)),
  );
}

function knows(providers: readonly Provider[], id: string, region: string): boolean {
  return providers.some((provider) => provider.id === id && provider.regions.some((known) => namesRegion(region, id, known.id)));
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
  const { id } = parseRegion(region);
  const failure = new ProviderError({
    code: "PROVIDER_NOT_FOUND",
    providerId: provider?.id ?? "*",
    message: {
      en: `No configured account of ${name.en} has the region ${id}.`,
      zh: `${name.zh}没有已配置且启用了区域 ${id} 的账号。`,
    },
    hint: {
      en: "Enable the region, or add an account that has it to the configuration.",
      zh: "请启用该区域，或在配置中添加拥有该区域的账号。",
    },
  });
  return { scope: { provider: provider?.id ?? "*", account: "*", region: id }, failure };
}

function notAsked(regions: readonly string[], providers: readonly Provider[]): Text {
  const named = regions.map((region) => {
    const provider = providers.find((each) => knows(providers, each.id, region));
    const { id } = parseRegion(region);
    return provider === undefined ? { en: id, zh: id } : { en: `${id} (${provider.name.en})`, zh: `${id}（${provider.name.zh}）` };
  });
  const more = Math.max(0, named.length - MOST_NAMED);
  const shown = named.slice(0, MOST_NAMED);
  return {
    en: `Not asked, because no configured account has them: ${shown.map(({ en }) => en).join(", ")}${more > 0 ? ` and ${more} more regions` : ""}.`,
    zh: `以下区域没有已配置的账号，未查询：${shown.map(({ zh }) => zh).join("、")}${more > 0 ? `等，另有 ${more} 个` : ""}。`,
  };
}
