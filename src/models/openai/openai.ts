import type { Model, ModelReply, ModelRequest, Runtime } from "../../contracts/index.ts";
import { ConfigurationError, OrchestratorError } from "../../errors/index.ts";
import { nodeRuntime, optionalImport } from "../../runtime/index.ts";
import { capabilitiesOf, type OpenaiCapabilities } from "./capabilities.ts";
import { checkedFetch } from "./checked-fetch.ts";
import { brokenReply, type Endpoint, emptyReply, refusedByModel, timedOut } from "./failures.ts";
import { type OpenaiOptions, readOptions } from "./options.ts";
import { resolveConnection } from "./settings.ts";

const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * A model behind any OpenAI-compatible endpoint: SiliconFlow, OpenAI, or what `baseUrl` names. Does no I/O until it is asked.
 * Throws `CREDENTIAL_MISSING` where nothing is configured, `CONFIGURATION_INVALID` for wrong options.
 */
export function openai(options: OpenaiOptions = {}): Model {
  const checked = readOptions(options);
  const runtime = nodeRuntime(checked.runtime);
  const connection = resolveConnection(checked, runtime.env);
  if (connection === undefined) throw nothingConfigured();
  const endpoint = { model: connection.model.value, baseUrl: connection.baseUrl.value, apiKey: connection.apiKey?.value };
  const capabilities = capabilitiesOf(endpoint.model, endpoint.baseUrl, definedOnly(checked.capabilities));
  return new OpenaiModel(endpoint, capabilities, checked.timeoutMs ?? DEFAULT_TIMEOUT_MS, runtime);
}

class OpenaiModel implements Model {
  readonly contractVersion = "model-v1";
  readonly id: string;
  readonly #endpoint: Endpoint;
  readonly #capabilities: OpenaiCapabilities;
  readonly #timeoutMs: number;
  readonly #runtime: Runtime;

  constructor(endpoint: Endpoint, capabilities: OpenaiCapabilities, timeoutMs: number, runtime: Runtime) {
    this.id = endpoint.model;
    this.#endpoint = endpoint;
    this.#capabilities = capabilities;
    this.#timeoutMs = timeoutMs;
    this.#runtime = runtime;
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    signal.throwIfAborted();
    // Before the clock starts: loading takes a second the first time, and is not the model's.
    const { ChatOpenAICompletions } = await optionalImport("@langchain/openai", () => import("@langchain/openai"));
    signal.throwIfAborted();
    const limit = new AbortController();
    const answered = new AbortController();
    const { clock } = this.#runtime;
    clock.sleep(this.#timeoutMs, answered.signal).then(
      () => limit.abort(),
      () => {},
    );
    // Kept aside: the vendor's client wraps and rewords what its `fetch` throws.
    let failure: unknown;
    const send = checkedFetch(this.#endpoint, () => clock.now());
    const fetch: typeof send = (input, init) =>
      send(input, init).catch((error: unknown) => {
        failure = error;
        throw error;
      });
    try {
      // `ChatOpenAI` itself would send some models to the Responses API, which compatible endpoints lack.
      const chat = new ChatOpenAICompletions(this.#parameters(request, fetch));
      const message = await chat.invoke(
        request.messages.map(({ role, content }) => ({ role, content })),
        { signal: AbortSignal.any([signal, limit.signal]) },
      );
      return this.#toReply(message);
    } catch (error) {
      signal.throwIfAborted();
      if (limit.signal.aborted) throw timedOut(this.#endpoint, this.#timeoutMs);
      if (failure !== undefined) throw failure;
      if (OrchestratorError.isInstance(error)) throw error;
      throw brokenReply(this.#endpoint, error instanceof Error ? error.message : "");
    } finally {
      answered.abort();
    }
  }

  #parameters(request: ModelRequest, fetch: typeof globalThis.fetch) {
    const { json, thinkingSwitch, temperature } = this.#capabilities;
    return {
      model: this.#endpoint.model,
      // Never absent, else the client takes whatever key the environment holds.
      apiKey: this.#endpoint.apiKey ?? "none",
      maxRetries: 0,
      // Streaming without usage makes it fetch a tokenizer from the network.
      streaming: false,
      maxTokens: request.maxTokens,
      ...(temperature ? { temperature: 0 } : {}),
      modelKwargs: {
        ...(request.json && json === "json_object" ? { response_format: { type: "json_object" } } : {}),
        ...(thinkingSwitch ? { enable_thinking: false } : {}),
      },
      configuration: { baseURL: this.#endpoint.baseUrl, fetch, timeout: this.#timeoutMs + CLIENT_GRACE_MS },
    };
  }

  #toReply(message: ChatMessage): ModelReply {
    const finish = message.response_metadata?.finish_reason;
    const text = message.text.trim();
    if (text === "")
      throw finish === "content_filter" ? refusedByModel(this.#endpoint, "") : emptyReply(this.#endpoint, finish === "length");
    return {
      text,
      finishReason: FINISH_REASONS[String(finish)] ?? "other",
      usage: {
        promptTokens: message.usage_metadata?.input_tokens ?? 0,
        completionTokens: message.usage_metadata?.output_tokens ?? 0,
      },
    };
  }
}

/** Our own limit comes first, and covers the body as well; theirs is only kept from being shorter. */
const CLIENT_GRACE_MS = 10_000;

const FINISH_REASONS: Readonly<Record<string, ModelReply["finishReason"]>> = {
  stop: "stop",
  length: "length",
  content_filter: "refused",
};

/** What is read of LangChain's `AIMessage`. */
interface ChatMessage {
  readonly text: string;
  readonly response_metadata?: Record<string, unknown>;
  readonly usage_metadata?: { readonly input_tokens?: number; readonly output_tokens?: number } | undefined;
}

function definedOnly(capabilities: OpenaiOptions["capabilities"]): Partial<OpenaiCapabilities> {
  return Object.fromEntries(Object.entries(capabilities ?? {}).filter(([, value]) => value !== undefined));
}

function nothingConfigured(): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: { en: "No model is configured.", zh: "没有配置模型。" },
    hint: {
      en: "Set SILICONFLOW_API_KEY or OPENAI_API_KEY, or NEPHOSCOPE_LLM_BASE_URL, NEPHOSCOPE_LLM_API_KEY and NEPHOSCOPE_LLM_MODEL. Common questions need no model.",
      zh: "请设置 SILICONFLOW_API_KEY 或 OPENAI_API_KEY，或设置 NEPHOSCOPE_LLM_BASE_URL、NEPHOSCOPE_LLM_API_KEY 和 NEPHOSCOPE_LLM_MODEL。常见问题不需要模型。",
    },
  });
}
