import { namesRegion, type PlanningFacts, type ProviderFacts, parseRegion, type ResourceWhere, type Where } from "../../contracts/index.ts";
import { nearest } from "../../errors/index.ts";
import { type Problem, problem, suggestion } from "./problem.ts";

/** Clouds, regions and accounts nobody knows, and selections that leave nothing. */
export function checkWhere(where: Where | ResourceWhere | undefined, facts: PlanningFacts, path: string): Problem[] {
  if (where === undefined) return [];
  const unknown = named(where.providers).filter((id) => !facts.providers.some((provider) => provider.id === id));
  if (unknown.length > 0) return unknown.map((id) => unknownProvider(id, facts, `${path}.providers`));
  const providers = selectedProviders(where, facts);
  return [
    ...checkRegions(where.regions, providers, facts, `${path}.regions`),
    // Of several accounts called alike some may be other clouds'.
    ...named(where.accounts).flatMap((account) => checkAccount(account, facts.providers, `${path}.accounts`)),
    ...(["providers", "regions", "accounts", "states"] as const).flatMap((field) =>
      checkSelection(field in where ? (where as ResourceWhere)[field] : undefined, `${path}.${field}`),
    ),
  ];
}

interface Selection {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

function named(selection: Selection | undefined): string[] {
  return [...(selection?.include ?? []), ...(selection?.exclude ?? [])];
}

function selectedProviders(where: Where, { providers }: PlanningFacts): readonly ProviderFacts[] {
  const included = where.providers?.include;
  return included === undefined ? providers : providers.filter(({ id }) => included.includes(id));
}

function unknownProvider(id: string, facts: PlanningFacts, path: string): Problem {
  const meant = facts.providers.filter(({ aliases }) => aliases.includes(id.toLowerCase())).map((provider) => provider.id);
  const near = suggestion(
    meant,
    facts.providers.map((provider) => provider.id),
  );
  return problem("PROVIDER_UNKNOWN", path, {
    en: `No cloud ${id} is configured.${near.en}`,
    zh: `没有配置名为 ${id} 的云。${near.zh}`,
  });
}

/** One that no cloud has is a mistake; of several some may be other clouds', as a place has them in several. */
function checkRegions(selection: Selection | undefined, selected: readonly ProviderFacts[], facts: PlanningFacts, path: string): Problem[] {
  // A cloud that names no regions has to be asked.
  if (facts.providers.some((provider) => provider.regions.length === 0)) return [];
  const isOf = (providers: readonly ProviderFacts[], name: string) =>
    providers.some((provider) => provider.regions.some((region) => namesRegion(name, provider.id, region.id)));
  const unknown = named(selection).filter((name) => !isOf(facts.providers, name));
  const [first] = selection?.include ?? [];
  const elsewhere = first !== undefined && unknown.length === 0 && !selection?.include?.some((name) => isOf(selected, name));
  return [...unknown, ...(elsewhere ? [first] : [])].map((name) => unknownRegion(parseRegion(name).id, selected, path));
}

function unknownRegion(id: string, providers: readonly ProviderFacts[], path: string): Problem {
  const regions = providers.flatMap((provider) => provider.regions);
  const place = id.toLowerCase();
  const meant = regions.filter((region) => region.places.includes(place)).map((region) => region.id);
  const ids = regions.map((region) => region.id);
  const near = suggestion(meant.length > 0 ? meant : nearest(id, ids), ids);
  return problem("REGION_UNKNOWN", path, {
    en: `${providers.map(({ name }) => name.en).join(", ")} has no region ${id}.${near.en}`,
    zh: `${providers.map(({ name }) => name.zh).join("、")}没有区域 ${id}。${near.zh}`,
  });
}

function checkAccount(account: string, providers: readonly ProviderFacts[], path: string): Problem[] {
  const names = [...new Set(providers.flatMap((provider) => Object.entries(provider.accountNames).flat()))];
  // An id may be that of the current identity, which is known only once it has been asked for.
  if (names.includes(account) || providers.some((provider) => Object.keys(provider.accountNames).length === 0) || looksLikeId(account))
    return [];
  const near = suggestion(nearest(account, names), names);
  return [
    problem("ACCOUNT_UNKNOWN", path, {
      en: `No configured account is called ${account}.${near.en}`,
      zh: `没有配置名为 ${account} 的账号。${near.zh}`,
    }),
  ];
}

function looksLikeId(account: string): boolean {
  return /^\d{6,}$/.test(account) || /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(account);
}

function checkSelection(selection: Selection | undefined, path: string): Problem[] {
  const { include, exclude } = selection ?? {};
  if (include === undefined || exclude === undefined || !include.every((item) => exclude.includes(item))) return [];
  return [
    problem("QUESTION_CONTRADICTORY", path, {
      en: `What is included is excluded as well: ${include.join(", ")}.`,
      zh: `同时要求包含和排除：${include.join("、")}。`,
    }),
  ];
}
