import type { PlanningFacts } from "../../contracts/index.ts";
import { REGION_GROUPS } from "../lexicon/scopes.ts";
import { type Dictionary, dictionaryOf } from "./dictionary.ts";
import { lowerCase } from "./normalise.ts";
import type { Sense } from "./sense.ts";

/** Words that depend on what is configured: regions and their places, accounts, clouds, canonical and native metrics. */
export function factsDictionary(facts: PlanningFacts): Dictionary {
  const entries: (readonly [Sense, string])[] = [];
  const add = (sense: Sense, phrase: string) => {
    const lower = lowerCase(phrase.normalize("NFKC")).trim();
    if (lower !== "" && !lower.includes("|")) entries.push([sense, lower]);
  };
  const places = new Map<string, Set<string>>();
  const accounts = new Map<string, Set<string>>();
  const natives = new Map<string, Set<string>>();
  for (const provider of facts.providers) {
    for (const word of new Set([provider.id, provider.name.en, provider.name.zh, ...provider.aliases].map(lowerCase))) {
      add({ is: "provider", id: provider.id }, word);
    }
    for (const region of provider.regions) {
      gather(places, lowerCase(region.id), region.id);
      for (const place of region.places) gather(places, lowerCase(place), regionAt(place, provider.id, region.id, facts));
    }
    for (const [id, name] of Object.entries(provider.accountNames)) {
      gather(accounts, lowerCase(name), id);
      add({ is: "account", id }, id);
    }
    for (const native of provider.nativeMetrics) {
      gather(natives, native.native, native.metric ?? native.native);
      const short = native.native.slice(native.native.lastIndexOf(":") + 1);
      if (/[A-Z_]/.test(short)) gather(natives, short, native.metric ?? native.native);
    }
  }
  // Several clouds may have an account of one name: all of them are meant.
  for (const [name, ids] of accounts) add({ is: "accountName", ids: [...ids] }, name);
  for (const [place, ids] of places) {
    // Two-letter places such as "us" are ordinary words as well.
    if (place.length > 2 || /\p{Script=Han}/u.test(place)) add({ is: "region", ids: [...ids] }, place);
  }
  for (const [prefixes, phrases] of REGION_GROUPS) {
    const ids = facts.providers.flatMap((provider) => provider.regions.map((region) => region.id));
    const within = [...new Set(ids.filter((id) => prefixes.some((prefix) => id.startsWith(prefix))))];
    if (within.length > 0) for (const phrase of phrases.split("|")) if (!places.has(phrase)) add({ is: "region", ids: within }, phrase);
  }
  for (const metric of Object.keys(facts.metrics)) add({ is: "metric", metrics: [metric] }, metric);
  for (const [native, metrics] of natives) {
    const [metric, another] = metrics;
    if (native.includes(":")) add({ is: "metric", metrics: [native] }, native);
    else if (metric !== undefined && another === undefined) add({ is: "metric", metrics: [metric] }, native);
  }
  return dictionaryOf([entries]);
}

/** The region as a condition names it, with its cloud where another one has a region of that id elsewhere. */
export function regionAt(place: string, provider: string, id: string, { providers }: PlanningFacts): string {
  const elsewhere = providers.some((other) => other.regions.some((region) => region.id === id && !region.places.includes(place)));
  return elsewhere ? `${provider}:${id}` : id;
}

function gather(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
