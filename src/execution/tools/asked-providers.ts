import type { Provider, ToolContext, Where } from "../../contracts/index.ts";
import { ConfigurationError, type Text } from "../../errors/index.ts";
import { selectProviders } from "../select-providers.ts";

/** What a tool needs of a cloud. */
export interface Capability {
  /** What providers without the capability cannot do: "list databases". */
  readonly task: Text;
  isCapable(provider: Provider): boolean;
}

export interface AskedProviders {
  readonly providers: readonly Provider[];
  /** Which clouds are left out, and why. */
  readonly notes: readonly Text[];
}

/** The clouds that `where` means, that are configured and that can do it. Throws where there are none. */
export async function askedProviders(
  { providers, signal }: Pick<ToolContext, "providers" | "signal">,
  where: Where,
  { task, isCapable }: Capability,
): Promise<AskedProviders> {
  const selected = selectProviders(providers, where);
  const configured = await configuredAmong(selected, where, signal);
  const left = selected.filter((provider) => !configured.includes(provider));
  const capable = configured.filter(isCapable);
  const incapable = configured.filter((provider) => !capable.includes(provider));
  return {
    providers: capable,
    notes: [...(left.length > 0 ? [notConfigured(left)] : []), ...incapable.map((provider) => cannot(provider, task))],
  };
}

/** Clouds for which nothing is configured are not asked, unless the question names them or there is no other. */
async function configuredAmong(providers: readonly Provider[], where: Where, signal: AbortSignal): Promise<readonly Provider[]> {
  const named = where.providers?.include ?? [];
  const findings = await Promise.all(
    providers.map(async (provider) => named.includes(provider.id) || ((await provider.configured?.(signal)) ?? true)),
  );
  const configured = providers.filter((_, index) => findings[index]);
  if (configured.length > 0) return configured;
  // The only cloud there is says best itself what it misses.
  if (providers.length === 1) return providers;
  throw nothingConfigured(providers);
}

function nothingConfigured(providers: readonly Provider[]): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: {
      en: `There are no credentials for any cloud: nothing is configured for ${listOf(providers, "en")}.`,
      zh: `没有任何云的凭证：${listOf(providers, "zh")}均未配置。`,
    },
    hint: {
      en: "Set up at least one cloud's credentials as its own tools do; `nephoscope doctor` tells what each one looks for. Or try `nephoscope demo`.",
      zh: "请按照任一云厂商自己的方式配置凭证；`nephoscope doctor` 会说明每个云查找什么。也可以先试试 `nephoscope demo`。",
    },
  });
}

function notConfigured(providers: readonly Provider[]): Text {
  return {
    en: `Not asked, because nothing is configured for it: ${listOf(providers, "en")}.`,
    zh: `未查询尚未配置的云：${listOf(providers, "zh")}。`,
  };
}

function listOf(providers: readonly Provider[], language: "en" | "zh"): string {
  return providers.map((provider) => provider.name[language]).join(language === "en" ? ", " : "、");
}

function cannot(provider: Provider, task: Text): Text {
  return { en: `${provider.name.en} cannot ${task.en} here; it was left out.`, zh: `这里无法在${provider.name.zh}上${task.zh}，已略过。` };
}
