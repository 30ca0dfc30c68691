import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Runtime } from "../../contracts/index.ts";
import type { Adapter } from "./sdk.ts";

/** What came back, whatever its status. */
export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Transport {
  /** Sends what the SDK has signed; its promise resolves with a {@link HttpReply} in the place of the body. */
  adapter(signal: AbortSignal): Adapter;
  close(): void;
}

/** Above what the core sends at a time to one host. */
const MAX_SOCKETS = 256;

/**
 * The way from the SDK to the network, in the place of axios' own. The SDK hands back only the body, without status and `Retry-After`, and
 * its axios 0.21.4 follows redirects with the signed headers, knows no abort signal, and never settles when a connection breaks within
 * a body. Everything below the signature is Node's here.
 */
export function createTransport(requestTimeoutMs: number, proxyEnv: Runtime["env"] | undefined): Transport {
  const settings = { keepAlive: true, maxSockets: MAX_SOCKETS, ...(proxyEnv === undefined ? {} : { proxyEnv }) };
  const http = new HttpAgent(settings);
  const https = new HttpsAgent(settings);

  return {
    adapter: (signal) => async (config) => {
      const url = new URL(config.url ?? "");
      // Requests of the log service come with their parameters beside the address.
      for (const [name, value] of Object.entries((config.params ?? {}) as Readonly<Record<string, unknown>>))
        url.searchParams.append(name, String(value));
      const secure = url.protocol === "https:";
      const body = config.data === undefined ? undefined : Buffer.from(String(config.data));
      const limited = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
      const options = {
        method: (config.method ?? "GET").toUpperCase(),
        headers: { ...config.headers, ...(body === undefined ? {} : { "Content-Length": body.length }) },
        signal: limited,
      };
      try {
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          const sent = secure
            ? httpsRequest(url, { ...options, agent: https }, resolve)
            : httpRequest(url, { ...options, agent: http }, resolve);
          sent.on("error", reject);
          sent.end(body);
        });
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const reply: HttpReply = {
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        };
        return { data: reply, status: reply.status, statusText: response.statusMessage ?? "", headers: reply.headers, config };
      } catch (error) {
        // Node tells an abort as an error of its own; the reason says whether the time was up or somebody gave up.
        limited.throwIfAborted();
        throw error;
      }
    },
    close() {
      http.destroy();
      https.destroy();
    },
  };
}
