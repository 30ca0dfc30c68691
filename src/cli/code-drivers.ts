import { accessSync, constants, existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Approval, DescriptionSource, Knowledge, OrchestratorOptions } from "nephoscope";
import { installed } from "nephoscope/descriptions/installed";
import { publisher } from "nephoscope/descriptions/publisher";
import { shipped } from "nephoscope/descriptions/shipped";
import { lexical } from "nephoscope/knowledge/lexical";
import type { Config } from "./config-file.ts";
import type { Host } from "./host.ts";
import { lazyKnowledge } from "./lazy-knowledge.ts";

/** For one document, while somebody waits for an answer; `knowledge sync` has more patience. */
const ASKING_TIMEOUT_MS = 5_000;

/** What generated code needs, as configured: the index, the sources of descriptions, and what the operator allows. */
export function codeDrivers(
  { env }: Pick<Host, "env">,
  config: Config,
  patient: boolean,
): Pick<OrchestratorOptions, "knowledge" | "descriptions" | "allow" | "approve"> {
  const { allow, approve } = config.code ?? {};
  return {
    knowledge: chooseKnowledge(env, config),
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

function chooseKnowledge(env: Host["env"], config: Config): Knowledge {
  // Where nothing can be kept, as in a container with a read-only root, the index is made anew each time.
  const folder = cacheFolder(env);
  const words = lexical({ ...(isWritable(folder) ? { path: join(folder, "knowledge") } : {}), runtime: { env } });
  switch (knowledgeId(env, config)) {
    case "lexical":
      return words;
    case "chroma":
      return lazyKnowledge("chroma", async () =>
        (await import("nephoscope/knowledge/chroma")).chroma({ lexical: words, runtime: { env } }),
      );
    case "llamaindex":
      return lazyKnowledge("llamaindex", async () => {
        const [{ llamaindex }, { chromaClient }] = await Promise.all([
          import("nephoscope/knowledge/llamaindex"),
          import("nephoscope/knowledge/chroma"),
        ]);
        return llamaindex({ lexical: words, client: () => chromaClient(env.NEPHOSCOPE_CHROMA_URL ?? ""), runtime: { env } });
      });
  }
}

/** An emulator has no network behind it, and what is fetched must be kept. */
function online(env: Host["env"], patient: boolean): DescriptionSource[] {
  if (env.NEPHOSCOPE_EMULATOR || !isWritable(cacheFolder(env))) return [];
  return [publisher({ cacheFolder: join(cacheFolder(env), "descriptions"), ...(patient ? {} : { timeoutMs: ASKING_TIMEOUT_MS }) })];
}

/** Whether a folder can be written, or made below the nearest one that exists. */
function isWritable(folder: string): boolean {
  const parent = dirname(folder);
  if (!existsSync(folder)) return parent !== folder && isWritable(parent);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** Of the XDG base directory specification, which has relative paths ignored. */
function cacheFolder(env: Host["env"]): string {
  const base = env.XDG_CACHE_HOME?.startsWith("/") ? env.XDG_CACHE_HOME : join(env.HOME ?? homedir(), ".cache");
  return join(base, "nephoscope");
}
