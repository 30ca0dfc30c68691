import http from "node:http";
import https from "node:https";
import { urlToHttpOptions } from "node:url";
import type { Runtime } from "../../contracts/index.ts";
import type { EmulatorMode } from "../shared/emulator-mode.ts";

interface HttpRequest {
  /** The vendor's, as it was signed. */
  readonly host: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface HttpReply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Transport {
  /** Sends one request, whole reply included, within the time limit. Rejects with what Node's sockets reject with. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply>;
  close(): void;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
/** Above what the core sends at a time to one host. */
const MAX_SOCKETS = 256;

/**
 * Connections of our own. The SDK's have no way to be aborted, no time limit for a body that stalls, no proxy (@darabonba/typescript
 * 1.0.5 takes `httpProxy` and does not look at it), and no way to reach an emulator under the vendor's host name.
 */
export function createTransport(requestTimeoutMs: number | undefined, emulator: EmulatorMode | undefined, env: Runtime["env"]): Transport {
  const base = emulator === undefined ? undefined : new URL(emulator.url);
  const { Agent, request: open } = base?.protocol === "http:" ? http : https;
  // Node's agents look at HTTPS_PROXY and NO_PROXY when they are handed the environment.
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...(base === undefined ? { proxyEnv: env } : {}) });
  const { hostname, port } = base === undefined ? {} : urlToHttpOptions(base);

  return {
    async send({ host, method, path, headers, body }, signal) {
      const limit = AbortSignal.timeout(requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS);
      const either = AbortSignal.any([signal, limit]);
      try {
        const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
          const request = open({
            hostname: hostname ?? host,
            ...(port === undefined ? {} : { port }),
            agent,
            method,
            path,
            signal: either,
            headers: { ...headers, host, "content-length": String(body?.length ?? 0) },
          });
          request.on("response", resolve);
          request.on("error", reject);
          request.end(body);
        });
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        return { status: response.statusCode ?? 0, headers: single(response.headers), body: Buffer.concat(chunks) };
      } catch (error) {
        signal.throwIfAborted();
        throw limit.aborted ? limit.reason : error;
      }
    },
    close: () => agent.destroy(),
  };
}

function single(headers: http.IncomingHttpHeaders): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) all[name] = String(value);
  return all;
}
