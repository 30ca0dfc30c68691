import type { DescriptionSource, ServiceDescription } from "../../contracts/index.ts";
import { KnowledgeError } from "../../errors/index.ts";
import { knownService } from "../shared/known-services.ts";
import { packageFolder } from "./package-folder.ts";
import { READERS } from "./readers.ts";

/** Knows what is installed beside nephoscope: SDK packages, whose files are read and never run. Each service is read once. */
export function installed(): DescriptionSource {
  const read = new Map<string, ServiceDescription | undefined>();
  return {
    contractVersion: "descriptions-v1",
    kind: "installed",
    async services(provider) {
      return Object.entries(READERS[provider] ?? {}).flatMap(([service, { packages }]) =>
        packages.some((name) => packageFolder(name) !== undefined) ? [service] : [],
      );
    },
    async describe(provider, service, signal) {
      signal.throwIfAborted();
      const key = `${provider}.${service}`;
      if (!read.has(key)) read.set(key, describeInstalled(provider, service));
      return read.get(key);
    },
  };
}

function describeInstalled(provider: string, service: string): ServiceDescription | undefined {
  const reader = READERS[provider]?.[service];
  const known = knownService(provider, service);
  const folder = reader?.packages.map(packageFolder).find((found) => found !== undefined);
  if (reader === undefined || known === undefined || folder === undefined) return undefined;
  try {
    return reader.describe(folder, known);
  } catch (error) {
    // A version whose files lie or look otherwise: for us as good as not installed.
    if (KnowledgeError.isInstance(error) || isMissingFile(error)) return undefined;
    throw error;
  }
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
