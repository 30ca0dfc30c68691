import { isTimezone, type Model, nearest, Orchestrator, type Provider, type Runtime, type Store } from "nephoscope";
import { CATALOG } from "nephoscope/catalog";
import { type OpenaiOptions, type OpenaiSettings, openai, openaiSettings } from "nephoscope/models/openai";
import { memory } from "nephoscope/stores/memory";
import { postgres } from "nephoscope/stores/postgres";
import { sqlite } from "nephoscope/stores/sqlite";
import { codeDrivers } from "./code-drivers.ts";
import { type Config, inConfig, providerIds, readConfig } from "./config-file.ts";
import type { Host } from "./host.ts";
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
  readonly settings: OpenaiSettings | null;
  readonly store: Store;
  readonly timezone: string;
  readonly config: Config;
  close(): Promise<void>;
}

interface SessionChoice {
  readonly store?: "memory";
  /** Descriptions of APIs are worth waiting for. */
  readonly patient?: boolean;
  /** @defaultValue the host's environment, and no log */
  readonly runtime?: Partial<Runtime>;
}

export async function openSession(host: Host, flags: SessionFlags, choice: SessionChoice = {}): Promise<Session> {
  const { env } = host;
  const config = await readConfig(flags.config, host.folder);
  const timezone = chooseTimezone(flags, config, env);
  const named = flags.provider ?? Object.keys(config.providers ?? {});
  checkProviders(flags);
  const providers = await Promise.all(
    (named.length > 0 ? named : providerIds()).map((id) => createProvider(id, config, env, named.includes(id))),
  );
  const settings = flags.model === false ? null : modelSettings(config, env);
  const model = settings === null ? undefined : createModel(config, env);
  const store = choice.store === "memory" ? memory() : openStore(host, config);
  const code = codeDrivers(host, config, choice.patient ?? false);
  const orchestrator = new Orchestrator({
    providers,
    store,
    timezone,
    runtime: choice.runtime ?? { env },
    ...code,
    ...(model === undefined ? {} : { model }),
  });
  return { orchestrator, providers, model, settings, store, timezone, config, close: () => orchestrator.close() };
}

/** `NEPHOSCOPE_STORE`, else that of the configuration file, else the user's own. */
export function openStore({ env }: Host, config: Config): Store {
  if (/^\s*postgres(ql)?:\/\//.test(env.NEPHOSCOPE_STORE ?? "")) return postgres({ runtime: { env } });
  if (env.NEPHOSCOPE_STORE || config.store === undefined) return sqlite({ runtime: { env } });
  return sqlite({ path: config.store.slice("sqlite:".length) });
}

/** Which endpoint, model and masked key are in use, and where they come from; null where none is configured. */
function modelSettings(config: Config, env: Host["env"]): OpenaiSettings | null {
  try {
    return openaiSettings(modelOptions(config, env), env);
  } catch (error) {
    throw config.model === undefined ? error : inConfig(config.file, "model", error);
  }
}

function createModel(config: Config, env: Host["env"]): Model {
  return openai({ ...modelOptions(config, env), runtime: { env } });
}

/** Of the configuration file only what the environment does not say. */
function modelOptions({ model = {} }: Config, env: Host["env"]): OpenaiOptions {
  const endpointInEnvironment = env.NEPHOSCOPE_LLM_BASE_URL || env.SILICONFLOW_API_KEY || env.OPENAI_API_KEY;
  return {
    ...(model.baseUrl === undefined || endpointInEnvironment ? {} : { baseUrl: model.baseUrl }),
    ...(model.model === undefined || env.NEPHOSCOPE_LLM_MODEL ? {} : { model: model.model }),
  };
}

function chooseTimezone(flags: SessionFlags, config: Config, env: Host["env"]): string {
  if (flags.timezone !== undefined && !isTimezone(flags.timezone)) {
    throw usageError(
      { en: `--timezone is no IANA time zone: ${flags.timezone}`, zh: `--timezone 不是 IANA 时区：${flags.timezone}` },
      { en: "Write for example --timezone Asia/Shanghai.", zh: "例如：--timezone Asia/Shanghai。" },
    );
  }
  const ofProcess = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return flags.timezone ?? (env.TZ ? ofProcess : (config.timezone ?? ofProcess));
}

function checkProviders(flags: SessionFlags): void {
  const known = providerIds();
  for (const id of flags.provider ?? []) {
    if (known.includes(id)) continue;
    const [near] = nearest(id, known, 1);
    throw usageError(
      { en: `--provider names a cloud that is not known: ${id}`, zh: `--provider 指定了未知的云：${id}` },
      {
        en: `${near === undefined ? "" : `Did you mean ${near}? `}Known: ${known.join(", ")}.`,
        zh: `${near === undefined ? "" : `是否想写 ${near}？`}可用：${known.join("、")}。`,
      },
    );
  }
}

async function createProvider(id: string, config: Config, env: Host["env"], named: boolean): Promise<Provider> {
  const entry = CATALOG.find((candidate) => candidate.kind === "provider" && candidate.id === id);
  // The factory of a built-in driver bears the driver's id.
  const module: Readonly<Record<string, unknown>> = { ...((await entry?.load()) as object | undefined) };
  const create = module[id] as (options: object, surroundings: { readonly env: Host["env"] }) => Provider;
  try {
    const { configured, ...provider } = create(config.providers?.[id] ?? {}, { env });
    // Who names a cloud means it, whatever there is of credentials: its own words then say what is missing.
    return named || configured === undefined ? provider : { ...provider, configured };
  } catch (error) {
    throw config.providers?.[id] === undefined ? error : inConfig(config.file, `providers.${id}`, error);
  }
}
