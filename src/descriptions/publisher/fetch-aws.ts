import { parseSmithy } from "../shared/parse-smithy.ts";
import { AWS_MODELS } from "./pinned-hosts.ts";
import type { Recipe } from "./recipe.ts";

/** The Smithy model of a service (github.com/aws/api-models-aws). */
export function fetchAws(name: string, version: string): Recipe {
  const url = `https://${AWS_MODELS.host}${AWS_MODELS.path}${name}/service/${version}/${name}-${version}.json`;
  return async (fetchJson, known, signal) => {
    const model = await fetchJson(url, AWS_MODELS, signal);
    if (model === undefined) return undefined;
    return parseSmithy(model.value, { known, origin: { kind: "publisher", source: "github.com/aws/api-models-aws", date: model.date } });
  };
}
