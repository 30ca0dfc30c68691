import { documentsOf } from "../agents/documents-of.ts";
import type { SpecDocAgent } from "../agents/spec-doc-agent.ts";
import type { Knowledge, KnowledgeDocument, SyncProgress, SyncReport } from "../contracts/index.ts";

/** The clouds whose APIs are described. */
const DESCRIBED_PROVIDERS = ["alicloud", "aws", "azure", "gcp", "volcengine"] as const;

/** Has the index hold what the sources describe; undefined where it holds something already and only an empty one is to be filled. */
export async function refreshKnowledge(
  knowledge: Knowledge,
  descriptions: SpecDocAgent,
  options: {
    readonly signal: AbortSignal;
    readonly onlyIfEmpty?: boolean;
    readonly providers?: readonly string[];
    progress?(progress: SyncProgress): void;
  },
): Promise<SyncReport | undefined> {
  if (options.onlyIfEmpty && (await knowledge.size()) > 0) return undefined;
  const providers = options.providers ?? DESCRIBED_PROVIDERS;
  const sources = options.onlyIfEmpty ? descriptions.local() : descriptions;
  const documents: KnowledgeDocument[] = [];
  for (const provider of providers) {
    for (const service of await sources.services(provider)) {
      options.signal.throwIfAborted();
      documents.push(...(await newestDocuments(sources, provider, service, options.signal)));
    }
  }
  const { signal, progress } = options;
  try {
    return await knowledge.sync(providers, documents, { signal, ...(progress === undefined ? {} : { progress }) });
  } catch (error) {
    // A question is better answered by the part of the index that could be filled; its answers say what is missing.
    if (!options.onlyIfEmpty || signal.aborted || (await knowledge.size()) === 0) throw error;
    return undefined;
  }
}

/** Of each operation the newest description. */
async function newestDocuments(
  descriptions: SpecDocAgent,
  provider: string,
  service: string,
  signal: AbortSignal,
): Promise<readonly KnowledgeDocument[]> {
  const found = new Map<string, KnowledgeDocument>();
  for (const description of await descriptions.describe(provider, service, signal)) {
    for (const document of documentsOf(description)) if (!found.has(document.id)) found.set(document.id, document);
  }
  return [...found.values()];
}
