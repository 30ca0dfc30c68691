import { z } from "zod";
import type { Runtime } from "../../contracts/index.ts";
import { ConfigurationError, ProviderError } from "../../errors/index.ts";

/** Every request goes to an emulator, and no real credential source is read. */
export interface EmulatorMode {
  /** Without a slash at its end. */
  readonly url: string;
  /** Whether the emulator knows this cloud. Throws `PROVIDER_UNAVAILABLE` when it does not answer. */
  emulates(providerId: string, signal: AbortSignal): Promise<boolean>;
  /** This provider's part of what the emulator hands out. Throws `PROVIDER_UNAVAILABLE` when it does not answer, `CREDENTIAL_MISSING` for a cloud it does not emulate. */
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
  return {
    url: base,
    emulates: async (providerId, signal) => providerId in (await fetchCredentials(base, providerId, signal)),
    async credentials(providerId, schema, signal) {
      const handedOut = await fetchCredentials(base, providerId, signal);
      if (!(providerId in handedOut)) throw notEmulated(base, providerId);
      return understood(schema.safeParse(handedOut[providerId]), base, providerId);
    },
  };
}

async function fetchCredentials(base: string, providerId: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  try {
    const response = await fetch(`${base}/_emulator/credentials`, { redirect: "error", signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return z.record(z.string(), z.unknown()).parse(await response.json());
  } catch (error) {
    signal.throwIfAborted();
    throw silent(base, providerId, error);
  }
}

function understood<Output>(parsed: z.ZodSafeParseResult<Output>, base: string, providerId: string): Output {
  if (parsed.success) return parsed.data;
  throw silent(base, providerId, parsed.error);
}

function silent(base: string, providerId: string, cause: unknown): ProviderError {
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId,
    message: { en: `The emulator at ${base} does not answer.`, zh: `模拟器 ${base} 没有响应。` },
    hint: {
      en: "Start it with `nephoscope emulator`, or unset NEPHOSCOPE_EMULATOR.",
      zh: "请用 `nephoscope emulator` 启动它，或取消设置 NEPHOSCOPE_EMULATOR。",
    },
    cause,
  });
}

function notEmulated(base: string, providerId: string): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: { en: `The emulator at ${base} does not emulate ${providerId}.`, zh: `模拟器 ${base} 没有模拟 ${providerId}。` },
    hint: { en: "Start it with this cloud, or ask another one.", zh: "请让模拟器包含该云，或查询其他云。" },
  });
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
