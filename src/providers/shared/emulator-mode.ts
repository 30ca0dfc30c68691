import { z } from "zod";
import type { Runtime } from "../../contracts/index.ts";
import { ConfigurationError, ProviderError } from "../../errors/index.ts";

/** Every request goes to an emulator, and no real credential source is read. */
export interface EmulatorMode {
  /** Without a slash at its end. */
  readonly url: string;
  /** This provider's part of what the emulator hands out. Throws `PROVIDER_UNAVAILABLE` when it does not answer. */
  credentials<Schema extends z.ZodType>(providerId: string, schema: Schema, signal: AbortSignal): Promise<z.infer<Schema>>;
}

/** Reads `NEPHOSCOPE_EMULATOR`; undefined where it is not set. Throws `CONFIGURATION_INVALID` for an address that is not this machine's. */
export function emulatorMode(env: Runtime["env"]): EmulatorMode | undefined {
  const address = env.NEPHOSCOPE_EMULATOR;
  if (!address) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: { en: `NEPHOSCOPE_EMULATOR is not a URL: ${address}`, zh: `NEPHOSCOPE_EMULATOR 不是有效的 URL：${address}` },
      hint: { en: "Set it to http://127.0.0.1:PORT, or unset it.", zh: "请设为 http://127.0.0.1:端口，或取消设置。" },
    });
  }
  if (!isLoopback(url.hostname) && env.NEPHOSCOPE_EMULATOR_ALLOW_REMOTE !== "1") {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: {
        en: `NEPHOSCOPE_EMULATOR points at another machine (${url.hostname}).`,
        zh: `NEPHOSCOPE_EMULATOR 指向另一台机器（${url.hostname}）。`,
      },
      hint: {
        en: "Use a loopback address, or set NEPHOSCOPE_EMULATOR_ALLOW_REMOTE=1 if that is meant.",
        zh: "请使用回环地址；若确实需要，请设置 NEPHOSCOPE_EMULATOR_ALLOW_REMOTE=1。",
      },
    });
  }
  const base = url.href.replace(/\/+$/, "");
  return { url: base, credentials: (providerId, schema, signal) => fetchCredentials(base, providerId, schema, signal) };
}

async function fetchCredentials<Schema extends z.ZodType>(
  base: string,
  providerId: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.infer<Schema>> {
  try {
    const response = await fetch(`${base}/_emulator/credentials`, { redirect: "error", signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return z.looseObject({ [providerId]: schema }).parse(await response.json())[providerId] as z.infer<Schema>;
  } catch (error) {
    signal.throwIfAborted();
    throw new ProviderError({
      code: "PROVIDER_UNAVAILABLE",
      providerId,
      message: { en: `The emulator at ${base} does not answer.`, zh: `模拟器 ${base} 没有响应。` },
      hint: {
        en: "Start it with `nephoscope emulator`, or unset NEPHOSCOPE_EMULATOR.",
        zh: "请用 `nephoscope emulator` 启动它，或取消设置 NEPHOSCOPE_EMULATOR。",
      },
      cause: error,
    });
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
