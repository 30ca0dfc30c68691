import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";

type AuthLibrary = typeof import("google-auth-library");

/** Sends single requests; no retries, no credentials. */
export interface Http {
  /** The reply with its whole body, whatever its status. Rejects where none came. */
  send(url: string | URL, init: RequestInit): Promise<Response>;
  close(): void;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
/** Above what the core sends at a time to one host. */
const MAX_SOCKETS = 256;

/** Keeps connections for the life of the provider. In emulator mode every request goes to the emulator, whatever its host. */
export function createHttp(parts: {
  readonly library: () => Promise<AuthLibrary>;
  readonly emulator: EmulatorMode | undefined;
  readonly env: Runtime["env"];
  readonly requestTimeoutMs: number | undefined;
}): Http {
  const { library, emulator, env, requestTimeoutMs: timeoutMs = DEFAULT_REQUEST_TIMEOUT_MS } = parts;
  // Node's agents look at HTTPS_PROXY and NO_PROXY when they are handed the environment.
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS, ...(emulator === undefined ? { proxyEnv: env } : {}) };
  const agents = { "http:": new HttpAgent(options), "https:": new HttpsAgent(options) };

  return {
    async send(input, { method, headers, body, signal }) {
      const { gaxios } = await library();
      const url = emulator === undefined ? new URL(input) : onEmulator(new URL(input), emulator.url);
      const limit = AbortSignal.timeout(timeoutMs);
      const reply = await new gaxios.Gaxios().request<ArrayBuffer>({
        url,
        method: (method ?? "GET") as "GET",
        headers: new Headers(headers),
        ...(body === undefined || body === null ? {} : { body }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        agent: url.protocol === "http:" ? agents["http:"] : agents["https:"],
        responseType: "arraybuffer",
        // A redirect is no reply of Google's services: following it would carry the token elsewhere.
        redirect: "manual",
        validateStatus: () => true,
        retry: false,
      });
      return new Response(reply.data, { status: reply.status, headers: replyHeaders(reply.headers) });
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function onEmulator(url: URL, base: string): URL {
  return new URL(`${url.pathname}${url.search}`, base);
}

/** Without those that speak of the body as it came over the wire. */
function replyHeaders(headers: Headers): Headers {
  const kept = new Headers();
  for (const name of ["content-type", "retry-after"]) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}
