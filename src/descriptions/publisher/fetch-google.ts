import { parseDiscovery } from "../shared/parse-discovery.ts";
import { googleDiscovery } from "./pinned-hosts.ts";
import type { Recipe } from "./recipe.ts";

/** The discovery document of an API. */
export function fetchGoogle(api: string, version: string): Recipe {
  const place = googleDiscovery(api);
  return async (fetchJson, known, signal) => {
    const document = await fetchJson(`https://${place.host}${place.path}?version=${version}`, place, signal);
    if (document === undefined) return undefined;
    return parseDiscovery(document.value, { known, origin: { kind: "publisher", source: place.host, date: document.date } });
  };
}
