import { z } from "zod";
import type { Runtime } from "../../contracts/index.ts";
import { ConfigurationError, type Text } from "../../errors/index.ts";

const SILICONFLOW_URL = "https://api.siliconflow.cn/v1";
/** Of SiliconFlow's models the one for many languages: descriptions are mostly English, questions half Chinese. */
const SILICONFLOW_MODEL = "BAAI/bge-m3";

const urlSchema = z
  .url({ protocol: /^https?$/ })
  .refine((value) => !URL.canParse(value) || new URL(value).username === "", "must not hold a user name or password");
/** Printable ASCII: anything else cannot be sent in a header, and an error about it would show the key. */
const apiKeySchema = z.string().regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");

/** Which endpoint turns text into vectors, and how it is asked. */
export interface EmbeddingSettings {
  readonly baseUrl: string;
  /** Absent: an endpoint that asks for none. */
  readonly apiKey: string | undefined;
  readonly model: string;
}

/**
 * Option before environment. `SILICONFLOW_API_KEY` is sent to SiliconFlow only; any other endpoint gets the key that is given for it, or none.
 * Throws `CREDENTIAL_MISSING`, `CONFIGURATION_INVALID`.
 */
export function embeddingSettings(options: Partial<EmbeddingSettings>, env: Runtime["env"]): EmbeddingSettings {
  const from = (name: string) => env[name]?.trim() || undefined;
  const baseUrl = (options.baseUrl ?? from("NEPHOSCOPE_EMBEDDING_BASE_URL") ?? SILICONFLOW_URL).replace(/\/+$/, "");
  check("NEPHOSCOPE_EMBEDDING_BASE_URL", urlSchema, baseUrl);
  const siliconflow = new URL(baseUrl).host === new URL(SILICONFLOW_URL).host;
  const given = options.apiKey ?? from("NEPHOSCOPE_EMBEDDING_API_KEY");
  const apiKey = given ?? (siliconflow ? from("SILICONFLOW_API_KEY") : undefined);
  if (apiKey !== undefined) check("NEPHOSCOPE_EMBEDDING_API_KEY", apiKeySchema, apiKey);
  else if (siliconflow) throw nothingConfigured();
  const model = options.model ?? from("NEPHOSCOPE_EMBEDDING_MODEL") ?? (siliconflow ? SILICONFLOW_MODEL : undefined);
  if (model === undefined) throw noModel();
  return { baseUrl, apiKey, model };
}

function check(name: string, schema: z.ZodType, value: string): void {
  const checked = schema.safeParse(value);
  if (checked.success) return;
  const facts = checked.error.issues[0]?.message ?? "";
  throw invalid({ en: `The embedding model is configured wrongly: ${name}: ${facts}`, zh: `向量模型配置有误：${name}：${facts}` });
}

function invalid(message: Text, hint?: Text): ConfigurationError {
  return new ConfigurationError({ code: "CONFIGURATION_INVALID", message, ...(hint === undefined ? {} : { hint }) });
}

function noModel(): ConfigurationError {
  return invalid(
    { en: "No embedding model is named for this endpoint.", zh: "没有为该服务指定向量模型的名称。" },
    { en: "Set NEPHOSCOPE_EMBEDDING_MODEL, or give `model`.", zh: "请设置 NEPHOSCOPE_EMBEDDING_MODEL，或传入 `model`。" },
  );
}

function nothingConfigured(): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: { en: "No embedding model is configured.", zh: "没有配置向量模型。" },
    hint: {
      en: "Set SILICONFLOW_API_KEY, or NEPHOSCOPE_EMBEDDING_BASE_URL, NEPHOSCOPE_EMBEDDING_API_KEY and NEPHOSCOPE_EMBEDDING_MODEL. The lexical index needs none.",
      zh: "请设置 SILICONFLOW_API_KEY，或设置 NEPHOSCOPE_EMBEDDING_BASE_URL、NEPHOSCOPE_EMBEDDING_API_KEY 和 NEPHOSCOPE_EMBEDDING_MODEL。词语索引不需要向量模型。",
    },
  });
}
