import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";

/** Keys and where they were found. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** For people: `environment (VOLCENGINE_ACCESS_KEY)`. */
  readonly source: string;
}

/**
 * Names under which keys are kept: those of the Terraform provider and the newer SDKs, of the older SDKs, and of the log service's. The
 * last two also in `~/.volc/config`, a JSON object, as the SDK's `getDefaultOption` reads it.
 */
const NAMES = [
  ["VOLCENGINE_ACCESS_KEY", "VOLCENGINE_SECRET_KEY", "VOLCENGINE_SESSION_TOKEN"],
  ["VOLC_ACCESSKEY", "VOLC_SECRETKEY", "VOLC_SESSIONTOKEN"],
  ["VOLCENGINE_ACCESS_KEY_ID", "VOLCENGINE_ACCESS_KEY_SECRET", "VOLCENGINE_SESSION_TOKEN"],
] as const;

/** The keys of the environment, else of `~/.volc/config`; undefined where there are none. Throws for a key without its secret. */
export async function findCredentials(env: Runtime["env"]): Promise<Credentials | undefined> {
  const found = keysIn(env, (name) => `environment (${name})`) ?? keysIn(await configFile(env), () => "~/.volc/config");
  const half = found === undefined ? firstNamed(env) : undefined;
  if (half !== undefined) throw credentialMissing(half);
  return found;
}

/** Whether a key is in the environment, be it without its secret: someone means this cloud. */
export function pointsAtKeys(env: Runtime["env"]): boolean {
  return firstNamed(env) !== undefined;
}

/** The message for an identity that has no keys, or of whose names only the first is set. */
export function credentialMissing(half?: readonly [key: string, secret: string, token: string]): ConfigurationError {
  const [key, secret] = half ?? [];
  const why =
    half === undefined ? { en: "", zh: "" } : { en: `: ${key} is set, ${secret} is not`, zh: `：设置了 ${key}，但没有设置 ${secret}` };
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: { en: `No Volcengine credentials were found${why.en}.`, zh: `没有可用的火山引擎凭证${why.zh}。` },
    hint: {
      en: "Set VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY (or VOLC_ACCESSKEY and VOLC_SECRETKEY), or write them to ~/.volc/config; then `nephoscope doctor`.",
      zh: "请设置 VOLCENGINE_ACCESS_KEY 与 VOLCENGINE_SECRET_KEY（或 VOLC_ACCESSKEY 与 VOLC_SECRETKEY），或写入 ~/.volc/config；然后运行 `nephoscope doctor`。",
    },
  });
}

function firstNamed(env: Runtime["env"]) {
  return NAMES.find(([keyName]) => textOf(env[keyName]) !== undefined);
}

function keysIn(values: Readonly<Record<string, unknown>>, sourceOf: (name: string) => string): Credentials | undefined {
  for (const [keyName, secretName, tokenName] of NAMES) {
    const accessKeyId = textOf(values[keyName]);
    const secretAccessKey = textOf(values[secretName]);
    if (accessKeyId !== undefined && secretAccessKey !== undefined)
      return { accessKeyId, secretAccessKey, sessionToken: textOf(values[tokenName]), source: sourceOf(keyName) };
  }
  return undefined;
}

async function configFile(env: Runtime["env"]): Promise<Readonly<Record<string, unknown>>> {
  const home = env.HOME || env.USERPROFILE;
  if (!home) return {};
  try {
    const parsed: unknown = JSON.parse(await readFile(join(home, ".volc", "config"), "utf8"));
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    // Like the SDK: a file that is missing or unreadable holds no keys.
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
