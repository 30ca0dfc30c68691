import { KnowledgeError, type Text } from "../../errors/index.ts";
import type { EmbeddingSettings } from "./embedding-settings.ts";

const MAX_SAID_LENGTH = 300;

const CHECK_ENDPOINT: Text = {
  en: "Check NEPHOSCOPE_EMBEDDING_BASE_URL, the proxy and the network.",
  zh: "请检查 NEPHOSCOPE_EMBEDDING_BASE_URL、代理和网络。",
};
const CHECK_KEY: Text = {
  en: "Check NEPHOSCOPE_EMBEDDING_API_KEY or SILICONFLOW_API_KEY, and that the account may use the model.",
  zh: "请检查 NEPHOSCOPE_EMBEDDING_API_KEY 或 SILICONFLOW_API_KEY，并确认该账号可以使用此模型。",
};
const CHECK_MODEL: Text = {
  en: "Check NEPHOSCOPE_EMBEDDING_MODEL: it must be an embedding model of that endpoint.",
  zh: "请检查 NEPHOSCOPE_EMBEDDING_MODEL：它必须是该服务的向量模型。",
};

export function unreachable(settings: EmbeddingSettings, error: Error): KnowledgeError {
  // The reason is in what `fetch` wraps.
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  const host = hostOf(settings);
  return failure(
    settings,
    { en: `${host} cannot be reached for embeddings.`, zh: `无法访问 ${host} 的向量服务。` },
    CHECK_ENDPOINT,
    reason,
  );
}

/** An HTTP status that is not 2xx. */
export function refused(settings: EmbeddingSettings, status: number, body: string): KnowledgeError {
  const host = hostOf(settings);
  const hint = status === 401 || status === 403 ? CHECK_KEY : status === 400 || status === 404 ? CHECK_MODEL : CHECK_ENDPOINT;
  return failure(settings, { en: `${host} refused to embed (${status}).`, zh: `${host} 拒绝了向量请求（${status}）。` }, hint, body);
}

export function badReply(settings: EmbeddingSettings, facts: string): KnowledgeError {
  const host = hostOf(settings);
  return failure(settings, { en: `${host} sent no usable embeddings.`, zh: `${host} 没有返回可用的向量。` }, CHECK_MODEL, facts);
}

export function wrongDimension(settings: EmbeddingSettings, wanted: number, got: number): KnowledgeError {
  return badReply(settings, `vectors of length ${got}, not ${wanted}`);
}

function hostOf({ baseUrl }: EmbeddingSettings): string {
  return new URL(baseUrl).host;
}

/** The original error is not kept as the cause: its text may hold the key, which servers echo. */
function failure({ apiKey, model, ...settings }: EmbeddingSettings, message: Text, hint: Text, said: string): KnowledgeError {
  const plain = apiKey === undefined ? said : said.replaceAll(apiKey, "***").replaceAll(encodeURIComponent(apiKey), "***");
  const line = plain.replace(/\s+/g, " ").trim().slice(0, MAX_SAID_LENGTH);
  return new KnowledgeError({
    code: "KNOWLEDGE_UNAVAILABLE",
    message: line === "" ? message : { en: `${message.en} It said: ${line}`, zh: `${message.zh}返回信息：${line}` },
    hint,
    details: { model, endpoint: new URL(settings.baseUrl).host },
  });
}
