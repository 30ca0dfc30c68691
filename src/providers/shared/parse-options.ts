import type { z } from "zod";
import { ConfigurationError, type Text } from "../../errors/index.ts";
import { spacedName } from "./spaced-name.ts";

/** What was configured for a provider, checked. `type` is the name of its options. Throws `CONFIGURATION_INVALID`. */
export function parseOptions<Schema extends z.ZodType>(schema: Schema, options: unknown, name: Text, type: string): z.infer<Schema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const list = parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".") || "options"}: ${message}`).join("; ");
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The options of the ${name.en} provider are invalid: ${list}`, zh: `${spacedName(name.zh)}的配置无效：${list}` },
    hint: { en: `See ${type} in the documentation.`, zh: `请参阅文档中的 ${type}。` },
  });
}
