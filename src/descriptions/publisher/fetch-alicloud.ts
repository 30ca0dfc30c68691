import { parseAlicloud } from "../shared/parse-alicloud.ts";
import { ALIBABA_METADATA } from "./pinned-hosts.ts";
import type { Recipe } from "./recipe.ts";

/** The OpenAPI metadata of a product's version. */
export function fetchAlicloud(product: string, version: string): Recipe {
  const url = `https://${ALIBABA_METADATA.host}${ALIBABA_METADATA.path}${product}/versions/${version}/api-docs.json`;
  return async (fetchJson, known, signal) => {
    const document = await fetchJson(url, ALIBABA_METADATA, signal);
    if (document === undefined) return undefined;
    return parseAlicloud(document.value, { known, origin: { kind: "publisher", source: ALIBABA_METADATA.host, date: document.date } });
  };
}
