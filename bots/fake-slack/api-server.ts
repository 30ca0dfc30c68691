import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultBook } from "./fault-book.ts";
import { assistantMethods } from "./methods/assistant.ts";
import { chatMethods } from "./methods/chat.ts";
import { conversationMethods } from "./methods/conversations.ts";
import { fileMethods } from "./methods/files.ts";
import type { ApiContext, CallArguments, Methods } from "./methods/method.ts";
import { peopleMethods } from "./methods/people.ts";
import { streamMethods } from "./methods/streams.ts";
import { viewMethods } from "./methods/views.ts";
import type { RateLimits } from "./rate-limits.ts";
import { readBody, readForm } from "./request-body.ts";
import { SlackApiError } from "./slack-api-error.ts";

export interface Call {
  readonly method: string;
  readonly args: CallArguments;
  /** Of HTTP; 0 where the connection was reset. */
  readonly status: number;
  readonly error: string | null;
  readonly startedMs: number;
  readonly endedMs: number;
}

export interface ApiServerOptions {
  readonly context: ApiContext;
  readonly faults: FaultBook;
  /** Null: as many calls as one likes. */
  readonly limits: RateLimits | null;
  readonly tokens: { readonly bot: string; readonly app: string };
  /** Address of the WebSocket for Socket Mode. */
  readonly socketUrl: () => string;
}

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
}

const METHODS: Methods = {
  ...peopleMethods,
  ...chatMethods,
  ...streamMethods,
  ...conversationMethods,
  ...assistantMethods,
  ...viewMethods,
  ...fileMethods,
};

/** `/api/METHOD` and `/upload/FILE`. */
export class ApiServer {
  /** In the order in which they came. */
  readonly calls: Call[] = [];
  readonly #options: ApiServerOptions;

  constructor(options: ApiServerOptions) {
    this.#options = options;
  }

  async call(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = this.#now();
    const args = await readForm(request);
    const token = request.headers.authorization?.replace(/^Bearer /, "") ?? args.token;
    const { token: _hidden, ...shown } = args;
    const log = (status: number, error: string | null) => {
      this.calls.push({ method, args: shown, status, error, startedMs, endedMs: this.#now() });
    };
    this.#answer(method, response, log, () => this.#run(method, shown, token));
  }

  async upload(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = this.#now();
    const bytes = await readBody(request);
    const log = (status: number, error: string | null) => {
      this.calls.push({ method: "upload", args: { id, length: bytes.length }, status, error, startedMs, endedMs: this.#now() });
    };
    this.#answer("upload", response, log, () => {
      const file = this.#options.context.workspace.files.get(id);
      if (file === undefined || bytes.length !== file.length)
        return { status: 400, body: { ok: false, error: "file_upload_size_mismatch" } };
      file.bytes = bytes;
      return { status: 200, body: { ok: true } };
    });
  }

  #answer(method: string, response: ServerResponse, log: (status: number, error: string | null) => void, run: () => Reply): void {
    const fault = this.#options.faults.take(method);
    if (fault?.kind === "reset-before") {
      log(0, "reset-before");
      response.destroy();
      return;
    }
    const reply =
      fault?.kind === "429"
        ? limited(fault.retryAfterSeconds ?? 1)
        : fault?.kind === "500"
          ? { status: 500, body: { ok: false, error: "internal_error" } }
          : run();
    if (fault?.kind === "reset-after") {
      log(0, "reset-after");
      response.destroy();
      return;
    }
    log(reply.status, typeof reply.body.error === "string" ? reply.body.error : null);
    response.writeHead(reply.status, {
      "content-type": "application/json; charset=utf-8",
      "x-oauth-scopes": "app_mentions:read,assistant:write,chat:write,files:write",
      ...(reply.retryAfterSeconds === undefined ? {} : { "retry-after": String(reply.retryAfterSeconds) }),
    });
    response.end(JSON.stringify(reply.body));
  }

  #run(method: string, args: CallArguments, token: unknown): Reply {
    const { context, limits, tokens, socketUrl } = this.#options;
    // https://docs.slack.dev/apis/web-api/#responses: 200 with `ok: false`, whatever is wrong with the call.
    const refuse = (error: string, details: readonly string[] = []): Reply => ({
      status: 200,
      body: {
        ok: false,
        error,
        ...(details.length === 0
          ? {}
          : { errors: details, response_metadata: { messages: details.map((text) => (text.startsWith("[") ? text : `[ERROR] ${text}`)) } }),
      },
    });
    if (token === undefined || token === "") return refuse("not_authed");
    const channel = typeof args.channel === "string" ? args.channel : undefined;
    const waitSeconds = limits?.take(method, channel, this.#now()) ?? 0;
    if (waitSeconds > 0) return limited(waitSeconds);
    // https://docs.slack.dev/reference/methods/apps.connections.open: the app-level token, and no other.
    if (method === "apps.connections.open") {
      return token === tokens.app ? { status: 200, body: { ok: true, url: socketUrl() } } : refuse("not_allowed_token_type");
    }
    if (token !== tokens.bot) return refuse("invalid_auth");
    const run = METHODS[method];
    if (run === undefined) return refuse("unknown_method");
    try {
      return { status: 200, body: { ok: true, ...run(args, context) } };
    } catch (error) {
      if (error instanceof SlackApiError) return refuse(error.code, error.details);
      throw error;
    }
  }

  #now(): number {
    return this.#options.context.workspace.now();
  }
}

/** https://docs.slack.dev/apis/web-api/rate-limits: HTTP 429, seconds in `Retry-After`. */
function limited(retryAfterSeconds: number): Reply {
  return { status: 429, body: { ok: false, error: "ratelimited" }, retryAfterSeconds };
}
