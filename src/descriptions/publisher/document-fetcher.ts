import type { Clock } from "../../contracts/index.ts";
import { refusal } from "../shared/refusal.ts";
import { DocumentCache } from "./document-cache.ts";
import { isOf, type PinnedPlace } from "./pinned-hosts.ts";
import { PrivateAddressError, type PublishedReply, type SendRequest } from "./send-request.ts";

export interface FetcherOptions {
  readonly cacheFolder: string;
  readonly offline: boolean;
  readonly maxAgeMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly send: SendRequest;
}

export interface FetchedDocument {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly fetchedMs: number;
}

const MAX_REDIRECTS = 3;

/** Gets documents of pinned places, from the cache where that is young enough. */
export class DocumentFetcher {
  readonly #options: FetcherOptions;
  readonly #cache: DocumentCache;

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#cache = new DocumentCache(options.cacheFolder);
  }

  /**
   * Undefined where there is none: not published, or nothing to reach and nothing kept. Throws `DESCRIPTION_REFUSED` for an address out of
   * the place, a redirect out of it, a host inside this network, and for more bytes or time than allowed.
   */
  async get(url: string, place: PinnedPlace, signal: AbortSignal): Promise<FetchedDocument | undefined> {
    const { clock, maxAgeMs, offline } = this.#options;
    assertOf(place, new URL(url));
    const kept = await this.#cache.read(url);
    if (offline || (kept !== undefined && clock.now() - kept.fetchedMs < maxAgeMs)) return kept;
    const limit = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const reply = await this.#send(new URL(url), place, kept?.etag, AbortSignal.any([signal, limit]));
      const fetchedMs = clock.now();
      if (reply.status === 304 && kept !== undefined) {
        await this.#cache.write(url, { ...kept, fetchedMs });
        return { text: kept.text, fetchedMs };
      }
      if (reply.status !== 200) return kept;
      const text = await this.#text(reply, url);
      const etag = reply.headers.etag;
      await this.#cache.write(url, { text, etag: typeof etag === "string" ? etag : undefined, fetchedMs });
      return { text, fetchedMs };
    } catch (error) {
      signal.throwIfAborted();
      if (limit.aborted) {
        const { timeoutMs } = this.#options;
        throw refusal(url, { en: `it took longer than ${timeoutMs} ms.`, zh: `获取时间超过 ${timeoutMs} 毫秒。` }, error);
      }
      if (error instanceof PrivateAddressError) {
        throw refusal(url, { en: "its host is an address inside this network.", zh: "其主机解析为内网地址。" }, error);
      }
      if (isConnectionFailure(error)) return kept;
      throw error;
    }
  }

  async #send(url: URL, place: PinnedPlace, etag: string | undefined, signal: AbortSignal): Promise<PublishedReply> {
    const headers = { accept: "application/json", "accept-encoding": "identity", ...(etag === undefined ? {} : { "if-none-match": etag }) };
    let current = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const reply = await this.#options.send(current, headers, signal);
      const location = reply.headers.location;
      if (reply.status < 300 || reply.status >= 400 || typeof location !== "string") return reply;
      const next = URL.canParse(location, current.href) ? new URL(location, current) : undefined;
      if (next === undefined || !isOf(place, next)) {
        const where = next?.host ?? "nowhere";
        throw refusal(url.href, { en: `it redirects to ${where}.`, zh: `重定向到了 ${where}。` });
      }
      current = next;
    }
    throw refusal(url.href, { en: "it redirects without end.", zh: "重定向次数过多。" });
  }

  async #text(reply: PublishedReply, url: string): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of reply.body) {
      bytes += chunk.byteLength;
      if (bytes > this.#options.maxBytes) {
        const { maxBytes } = this.#options;
        throw refusal(url, { en: `it is longer than ${maxBytes} bytes.`, zh: `内容超过 ${maxBytes} 字节。` });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  }
}

function assertOf(place: PinnedPlace, url: URL): void {
  if (isOf(place, url)) return;
  throw refusal(url.href, { en: `it is not below ${place.host}${place.path}.`, zh: `地址不在 ${place.host}${place.path} 之下。` });
}

/** No network, no such host, a reset: normal, and no reason to stop. Errors of the system have a code. */
function isConnectionFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^(E[A-Z]+|ERR_TLS|CERT_|UNABLE_|DEPTH_ZERO|SELF_SIGNED)/.test(error.code)
  );
}
