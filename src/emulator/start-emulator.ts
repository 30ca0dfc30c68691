import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigurationError } from "../errors/index.ts";
import type { CloudFactory, CloudRequest } from "./cloud.ts";
import { createClouds } from "./clouds.ts";
import { truthBetween } from "./control.ts";
import { Dispatcher } from "./dispatcher.ts";
import { type EmulatorOptions, parseEmulatorOptions } from "./emulator-options.ts";
import { defectReply, send } from "./http-reply.ts";
import type { Truth } from "./truth.ts";

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What to export so that nephoscope asks this emulator instead of the clouds. */
  readonly env: { readonly NEPHOSCOPE_EMULATOR: string };
  /**
   * What is so in a window: `from` inclusive, `to` exclusive, ISO 8601 with a zone.
   * @throws ConfigurationError for what is no window.
   */
  truth(from: string, to: string): Promise<Truth>;
  /** Stops listening and drops every connection, unanswered calls included. */
  close(): Promise<void>;
}

/** Starts the clouds on one port of 127.0.0.1. @throws ConfigurationError for wrong options or a port that is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const parsed = parseEmulatorOptions(options);
  const dispatcher = new Dispatcher(parsed, chosenClouds(parsed.providers));
  const server = createServer((message, response) => {
    readRequest(message)
      .then((request) => dispatcher.dispatch(request, response))
      .catch((error) => (message.errored ? response.destroy() : send(response, defectReply(error))));
  });
  // Longer than any client keeps idle connections, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(portTaken(parsed.port, cause)));
    server.listen(parsed.port, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url,
    env: { NEPHOSCOPE_EMULATOR: url },
    truth: async (from, to) => truthBetween(dispatcher, { from, to }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readRequest(message: IncomingMessage): Promise<CloudRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  const target = message.url ?? "/";
  const request = { method: message.method ?? "GET", target, headers, body: Buffer.concat(chunks) };
  if (!/^https?:\/\//.test(target)) return request;
  // A client that takes the emulator for its proxy sends the whole address (RFC 9112, absolute-form).
  const { host, pathname, search } = new URL(target);
  return { ...request, target: `${pathname}${search}`, headers: { ...headers, host } };
}

function chosenClouds(ids: readonly string[] | undefined): readonly CloudFactory[] {
  const clouds = createClouds();
  const unknown = ids?.find((id) => !clouds.some((cloud) => cloud.id === id));
  if (unknown === undefined) return clouds.filter(({ id }) => ids?.includes(id) ?? true);
  const known = clouds.map(({ id }) => id);
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The emulator does not know the cloud "${unknown}".`, zh: `模拟器不认识云 "${unknown}"。` },
    hint: { en: `Known: ${known.join(", ")}.`, zh: `可用的有：${known.join("、")}。` },
  });
}

function portTaken(port: number, cause: unknown): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The emulator cannot listen on 127.0.0.1:${port}.`, zh: `模拟器无法监听 127.0.0.1:${port}。` },
    hint: { en: "Choose another port, or 0 for any free one.", zh: "请换一个端口，或用 0 自动选择空闲端口。" },
    cause,
  });
}
