import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { CONNECTION_HEADERS } from "./http-headers.ts";
import type { MutableReply, MutatedCloud } from "./mutated-cloud.ts";
import type { Exchange, TapedReply } from "./wire-exchange.ts";

/** What was heard, in the order in which it came, by what was asked. `mutable` is absent for the emulator's own paths. */
type Recording = ReadonlyMap<string, readonly RecordedExchange[]>;
type RecordedExchange = TapedReply & { readonly mutable?: MutableReply };
type Rewrite = (reply: RecordedExchange) => TapedReply;

/**
 * Stands between a client and the emulator. While it records, it passes everything on as it is, signatures included; while it plays, it
 * answers from memory, in the order in which it heard, and may rewrite replies. What it has not heard is refused.
 */
export class Tape {
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  readonly #emulatorUrl: string;
  readonly #cloud: Pick<MutatedCloud, "keyOf" | "mutable">;
  #recordings = new Map<string, RecordedExchange[]>();
  #positions = new Map<string, number>();
  #rewrite: Rewrite | undefined;

  private constructor(server: ReturnType<typeof createServer>, emulatorUrl: string, cloud: Pick<MutatedCloud, "keyOf" | "mutable">) {
    this.#server = server;
    this.#emulatorUrl = emulatorUrl;
    this.#cloud = cloud;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(emulatorUrl: string, cloud: Pick<MutatedCloud, "keyOf" | "mutable">): Promise<Tape> {
    const server = createServer();
    server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const tape = new Tape(server, emulatorUrl, cloud);
    server.on("request", async (message: IncomingMessage, response) => {
      const { method = "GET", url: target = "/", headers } = message;
      const exchange = { method, target, headers, body: await textOf(message) };
      const { status, headers: replyHeaders, body } = await (tape.#rewrite === undefined ? tape.#record(exchange) : tape.#play(exchange));
      response.writeHead(status, { ...Object.fromEntries(replyHeaders), "content-length": Buffer.byteLength(body) }).end(body);
    });
    return tape;
  }

  /** Forgets everything and listens while `work` runs; resolves to what was heard. */
  async record(work: () => Promise<unknown>): Promise<Recording> {
    this.#recordings = new Map();
    this.#rewrite = undefined;
    await work();
    return this.#recordings;
  }

  /** Answers from a recording while `work` runs. */
  async play<Result>(recording: Recording, rewrite: Rewrite, work: () => Promise<Result>): Promise<Result> {
    this.#recordings = recording as Map<string, RecordedExchange[]>;
    this.#positions = new Map();
    this.#rewrite = rewrite;
    return work();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #record(exchange: Exchange): Promise<TapedReply> {
    const reply = await this.#pass(exchange);
    const key = this.#cloud.keyOf(exchange);
    const mutable = exchange.target.startsWith("/_emulator/") ? undefined : this.#cloud.mutable(exchange, reply);
    this.#recordings.set(key, [...(this.#recordings.get(key) ?? []), mutable === undefined ? reply : { ...reply, mutable }]);
    return reply;
  }

  async #play(exchange: Exchange): Promise<TapedReply> {
    const key = this.#cloud.keyOf(exchange);
    const replies = this.#recordings.get(key) ?? [];
    const position = this.#positions.get(key) ?? 0;
    this.#positions.set(key, position + 1);
    const reply = replies[Math.min(position, replies.length - 1)];
    return reply === undefined ? { status: 400, headers: new Headers(), body: "" } : (this.#rewrite?.(reply) ?? reply);
  }

  #pass({ method, target, headers, body }: Exchange): Promise<TapedReply> {
    const { hostname, port } = new URL(this.#emulatorUrl);
    // The host header may be the vendor's, and signed: it goes on as it came. Without this one, which nobody signs, nothing is compressed.
    const { "accept-encoding": _, ...passedOn } = headers;
    return new Promise((resolve, reject) => {
      const passed = forward({ hostname, port, path: target, method, headers: passedOn, setHost: false }, async (response) => {
        resolve({ status: response.statusCode ?? 0, headers: vendorHeaders(response.headers), body: await textOf(response) });
      });
      passed.on("error", reject);
      passed.end(body);
    });
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function vendorHeaders(headers: IncomingMessage["headers"]): Headers {
  const names = Object.keys(headers).filter((name) => !CONNECTION_HEADERS.has(name));
  return new Headers(names.map((name) => [name, String(headers[name])]));
}
