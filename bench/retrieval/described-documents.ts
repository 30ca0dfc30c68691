import { documentsOf } from "../../src/agents/documents-of.ts";
import type { KnowledgeDocument } from "../../src/contracts/index.ts";
import { installed } from "../../src/descriptions/installed/index.ts";
import { shipped } from "../../src/descriptions/shipped/index.ts";

export const PROVIDERS = ["aws", "azure", "gcp", "alicloud", "volcengine"] as const;

/** What nephoscope knows without a network: of each operation the description of the installed package, else the shipped one. */
export async function describedDocuments(): Promise<readonly KnowledgeDocument[]> {
  const signal = new AbortController().signal;
  const documents = new Map<string, KnowledgeDocument>();
  for (const source of [installed(), shipped()]) {
    for (const provider of PROVIDERS) {
      for (const service of await source.services(provider)) {
        const description = await source.describe(provider, service, signal);
        const found = description === undefined ? [] : documentsOf(description);
        for (const document of found) if (!documents.has(document.id)) documents.set(document.id, document);
      }
    }
  }
  return [...documents.values()];
}
