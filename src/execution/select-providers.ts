import { namesRegion, type Provider, parseRegion, type Where, whereFor } from "../contracts/index.ts";
import { ConfigurationError, nearest, QuestionError } from "../errors/index.ts";
import { isSelected } from "./matches-where.ts";

/** The providers that `where` means. Throws where there are none, or where it names a provider or a region that none of them knows. */
export function selectProviders(providers: readonly Provider[], where: Where): readonly Provider[] {
  if (providers.length === 0) {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: { en: "No cloud is configured.", zh: "没有配置任何云。" },
      hint: { en: "Give the orchestrator a provider, such as aws().", zh: "请为 Orchestrator 提供至少一个云，例如 aws()。" },
    });
  }
  const ids = providers.map((provider) => provider.id);
  const unknown = [...(where.providers?.include ?? []), ...(where.providers?.exclude ?? [])].find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new QuestionError({
      code: "PROVIDER_UNKNOWN",
      message: { en: `The cloud ${unknown} is not configured.`, zh: `没有配置名为 ${unknown} 的云。` },
      hint: { en: `Configured: ${ids.join(", ")}.`, zh: `已配置：${ids.join("、")}。` },
      details: { provider: unknown },
    });
  }
  const selected = providers.filter((provider) => isSelected(where.providers, provider.id));
  if (selected.length === 0) {
    throw new QuestionError({
      code: "QUESTION_CONTRADICTORY",
      message: { en: "The question leaves out every configured cloud.", zh: "问题排除了所有已配置的云。" },
      hint: { en: `Configured: ${ids.join(", ")}.`, zh: `已配置：${ids.join("、")}。` },
    });
  }
  checkRegions(providers, selected, where);
  const known = (where.accounts?.include ?? []).every((account) => selected.some((provider) => hasAccount(provider, account)));
  return selected.filter((provider) => hasRegion(provider, where) && (!known || hasAnyAccount(provider, where)));
}

/** Whether a cloud has one of the accounts that are named, where the configuration says whose each of them is: the others need not be asked. */
function hasAnyAccount(provider: Provider, { accounts }: Where): boolean {
  return accounts?.include?.some((account) => hasAccount(provider, account)) ?? true;
}

function hasAccount({ accountNames }: Provider, account: string): boolean {
  const wanted = account.toLowerCase();
  return Object.entries(accountNames).some(([id, name]) => id.toLowerCase() === wanted || name.toLowerCase() === wanted);
}

/** Whether a cloud may have one of the regions that are named: the others need not be asked. */
function hasRegion({ id: provider, regions }: Provider, where: Where): boolean {
  const own = whereFor(where, provider);
  const wanted = own?.regions?.include;
  return own !== undefined && (wanted === undefined || regions.length === 0 || regions.some(({ id }) => wanted.includes(id)));
}

/** Of several regions some may be other clouds', as a place has them in several; one that no cloud has is a mistake. */
function checkRegions(providers: readonly Provider[], selected: readonly Provider[], where: Where): void {
  // A provider without a list of regions may have any.
  if (providers.some((provider) => provider.regions.length === 0)) return;
  const wanted = where.regions?.include ?? [];
  const isKnown = (region: string) => providers.some(({ id, regions }) => regions.some((known) => namesRegion(region, id, known.id)));
  const unreachable = selected.some((provider) => hasRegion(provider, where)) ? undefined : wanted[0];
  const missing = wanted.find((region) => !isKnown(region)) ?? unreachable;
  if (missing === undefined) return;
  const unknown = parseRegion(missing).id;
  const known = selected.flatMap((provider) => provider.regions.map((region) => region.id));
  const near = nearest(unknown, known);
  throw new QuestionError({
    code: "REGION_UNKNOWN",
    message: {
      en: `${selected.map((provider) => provider.name.en).join(", ")} has no region ${unknown}.`,
      zh: `${selected.map((provider) => provider.name.zh).join("、")} 没有区域 ${unknown}。`,
    },
    hint: {
      en: near.length > 0 ? `Did you mean ${near.join(", ")}?` : "Use the cloud's own region id.",
      zh: near.length > 0 ? `是否想用：${near.join("、")}？` : "请使用云厂商的区域 ID。",
    },
    details: { region: unknown, nearest: near.join(",") },
  });
}
