import { z } from "zod";
import type { DescriptionSource, Runtime, ServiceDescription } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { parseJson } from "../shared/json.ts";
import { knownService } from "../shared/known-services.ts";
import { DocumentFetcher } from "./document-fetcher.ts";
import type { FetchJson } from "./recipe.ts";
import { RECIPES } from "./recipes.ts";
import { type SendRequest, sendOverTls } from "./send-request.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const optionsSchema = z.strictObject({
  /** Where what was fetched is kept, for its owner alone. */
  cacheFolder: z.string().min(1),
  /** Only what is kept already. */
  offline: z.boolean().default(false),
  /** What is younger is not asked for again. */
  maxAgeMs: z.number().int().nonnegative().default(DAY_MS),
  /** For one document. */
  timeoutMs: z.number().int().positive().default(20_000),
  /** Of one document. EC2's model has some 20 MB. */
  maxBytes: z.number().int().positive().default(40_000_000),
});

export type PublisherOptions = z.input<typeof optionsSchema>;

/** The world outside, for tests; configuration can't reach it. */
export interface PublisherWorld {
  readonly runtime?: Runtime;
  readonly send?: SendRequest;
}

/** Knows what publishers say online: fetched from pinned hosts over TLS, and kept. Throws `CONFIGURATION_INVALID`. */
export function publisher(options: PublisherOptions, world: PublisherWorld = {}): DescriptionSource {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) throw invalidOptions(parsed.error);
  const { clock } = world.runtime ?? nodeRuntime();
  const fetcher = new DocumentFetcher({ ...parsed.data, clock, send: world.send ?? sendOverTls() });
  const described = new Map<string, { readonly description: ServiceDescription; readonly atMs: number }>();
  const fetchJson: FetchJson = async (url, place, signal) => {
    const document = await fetcher.get(url, place, signal);
    if (document === undefined) return undefined;
    return { value: parseJson(document.text, url), date: new Date(document.fetchedMs).toISOString().slice(0, 10) };
  };
  return {
    contractVersion: "descriptions-v1",
    kind: "publisher",
    async services(provider) {
      return Object.keys(RECIPES[provider] ?? {});
    },
    async describe(provider, service, signal) {
      signal.throwIfAborted();
      const key = `${provider}.${service}`;
      const ready = described.get(key);
      const recipe = RECIPES[provider]?.[service];
      const known = knownService(provider, service);
      if (ready !== undefined && clock.now() - ready.atMs < parsed.data.maxAgeMs) return ready.description;
      if (recipe === undefined || known === undefined) return undefined;
      const description = await recipe(fetchJson, known, signal);
      if (description !== undefined) described.set(key, { description, atMs: clock.now() });
      return description;
    },
  };
}

function invalidOptions(error: z.ZodError): ConfigurationError {
  const list = error.issues.map(({ path, message }) => `${path.map(String).join(".") || "options"}: ${message}`).join("; ");
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The options for fetching API descriptions are invalid: ${list}`, zh: `获取 API 描述的配置无效：${list}` },
    hint: { en: "See PublisherOptions in the documentation.", zh: "请参阅文档中的 PublisherOptions。" },
  });
}
