import { parseSwagger } from "../shared/parse-swagger.ts";
import { refusal } from "../shared/refusal.ts";
import { referencedDocuments } from "../shared/swagger-references.ts";
import { AZURE_SPECS } from "./pinned-hosts.ts";
import type { Recipe } from "./recipe.ts";

const MAX_DOCUMENTS = 60;

/** Swagger documents of a folder, with what they refer to below the same pinned path (github.com/Azure/azure-rest-api-specs). */
export function fetchAzure(folder: string, files: readonly string[]): Recipe {
  const names = files.map((file) => `${folder}/${file}`);
  return async (fetchJson, known, signal) => {
    const documents = new Map<string, unknown>();
    const waiting = [...names];
    const seen = new Set(waiting);
    let date = "";
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const document = await fetchJson(`https://${AZURE_SPECS.host}${AZURE_SPECS.path}${name}`, AZURE_SPECS, signal);
      if (document === undefined) continue;
      documents.set(name, document.value);
      // As old as its oldest part.
      date = date === "" || document.date < date ? document.date : date;
      const references = referencedDocuments(document.value, name).filter((reference) => !seen.has(reference));
      for (const reference of references) seen.add(reference);
      waiting.push(...references);
      if (seen.size > MAX_DOCUMENTS) {
        throw refusal(name, { en: `it refers to more than ${MAX_DOCUMENTS} documents.`, zh: `引用的文档超过 ${MAX_DOCUMENTS} 个。` });
      }
    }
    const found = names.filter((name) => documents.has(name));
    if (found.length === 0) return undefined;
    return parseSwagger(documents, found, { known, origin: { kind: "publisher", source: "github.com/Azure/azure-rest-api-specs", date } });
  };
}
