import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { RecordedReply } from "./recorded-replies.ts";
import { WIRE_SERVICES, type WireService, type WireServiceId } from "./wire-services.ts";

/** A reply as it came over the wire. */
export interface TapedReply extends Pick<RecordedReply, "status" | "headers" | "body"> {
  /** The same, with what was asked; absent for the emulator's own paths. */
  readonly wire?: RecordedReply;
}

export type Rewrite = (reply: TapedReply) => TapedReply;

interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * Stands between a client and the emulator. While it records, it passes everything on as it is, signatures included; while it plays, it
 * answers from memory, in the order in which it heard, and may rewrite replies. What it has not heard is refused.
 */
export class Tape {
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  readonly #emulatorUrl: string;
  #recordings = new Map<string, TapedReply[]>();
  #positions = new Map<string, number>();
  #rewrite: Rewrite | undefined;

  private constructor(server: ReturnType<typeof createServer>, emulatorUrl: string) {
    this.#server = server;
    this.#emulatorUrl = emulatorUrl;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(emulatorUrl: string): Promise<Tape> {
    const server = createServer();
    server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const tape = new Tape(server, emulatorUrl);
    server.on("request", async (message: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      const { method = "GET", url = "/", headers } = message;
      const exchange = { method, target: url, headers, body: Buffer.concat(chunks).toString() };
      const { status, headers: replyHeaders, body } = await (tape.#rewrite === undefined ? tape.#record(exchange) : tape.#play(exchange));
      response.writeHead(status, { ...Object.fromEntries(replyHeaders), "content-length": Buffer.byteLength(body) }).end(body);
    });
    return tape;
  }

  /** Forgets everything and listens while `work` runs; resolves to what was heard. */
  async record(work: () => Promise<unknown>): Promise<ReadonlyMap<string, readonly TapedReply[]>> {
    this.#recordings = new Map();
    this.#rewrite = undefined;
    await work();
    return this.#recordings;
  }

  /** Answers from a recording while `work` runs. */
  async play<Result>(
    recording: ReadonlyMap<string, readonly TapedReply[]>,
    rewrite: Rewrite,
    work: () => Promise<Result>,
  ): Promise<Result> {
    this.#recordings = recording as Map<string, TapedReply[]>;
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
    const key = keyOf(exchange);
    this.#recordings.set(key, [...(this.#recordings.get(key) ?? []), reply]);
    return reply;
  }

  async #play(exchange: Exchange): Promise<TapedReply> {
    const key = keyOf(exchange);
    const replies = this.#recordings.get(key) ?? [];
    const position = this.#positions.get(key) ?? 0;
    this.#positions.set(key, position + 1);
    const reply = replies[Math.min(position, replies.length - 1)];
    return reply === undefined ? { status: 400, headers: new Headers(), body: "" } : (this.#rewrite?.(reply) ?? reply);
  }

  #pass(exchange: Exchange): Promise<TapedReply> {
    return new Promise((resolve, reject) => {
      const { method, target, headers, body } = exchange;
      // The host header is signed: it goes on as it came.
      const passed = forward(`${this.#emulatorUrl}${target}`, { method, headers, setHost: false }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const reply = { status: response.statusCode ?? 0, headers: kept(response.headers), body: Buffer.concat(chunks).toString() };
        const call = wireCallOf(exchange);
        resolve(call === undefined ? reply : { ...reply, wire: { ...call, ...reply } });
      });
      passed.on("error", reject);
      passed.end(body);
    });
  }
}

function kept(headers: IncomingMessage["headers"]): Headers {
  const names = Object.keys(headers).filter((name) => name.startsWith("x-amzn") || name === "content-type");
  return new Headers(names.map((name) => [name, String(headers[name])]));
}

/** The same question of the same identity about the same place; signatures and dates are not part of it. */
function keyOf({ method, target, headers, body }: Exchange): string {
  const [, accessKey, , region, service] = /Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  return [method, target, headers["x-amz-target"], accessKey, region, service, body].join(" ");
}

const REST_OPERATIONS: readonly (readonly [prefix: string, operation: string])[] = [
  ["/TraceSummaries", "GetTraceSummaries"],
  ["/Traces", "BatchGetTraces"],
  ["/ServiceGraph", "GetServiceGraph"],
  ["/2015-03-31/functions", "ListFunctions"],
  ["/2017-03-31/tags/", "ListTags"],
];

function wireCallOf({ target, headers, body }: Exchange): Pick<RecordedReply, "id" | "operation"> | undefined {
  const signingName = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1];
  const amzTarget = headers["x-amz-target"];
  const xml = amzTarget === undefined && body.includes("Action=");
  const found = (Object.entries(WIRE_SERVICES) as [WireServiceId, WireService][]).find(
    ([, service]) => service.signingName === signingName && (service.protocol === "query" || service.protocol === "ec2-query") === xml,
  );
  if (found === undefined) return undefined;
  const operation = xml
    ? new URLSearchParams(body).get("Action")
    : (String(amzTarget ?? "").split(".")[1] ?? REST_OPERATIONS.find(([prefix]) => target.startsWith(prefix))?.[1]);
  return operation ? { id: found[0], operation } : undefined;
}
