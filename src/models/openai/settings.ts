import type { Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { isSiliconFlow } from "./capabilities.ts";
import { checkApiKey, checkEndpoint, type OpenaiOptions } from "./options.ts";

const SILICONFLOW_URL = "https://api.siliconflow.cn/v1";
const OPENAI_URL = "https://api.openai.com/v1";

/** The model of SiliconFlow's own API reference (https://docs.siliconflow.cn/docs/api/chat-completions-post). */
const SILICONFLOW_MODEL = "deepseek-ai/DeepSeek-V4-Flash";
const OPENAI_MODEL = "gpt-4.1-mini";

type Env = Runtime["env"];

/** A value, and what it came from: `option`, the name of a variable, or `default`. */
interface Sourced<Value> {
  readonly value: Value;
  readonly source: string;
}

export interface Connection {
  readonly baseUrl: Sourced<string>;
  /** Absent: an endpoint that asks for none. */
  readonly apiKey: Sourced<string> | undefined;
  readonly model: Sourced<string>;
}

/** What `openai()` would use, for `doctor`: the key is masked. */
export interface OpenaiSettings {
  readonly baseUrl: Sourced<string>;
  readonly apiKey: Sourced<string> | null;
  readonly model: Sourced<string>;
}

/** Which endpoint, key and model win, and why; null where nothing is configured. Throws `CONFIGURATION_INVALID` as `openai()` does. */
export function openaiSettings(options: OpenaiOptions, env: Env): OpenaiSettings | null {
  const connection = resolveConnection(options, env);
  if (connection === undefined) return null;
  const { apiKey } = connection;
  return { ...connection, apiKey: apiKey === undefined ? null : { ...apiKey, value: maskKey(apiKey.value) } };
}

/**
 * Option before environment; of the environment one of three groups, never mixed, so that no key reaches somebody else's endpoint:
 * `NEPHOSCOPE_LLM_*`, else `SILICONFLOW_API_KEY`, else `OPENAI_*`. A key given as an option belongs to the first, or to OpenAI.
 */
export function resolveConnection(options: OpenaiOptions, env: Env): Connection | undefined {
  const from = (name: string) => sourced(env[name]?.trim(), name);
  const option = (value: string | undefined) => sourced(value, "option");
  const baseUrl = option(options.baseUrl) ?? from("NEPHOSCOPE_LLM_BASE_URL");
  const apiKey = option(options.apiKey) ?? from("NEPHOSCOPE_LLM_API_KEY");
  const named = option(options.model) ?? from("NEPHOSCOPE_LLM_MODEL");
  if (baseUrl !== undefined) return connect(baseUrl, apiKey, named);
  if (apiKey?.source === "option") return connect(from("OPENAI_BASE_URL") ?? byDefault(OPENAI_URL), apiKey, named);
  if (apiKey !== undefined) throw keyWithoutEndpoint();
  const siliconflow = from("SILICONFLOW_API_KEY");
  if (siliconflow !== undefined) return connect(byDefault(SILICONFLOW_URL), siliconflow, named);
  const openai = from("OPENAI_API_KEY");
  if (openai !== undefined) return connect(from("OPENAI_BASE_URL") ?? byDefault(OPENAI_URL), openai, named);
  return undefined;
}

function sourced(value: string | undefined, source: string): Sourced<string> | undefined {
  return value === undefined || value === "" ? undefined : { value, source };
}

function byDefault(value: string): Sourced<string> {
  return { value, source: "default" };
}

function connect(baseUrl: Sourced<string>, apiKey: Sourced<string> | undefined, named: Sourced<string> | undefined): Connection {
  const url = checkEndpoint(baseUrl.source, baseUrl.value);
  if (apiKey !== undefined) checkApiKey(apiKey.source, apiKey.value);
  return { baseUrl: { ...baseUrl, value: url }, apiKey, model: named ?? byDefault(defaultModel(url)) };
}

function defaultModel(baseUrl: string): string {
  if (isSiliconFlow(baseUrl)) return SILICONFLOW_MODEL;
  if (baseUrl === OPENAI_URL) return OPENAI_MODEL;
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: "No model is named for this endpoint.", zh: "没有为该模型服务指定模型名称。" },
    hint: { en: "Set NEPHOSCOPE_LLM_MODEL, or give `model`.", zh: "请设置 NEPHOSCOPE_LLM_MODEL，或传入 `model`。" },
  });
}

function keyWithoutEndpoint(): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: {
      en: "NEPHOSCOPE_LLM_API_KEY is set, but not the endpoint it belongs to.",
      zh: "设置了 NEPHOSCOPE_LLM_API_KEY，但没有设置它所属的服务地址。",
    },
    hint: {
      en: `Set NEPHOSCOPE_LLM_BASE_URL as well, for example ${SILICONFLOW_URL}.`,
      zh: `请同时设置 NEPHOSCOPE_LLM_BASE_URL，例如 ${SILICONFLOW_URL}。`,
    },
  });
}

/** `sk-p…7Q2X`. Short ones are hidden altogether. */
function maskKey(key: string): string {
  return key.length < 16 ? "…" : `${key.slice(0, 4)}…${key.slice(-4)}`;
}
