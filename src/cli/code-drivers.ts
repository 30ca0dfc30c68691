import { homedir } from "node:os";
import { join } from "node:path";
import type { Approval, DescriptionSource, Knowledge, OrchestratorOptions } from "nephoscope";
import { installed } from "nephoscope/descriptions/installed";
import { publisher } from "nephoscope/descriptions/publisher";
import { shipped } from "nephoscope/descriptions/shipped";
import { lexical } from "nephoscope/knowledge/lexical";
import type { Config } from "./config-file.ts";
import type { Host } from "./host.ts";

/** For one document, while somebody waits for an answer; `knowledge sync` has more patience. */
const ASKING_TIMEOUT_MS = 5_000;

/** What generated code needs, as configured: the index, the sources of descriptions, and what the operator allows. */
export async function codeDrivers(
  { env }: Pick<Host, "env">,
  config: Config,
  patient: boolean,
): Promise<Pick<OrchestratorOptions, "knowledge" | "descriptions" | "allow" | "approve">> {
  const { allow, approve } = config.code ?? {};
  return {
    knowledge: await chooseKnowledge(env, config),
    descriptions: [...online(env, patient), installed(), shipped()],
    ...(allow === undefined ? {} : { allow }),
    ...(approve === "reads" ? { approve: async (approval) => (onlyReads(approval) ? "approve" : "wait") } : {}),
  };
}

/** What changes something or gives secrets away is a person's to decide, whatever the file says. */
function onlyReads({ subject }: Approval): boolean {
  return subject.program.operations.every((operation) => operation.class === "read");
}

/** By the configuration file, else Chroma where its address is set, else by words alone. */
export function knowledgeId(env: Host["env"], { knowledge }: Pick<Config, "knowledge">): NonNullable<Config["knowledge"]> {
  return knowledge ?? (env.NEPHOSCOPE_CHROMA_URL ? "chroma" : "lexical");
}

async function chooseKnowledge(env: Host["env"], config: Config): Promise<Knowledge> {
  const words = lexical({ path: join(cacheFolder(env), "knowledge"), runtime: { env } });
  switch (knowledgeId(env, config)) {
    case "lexical":
      return words;
    case "chroma":
      return (await import("nephoscope/knowledge/chroma")).chroma({ lexical: words, runtime: { env } });
    case "llamaindex": {
      const [{ llamaindex }, { chromaClient }] = await Promise.all([
        import("nephoscope/knowledge/llamaindex"),
        import("nephoscope/knowledge/chroma"),
      ]);
      return llamaindex({ lexical: words, client: () => chromaClient(env.NEPHOSCOPE_CHROMA_URL ?? ""), runtime: { env } });
    }
  }
}

/** An emulator has no network behind it. */
function online(env: Host["env"], patient: boolean): DescriptionSource[] {
  if (env.NEPHOSCOPE_EMULATOR) return [];
  return [publisher({ cacheFolder: join(cacheFolder(env), "descriptions"), ...(patient ? {} : { timeoutMs: ASKING_TIMEOUT_MS }) })];
}

/** Of the XDG base directory specification, which has relative paths ignored. */
function cacheFolder(env: Host["env"]): string {
  const base = env.XDG_CACHE_HOME?.startsWith("/") ? env.XDG_CACHE_HOME : join(env.HOME ?? homedir(), ".cache");
  return join(base, "nephoscope");
}
