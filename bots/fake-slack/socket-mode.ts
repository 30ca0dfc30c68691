import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "nephoscope";
import { type WebSocket, WebSocketServer } from "ws";
import type { Delivery, Transport } from "./deliveries.ts";

/** Clients take a server for gone that is silent for 30 s (`serverPingTimeoutMS` of @slack/socket-mode). */
const PING_EVERY_MS = 10_000;

/** https://docs.slack.dev/apis/events-api/using-socket-mode: hello, envelopes that are acknowledged by id, disconnect. */
export class SocketMode implements Transport {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #waiting = new Map<string, (reply: { status: number; body: string }) => void>();
  readonly #sockets = new Set<WebSocket>();
  readonly #stopped = new AbortController();
  readonly #clock: Clock;
  readonly #appId: string;
  readonly #onConnection: () => void;

  constructor(clock: Clock, appId: string, onConnection: () => void) {
    this.#clock = clock;
    this.#appId = appId;
    this.#onConnection = onConnection;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (connection) => {
      this.#sockets.add(connection);
      connection.on("close", () => this.#sockets.delete(connection));
      connection.on("message", (data) => this.#acknowledged(String(data)));
      connection.send(JSON.stringify({ type: "hello", num_connections: this.#sockets.size, connection_info: { app_id: this.#appId } }));
      void this.#ping(connection);
      this.#onConnection();
    });
  }

  /** Tells every client to connect anew, as Slack does every few hours (`refresh_requested`). */
  disconnectAll(): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
  }

  /** Goes to one of the connections, as Slack has it. */
  send(
    delivery: Delivery,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly body: string }> {
    const [socket] = this.#sockets;
    if (socket === undefined) return Promise.reject(new Error("no connection"));
    const isEvent = delivery.contentType.startsWith("application/json");
    const payload = isEvent ? JSON.parse(delivery.body) : JSON.parse(new URLSearchParams(delivery.body).get("payload") ?? "{}");
    const envelope = {
      envelope_id: `${delivery.id}-${delivery.attempts.length}`,
      type: isEvent ? "events_api" : "interactive",
      payload,
      accepts_response_payload: !isEvent,
      ...(isEvent ? { retry_attempt: Number(headers["x-slack-retry-num"] ?? 0), retry_reason: headers["x-slack-retry-reason"] ?? "" } : {}),
    };
    return new Promise((resolve) => {
      this.#waiting.set(envelope.envelope_id, resolve);
      signal.addEventListener("abort", () => this.#waiting.delete(envelope.envelope_id), { once: true });
      socket.send(JSON.stringify(envelope));
    });
  }

  close(): void {
    this.#stopped.abort();
    for (const socket of this.#sockets) socket.terminate();
    this.#server.close();
  }

  #acknowledged(data: string): void {
    const { envelope_id, payload } = JSON.parse(data) as { readonly envelope_id?: string; readonly payload?: unknown };
    if (envelope_id === undefined) return;
    this.#waiting.get(envelope_id)?.({ status: 200, body: payload === undefined ? "" : JSON.stringify(payload) });
    this.#waiting.delete(envelope_id);
  }

  async #ping(connection: WebSocket): Promise<void> {
    try {
      while (this.#sockets.has(connection)) {
        connection.ping();
        await this.#clock.sleep(PING_EVERY_MS, this.#stopped.signal);
      }
    } catch {
      // The fake stops.
    }
  }
}
