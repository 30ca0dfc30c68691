import { z } from "zod";
import type { Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";

const endpoint = z
  .url({ protocol: /^https?$/ })
  .refine(
    (value) => !URL.canParse(value) || new URL(value).username === "",
    "must not hold a user name or password: give the key as apiKey",
  );

/** Printable ASCII: anything else cannot be sent in a header, and an error about it would show the key. */
const apiKeySchema = z.string().regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");

const openaiOptionsSchema = z.strictObject({
  /** With its version: `https://api.siliconflow.cn/v1`. @defaultValue from the environment */
  baseUrl: endpoint.optional(),
  /** Never shown again, in no error and no event. @defaultValue from the environment */
  apiKey: apiKeySchema.optional(),
  /** As the endpoint calls it: `Qwen/Qwen3-32B`. @defaultValue from the environment, else one known for the endpoint */
  model: z.string().min(1).optional(),
  /** How long one call may take, in milliseconds. @defaultValue 120000 */
  timeoutMs: z.int().min(1).optional(),
  /** Where the table of model families is wrong about a model. */
  capabilities: z
    .strictObject({
      json: z.enum(["json_object", "prompt"]).optional(),
      thinkingSwitch: z.boolean().optional(),
      temperature: z.boolean().optional(),
    })
    .optional(),
  runtime: z.custom<Partial<Runtime>>().optional(),
});

export type OpenaiOptions = z.input<typeof openaiOptionsSchema>;

/** Throws `CONFIGURATION_INVALID`, naming the option and never its value. */
export function readOptions(options: OpenaiOptions): OpenaiOptions {
  const parsed = openaiOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw invalidModelConfiguration(parsed.error.issues.map((issue) => `${issue.path.join(".") || "options"}: ${issue.message}`).join("; "));
}

export function checkEndpoint(name: string, value: string): string {
  const parsed = endpoint.safeParse(value);
  if (parsed.success) return parsed.data.replace(/\/+$/, "");
  throw invalidModelConfiguration(`${name}: ${parsed.error.issues[0]?.message}`);
}

export function checkApiKey(name: string, value: string): string {
  const parsed = apiKeySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidModelConfiguration(`${name}: ${parsed.error.issues[0]?.message}`);
}

function invalidModelConfiguration(facts: string): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The model is configured wrongly: ${facts}`, zh: `模型配置有误：${facts}` },
    hint: {
      en: "Correct the option or the environment variable; `nephoscope doctor` shows which one is used.",
      zh: "请修正该选项或环境变量；`nephoscope doctor` 会显示实际使用的是哪一个。",
    },
  });
}
