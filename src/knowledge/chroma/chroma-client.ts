import type { ChromaClient } from "chromadb";
import { z } from "zod";
import { ConfigurationError } from "../../errors/index.ts";
import { optionalImport } from "../../runtime/index.ts";

const urlSchema = z.url({ protocol: /^https?$/ });

/** Chroma's own client for the server at this URL: `http://127.0.0.1:8000`. Throws `CONFIGURATION_INVALID`, `DEPENDENCY_MISSING`. */
export async function chromaClient(url: string): Promise<ChromaClient> {
  const { hostname, port, protocol } = checkedUrl(url);
  const { ChromaClient } = await optionalImport("chromadb", () => import("chromadb"));
  const ssl = protocol === "https:";
  return new ChromaClient({ host: hostname, port: port === "" ? (ssl ? 443 : 80) : Number(port), ssl });
}

/** Throws `CONFIGURATION_INVALID`. */
export function checkedUrl(url: string): URL {
  const checked = urlSchema.safeParse(url);
  const parsed = checked.success ? new URL(checked.data) : undefined;
  if (parsed !== undefined && parsed.pathname === "/" && parsed.username === "" && parsed.search === "") return parsed;
  // The value is not repeated: it may hold a password.
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: {
      en: "The address of Chroma is not a URL of scheme, host and port only.",
      zh: "Chroma 的地址不是只含协议、主机和端口的 URL。",
    },
    hint: {
      en: "Example: NEPHOSCOPE_CHROMA_URL=http://127.0.0.1:8000",
      zh: "示例：NEPHOSCOPE_CHROMA_URL=http://127.0.0.1:8000",
    },
  });
}
