import { type CodeOf, ModelError, type Text } from "../../errors/index.ts";

/** Whom we were talking to, and what must not be repeated. */
export interface Endpoint {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
}

const MAX_SAID_LENGTH = 300;

/** What a server said, on one line, shortened, without the key: servers echo it. */
function withoutSecrets(said: string, { apiKey }: Pick<Endpoint, "apiKey">): string {
  const plain = apiKey === undefined ? said : said.replaceAll(apiKey, "***").replaceAll(encodeURIComponent(apiKey), "***");
  const line = plain.replace(/\s+/g, " ").trim();
  return line.length > MAX_SAID_LENGTH ? `${line.slice(0, MAX_SAID_LENGTH)}…` : line;
}

interface Failure {
  readonly code: CodeOf<"ModelError">;
  readonly message: Text;
  readonly hint: Text;
  /** What the server or the network said. */
  readonly said?: string;
  readonly status?: number;
  readonly retryAfterMs?: number | undefined;
}

/** The original error is not kept as the cause: its text may hold the key. */
function modelError(endpoint: Endpoint, { code, message, hint, said = "", status, retryAfterMs }: Failure): ModelError {
  const quoted = withoutSecrets(said, endpoint);
  return new ModelError({
    code,
    modelId: endpoint.model,
    message: quoted === "" ? message : { en: `${message.en} It said: ${quoted}`, zh: `${message.zh}返回信息：${quoted}` },
    hint,
    details: { model: endpoint.model, endpoint: new URL(endpoint.baseUrl).host, ...(status === undefined ? {} : { status }) },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

const LATER: Text = { en: "Try again in a moment, or configure a fallback model.", zh: "请稍后重试，或配置备用模型。" };
const DOCTOR: Text = {
  en: "Check the address, proxy and network; `nephoscope doctor` tests the connection.",
  zh: "请检查服务地址、代理和网络；可用 `nephoscope doctor` 测试连接。",
};

/** An HTTP status that is not 2xx. The meanings are those of OpenAI and SiliconFlow (https://docs.siliconflow.cn/faqs/error-code). */
export function refusedByServer(endpoint: Endpoint, status: number, said: string, retryAfterMs: number | undefined): ModelError {
  const { model } = endpoint;
  const host = new URL(endpoint.baseUrl).host;
  const common = { said, status, retryAfterMs };
  if (status === 401)
    return modelError(endpoint, {
      ...common,
      code: "MODEL_UNAUTHENTICATED",
      message: { en: `${host} does not accept the API key (401).`, zh: `${host} 不接受该 API 密钥（401）。` },
      hint: {
        en: "Check the key: `nephoscope doctor` shows which variable it comes from.",
        zh: "请检查密钥：`nephoscope doctor` 会显示它来自哪个环境变量。",
      },
    });
  if (status === 403)
    return modelError(endpoint, {
      ...common,
      code: "MODEL_UNAUTHENTICATED",
      message: { en: `${host} does not let this key use ${model} (403).`, zh: `${host} 不允许该密钥使用 ${model}（403）。` },
      hint: {
        en: "The account may lack credit, verification or access to this model; choose another with NEPHOSCOPE_LLM_MODEL.",
        zh: "账户可能余额不足、未实名认证或无权使用该模型；可用 NEPHOSCOPE_LLM_MODEL 换一个模型。",
      },
    });
  if (status === 429)
    return modelError(endpoint, {
      ...common,
      code: "MODEL_RATE_LIMITED",
      message: { en: `${host} throttles calls of ${model} (429).`, zh: `${host} 正在对 ${model} 限流（429）。` },
      hint:
        retryAfterMs === undefined
          ? LATER
          : {
              en: `Try again in ${Math.ceil(retryAfterMs / 1000)} seconds, or configure a fallback model.`,
              zh: `请在 ${Math.ceil(retryAfterMs / 1000)} 秒后重试，或配置备用模型。`,
            },
    });
  if (status === 404)
    return modelError(endpoint, {
      ...common,
      code: "MODEL_REFUSED",
      message: { en: `${host} knows no such address or model: ${model} (404).`, zh: `${host} 上没有该地址或模型：${model}（404）。` },
      hint: {
        en: "Check NEPHOSCOPE_LLM_BASE_URL (it ends in /v1 as a rule) and NEPHOSCOPE_LLM_MODEL.",
        zh: "请检查 NEPHOSCOPE_LLM_BASE_URL（通常以 /v1 结尾）和 NEPHOSCOPE_LLM_MODEL。",
      },
    });
  if (status >= 500 || status === 408)
    return modelError(endpoint, {
      ...common,
      code: "MODEL_UNAVAILABLE",
      message: { en: `${host} failed (${status}).`, zh: `${host} 出现故障（${status}）。` },
      hint: LATER,
    });
  return modelError(endpoint, {
    ...common,
    code: "MODEL_REFUSED",
    message: { en: `${host} refused the request for ${model} (${status}).`, zh: `${host} 拒绝了对 ${model} 的请求（${status}）。` },
    hint: {
      en: "Check the model's name (NEPHOSCOPE_LLM_MODEL) and, if a parameter is refused, the option `capabilities`.",
      zh: "请检查模型名称（NEPHOSCOPE_LLM_MODEL）；如果是参数不被支持，请调整选项 `capabilities`。",
    },
  });
}

/** No connection, or one that broke. */
export function unreachable(endpoint: Endpoint, error: unknown): ModelError {
  const host = new URL(endpoint.baseUrl).host;
  const fact = withoutSecrets(networkFact(error), endpoint);
  return modelError(endpoint, {
    code: "MODEL_UNAVAILABLE",
    message: { en: `The connection to ${host} failed: ${fact}`, zh: `与 ${host} 的连接失败：${fact}` },
    hint: DOCTOR,
  });
}

/** undici wraps what happened: `TypeError: fetch failed` because of `ECONNREFUSED`. */
function networkFact(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return networkFact(error.cause);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

export function timedOut(endpoint: Endpoint, timeoutMs: number): ModelError {
  return modelError(endpoint, {
    code: "MODEL_UNAVAILABLE",
    message: {
      en: `${endpoint.model} did not answer within ${timeoutMs / 1000} seconds.`,
      zh: `${endpoint.model} 在 ${timeoutMs / 1000} 秒内没有回答。`,
    },
    hint: LATER,
  });
}

/** 2xx, and no chat completion in it. */
export function brokenReply(endpoint: Endpoint, said: string): ModelError {
  const host = new URL(endpoint.baseUrl).host;
  return modelError(endpoint, {
    code: "MODEL_UNAVAILABLE",
    message: {
      en: `The reply of ${host} cannot be read as a chat completion.`,
      zh: `${host} 的回复不是可读的对话补全结果。`,
    },
    hint: {
      en: "Check that NEPHOSCOPE_LLM_BASE_URL is an OpenAI-compatible endpoint; a proxy may stand in between.",
      zh: "请确认 NEPHOSCOPE_LLM_BASE_URL 是兼容 OpenAI 的服务；中间可能有代理。",
    },
    said,
  });
}

export function emptyReply(endpoint: Endpoint, cut: boolean): ModelError {
  return modelError(endpoint, {
    code: "MODEL_UNAVAILABLE",
    message: cut
      ? { en: `${endpoint.model} used up its tokens without answering.`, zh: `${endpoint.model} 用完了令牌却没有给出回答。` }
      : { en: `${endpoint.model} sent an empty reply.`, zh: `${endpoint.model} 的回复是空的。` },
    hint: LATER,
  });
}

export function refusedByModel(endpoint: Endpoint, said: string): ModelError {
  return modelError(endpoint, {
    code: "MODEL_REFUSED",
    message: { en: `${endpoint.model} declined to answer.`, zh: `${endpoint.model} 拒绝回答。` },
    hint: { en: "Word the question differently, or use another model.", zh: "请换一种问法，或换一个模型。" },
    said,
  });
}
