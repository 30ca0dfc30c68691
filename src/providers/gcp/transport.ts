import { AsyncLocalStorage } from "node:async_hooks";
import type { ProviderContext } from "../../contracts/index.ts";
import type { Credentials } from "./credentials.ts";
import { refused, replyInvalid, toGcpError } from "./errors.ts";
import type { Http } from "./http.ts";
import { readRefusal } from "./refusal.ts";

/** The request that is under way. */
interface Ask {
  readonly context: ProviderContext;
  readonly operation: string;
  readonly signal: AbortSignal;
  /** The reply, once it is there. */
  body?: string;
}

/**
 * The one way to Google's servers. google-gax, gaxios and plain REST all hand their requests to `fetch`, which adds the credentials, the
 * signal of the run and the time limit, and makes an error of every refusal: two generations of google-gax and three of gaxios, each
 * with errors and retries of its own, never see one.
 *
 * Nor do they see a reply: they are handed an empty message, and what came is read here. google-gax converts messages twice, which takes
 * twenty times as long as parsing them, and it gives up a whole page of log entries for one audit log, whose type it does not have.
 */
export interface Transport {
  /** As `fetch`; rejects with a `ProviderError` for every status but success. Only within `run`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Runs one request of a package, or of `fetch` itself, and gives the reply's JSON. */
  run<Reply extends object>(ask: Omit<Ask, "body">, work: () => Promise<unknown>): Promise<Reply>;
}

export function createTransport(credentials: Credentials, http: Http): Transport {
  const asks = new AsyncLocalStorage<Ask>();
  return {
    async fetch(input, init = {}) {
      const ask = asks.getStore();
      if (ask === undefined) throw new Error("a request outside of a call");
      const headers = new Headers(init.headers);
      for (const [name, value] of await credentials.authorize(ask.context)) headers.set(name, value);
      const signal = init.signal ? AbortSignal.any([ask.signal, init.signal]) : ask.signal;
      const reply = await http.send(input instanceof Request ? input.url : input, { ...init, headers, signal });
      const body = await reply.text();
      if (!reply.ok) throw refused({ ...readRefusal(body, reply.headers.get("retry-after")), status: reply.status }, ask.operation);
      ask.body = body;
      return Response.json({});
    },
    async run<Reply extends object>(started: Omit<Ask, "body">, work: () => Promise<unknown>) {
      const ask: Ask = { ...started };
      try {
        await asks.run(ask, work);
      } catch (error) {
        ask.signal.throwIfAborted();
        throw toGcpError(error, ask.operation);
      }
      return parsed<Reply>(ask);
    },
  };
}

function parsed<Reply extends object>({ body = "", operation }: Ask): Reply {
  let reply: unknown;
  try {
    reply = JSON.parse(body);
  } catch (error) {
    throw replyInvalid(operation, error);
  }
  if (typeof reply !== "object" || reply === null || Array.isArray(reply)) throw replyInvalid(operation, undefined);
  return reply as Reply;
}
