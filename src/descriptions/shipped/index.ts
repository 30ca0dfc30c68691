import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { DescriptionSource, ServiceDescription } from "../../contracts/index.ts";
import { type CompactService, expandService } from "../shared/compact-service.ts";
import { knownService } from "../shared/known-services.ts";

/** By service. Built by `scripts/build-descriptions.mjs`. */
type CompactIndex = Readonly<Record<string, CompactService>>;

/** Knows the index that ships with nephoscope, in `generated/descriptions`: read once per cloud, expanded once per service. */
export function shipped(): DescriptionSource {
  const indexes = new Map<string, Promise<CompactIndex | undefined>>();
  const expanded = new Map<string, ServiceDescription>();
  const indexOf = (provider: string): Promise<CompactIndex | undefined> => {
    const index = indexes.get(provider) ?? readIndex(provider);
    indexes.set(provider, index);
    return index;
  };
  return {
    contractVersion: "descriptions-v1",
    kind: "shipped",
    async services(provider) {
      return Object.keys((await indexOf(provider)) ?? {});
    },
    async describe(provider, service, signal) {
      signal.throwIfAborted();
      const key = `${provider}.${service}`;
      const compact = (await indexOf(provider))?.[service];
      if (compact === undefined || knownService(provider, service) === undefined) return undefined;
      const description = expanded.get(key) ?? expandService(compact, provider, service);
      expanded.set(key, description);
      return description;
    },
  };
}

/** Undefined where it was not built, as in a clone before `npm run build`. */
async function readIndex(provider: string): Promise<CompactIndex | undefined> {
  const root = dirname(createRequire(import.meta.url).resolve("nephoscope/package.json"));
  // The name of a file comes from here only for clouds we know.
  if (!/^[a-z]+$/.test(provider)) return undefined;
  try {
    return JSON.parse(gunzipSync(await readFile(join(root, "generated/descriptions", `${provider}.json.gz`))).toString("utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
