import { type Model, Orchestrator, type Provider, type Store } from "nephoscope";
import { CATALOG } from "nephoscope/catalog";
import { memory } from "nephoscope/stores/memory";
import { sqlite } from "nephoscope/stores/sqlite";
import { type Config, inConfig, isTimezone, providerIds, readConfig } from "./config-file.ts";
import type { Host } from "./host.ts";
import { nearest } from "./nearest.ts";
import { usageError } from "./usage-error.ts";

export interface SessionFlags {
  readonly config?: string;
  readonly timezone?: string;
  readonly provider?: readonly string[];
  readonly model?: boolean;
}

/** Everything a command works with, put together from options, environment, configuration file and defaults, in this order. */
export interface Session {
  readonly orchestrator: Orchestrator;
  readonly providers: readonly Provider[];
  readonly model: Model | undefined;
  readonly store: Store;
  readonly timezone: string;
  readonly config: Config;
  close(): Promise<void>;
}

export async function openSession(host: Host, flags: SessionFlags, choice: { readonly store?: "memory" } = {}): Promise<Session> {
  const config = await readConfig(flags.config, host.folder);
  const timezone = chooseTimezone(flags, config);
  const providers = await Promise.all(chooseProviders(flags, config).map((id) => createProvider(id, config)));
  const model = flags.model === false || !modelConfigured(host.env) ? undefined : await createModel(config);
  const store = choice.store === "memory" ? memory() : openStore(host, config);
  const orchestrator = new Orchestrator({ providers, store, timezone, ...(model === undefined ? {} : { model }) });
  return { orchestrator, providers, model, store, timezone, config, close: () => orchestrator.close() };
}

/** `NEPHOSCOPE_STORE`, else that of the configuration file, else the user's own. */
export function openStore(host: Host, config: Config): Store {
  if (host.env.NEPHOSCOPE_STORE || config.store === undefined) return sqlite();
  return sqlite({ path: config.store.slice("sqlite:".length) });
}

/** Whether the environment names a model: the driver reads the same variables. */
export function modelConfigured(env: Host["env"]): boolean {
  return ["NEPHOSCOPE_LLM_API_KEY", "NEPHOSCOPE_LLM_BASE_URL", "SILICONFLOW_API_KEY", "OPENAI_API_KEY"].some((name) => Boolean(env[name]));
}

function chooseTimezone(flags: SessionFlags, config: Config): string {
  if (flags.timezone !== undefined && !isTimezone(flags.timezone)) {
    throw usageError(
      { en: `--timezone is no IANA time zone: ${flags.timezone}`, zh: `--timezone 不是 IANA 时区：${flags.timezone}` },
      { en: "Write for example --timezone Asia/Shanghai.", zh: "例如：--timezone Asia/Shanghai。" },
    );
  }
  const ofProcess = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return flags.timezone ?? (process.env.TZ ? ofProcess : (config.timezone ?? ofProcess));
}

function chooseProviders(flags: SessionFlags, config: Config): readonly string[] {
  const known = providerIds();
  for (const id of flags.provider ?? []) {
    if (known.includes(id)) continue;
    const near = nearest(id, known);
    throw usageError(
      { en: `--provider names a cloud that is not known: ${id}`, zh: `--provider 指定了未知的云：${id}` },
      {
        en: `${near === undefined ? "" : `Did you mean ${near}? `}Known: ${known.join(", ")}.`,
        zh: `${near === undefined ? "" : `是否想写 ${near}？`}可用：${known.join("、")}。`,
      },
    );
  }
  const configured = Object.keys(config.providers ?? {});
  return flags.provider ?? (configured.length > 0 ? configured : known);
}

async function createProvider(id: string, config: Config): Promise<Provider> {
  const create = await factoryOf<Provider>("provider", id);
  try {
    return create(config.providers?.[id] ?? {});
  } catch (error) {
    throw config.providers?.[id] === undefined ? error : inConfig(config.file, `providers.${id}`, error);
  }
}

async function createModel(config: Config): Promise<Model> {
  const create = await factoryOf<Model>("model", "openai");
  try {
    return create(config.model ?? {});
  } catch (error) {
    throw config.model === undefined ? error : inConfig(config.file, "model", error);
  }
}

/** The factory of a built-in driver bears the driver's id. */
async function factoryOf<Driver>(kind: "provider" | "model", id: string): Promise<(options: object) => Driver> {
  const entry = CATALOG.find((candidate) => candidate.kind === kind && candidate.id === id);
  const module: Readonly<Record<string, unknown>> = { ...((await entry?.load()) as object | undefined) };
  const factory = module[id];
  if (typeof factory !== "function") throw new Error(`The catalogue's ${kind} ${id} has no factory.`);
  return factory as (options: object) => Driver;
}
