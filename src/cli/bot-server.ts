import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { LeveledLogger } from "nephoscope";
import type { Route } from "nephoscope/bots";
import type { Readiness } from "./bot-readiness.ts";
import { usageError } from "./usage-error.ts";

export interface BotServer {
  readonly url: string;
  /** Answers 503 to events from now on, so that the platform delivers them again, elsewhere or later. Health is still told. */
  refuse(): void;
  close(): Promise<void>;
}

export interface BotServerOptions {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly routes: readonly Route[];
  readonly readiness: () => Promise<Readiness>;
  readonly logger: LeveledLogger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Events are small: who sends slower than this is no chat platform. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;

/** Serves the routes of all bots, `/healthz` and `/readyz` on one port. */
export async function startBotServer(options: BotServerOptions): Promise<BotServer> {
  const { routes, readiness, logger, now } = options;
  checkRoutes(routes);
  const startedMs = now();
  const loopDelay = monitorEventLoopDelay();
  loopDelay.enable();
  let refusing = false;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split("?", 1)[0] ?? "";
    const method = request.method ?? "";
    const looks = method === "GET" || method === "HEAD";
    if (looks && path === "/healthz") {
      const eventLoopDelayMs = Math.round(loopDelay.max / 1e6);
      loopDelay.reset();
      return reply(response, 200, { status: "ok", uptimeSeconds: Math.round((now() - startedMs) / 1000), eventLoopDelayMs });
    }
    if (looks && path === "/readyz") {
      const found = await readiness();
      return reply(response, found.ready ? 200 : 503, found);
    }
    const there = routes.filter((route) => route.path === path);
    const route = there.find((candidate) => candidate.method === method);
    if (route === undefined) {
      request.resume();
      if (there.length === 0) return reply(response, 404, { error: "not found" });
      response.setHeader("allow", there.map((other) => other.method).join(", "));
      return reply(response, 405, { error: "method not allowed" });
    }
    if (refusing) {
      request.resume();
      response.setHeader("connection", "close");
      response.setHeader("retry-after", "5");
      return reply(response, 503, { error: "stopping" });
    }
    await route.handle(request, response);
  }

  const server = createServer((request, response) => {
    // Of a client that went away there is nothing to tell.
    response.on("error", () => {});
    respond(request, response).catch((error: unknown) => {
      logger.error("request failed", { path: request.url?.split("?", 1)[0], error });
      if (response.headersSent) response.destroy();
      else reply(response, 500, { error: "internal error" });
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.address.includes(":") ? `[${options.address}]` : options.address;
  return {
    url: `http://${host}:${port}`,
    refuse() {
      refusing = true;
    },
    async close() {
      loopDelay.disable();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}

function checkRoutes(routes: readonly Route[]): void {
  const names = routes.map(({ method, path }) => `${method} ${path}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two bots serve ${twice}`);
}

function listen(server: Server, { address, port }: Pick<BotServerOptions, "address" | "port">): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, address, port)));
    server.listen(port, address, resolve);
  });
}

function cannotListen(error: NodeJS.ErrnoException, address: string, port: number): unknown {
  const place = `${address}:${port}`;
  const other = { en: "Choose another one with --port or --host.", zh: "请用 --port 或 --host 另选一个。" };
  switch (error.code) {
    case "EADDRINUSE":
      return usageError({ en: `Somebody else listens on ${place} already.`, zh: `${place} 已被其他程序占用。` }, other);
    case "EACCES":
      return usageError({ en: `This user may not listen on ${place}.`, zh: `当前用户无权监听 ${place}。` }, other);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return usageError({ en: `This machine has no address ${address}.`, zh: `本机没有地址 ${address}。` }, other);
    default:
      return error;
  }
}
