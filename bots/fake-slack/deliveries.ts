import { createHmac } from "node:crypto";
import type { Clock } from "nephoscope";

export interface Attempt {
  /** Of HTTP; 0 where nobody answered in time, or at all. */
  readonly status: number;
  readonly latencyMs: number;
  /** 0 for the first. */
  readonly retryNum: number;
  readonly reason: string | null;
  /** What came back, for view submissions and the like. */
  readonly body: string;
}

export interface Delivery {
  readonly id: string;
  /** `app_mention`, `message`, `assistant_thread_started`, `block_actions`, `view_submission`. */
  readonly kind: string;
  readonly body: string;
  readonly contentType: string;
  readonly attempts: Attempt[];
  readonly acknowledged: boolean;
}

/** What deliveries travel over: HTTP, or the socket of Socket Mode. */
export interface Transport {
  /** @returns status and body; rejects when nobody answers. */
  send(delivery: Delivery, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<{ status: number; body: string }>;
}

export interface ForgedDelivery {
  readonly secret?: string;
  /** What the timestamp says, seconds since the epoch. */
  readonly atSeconds?: number;
}

/** https://docs.slack.dev/apis/events-api/#error-handling: an answer within three seconds, else again: at once, after a minute, after five. */
const ANSWER_WITHIN_MS = 3000;
const RETRY_AFTER_MS = [0, 60_000, 300_000];

/** Sends what happens in the workspace to the app. */
export class Deliveries {
  readonly all: Delivery[] = [];
  readonly #clock: Clock;
  readonly #secret: string;
  readonly #stopped = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #transport: Transport | null = null;

  constructor(clock: Clock, secret: string) {
    this.#clock = clock;
    this.#secret = secret;
  }

  use(transport: Transport | null): void {
    this.#transport = transport;
  }

  /** Resolves with the first answer; what has to be repeated is repeated meanwhile. Interactions are not repeated. */
  async deliver(kind: string, id: string, body: string, contentType: string, repeats: boolean): Promise<Delivery> {
    const attempts: Attempt[] = [];
    const delivery = {
      id,
      kind,
      body,
      contentType,
      attempts,
      get acknowledged() {
        return attempts.some(({ status }) => status >= 200 && status < 300);
      },
    };
    this.all.push(delivery);
    attempts.push(await this.#attempt(delivery, 0, null));
    if (repeats && !delivery.acknowledged) this.#track(this.#retry(delivery));
    return delivery;
  }

  /** Once more, as it was or forged. @returns what HTTP said. */
  async redeliver(id: string, forged: ForgedDelivery = {}): Promise<number> {
    const delivery = this.all.find((candidate) => candidate.id === id);
    if (delivery === undefined) throw new RangeError(`No delivery ${id}.`);
    return (await this.#attempt(delivery, 0, null, forged)).status;
  }

  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.settled();
  }

  #track(work: Promise<void>): void {
    const tracked: Promise<void> = work.catch(() => undefined).finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #retry(delivery: Delivery): Promise<void> {
    for (const [index, waitMs] of RETRY_AFTER_MS.entries()) {
      const last = delivery.attempts.at(-1);
      if (waitMs > 0) await this.#clock.sleep(waitMs, this.#stopped.signal);
      const reason = last?.status === 0 ? "http_timeout" : "http_error";
      delivery.attempts.push(await this.#attempt(delivery, index + 1, reason));
      if (delivery.acknowledged) return;
    }
  }

  async #attempt(delivery: Delivery, retryNum: number, reason: string | null, forged: ForgedDelivery = {}): Promise<Attempt> {
    const startedMs = this.#clock.now();
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, this.#stopped.signal]);
    const timeout = this.#clock.sleep(ANSWER_WITHIN_MS, done.signal).then(
      () => ({ status: 0, body: "" }),
      () => ({ status: 0, body: "" }),
    );
    const sent =
      this.#transport?.send(delivery, this.#headers(delivery, retryNum, reason, forged), signal) ??
      Promise.reject(new Error("nobody listens"));
    const { status, body } = await Promise.race([sent.catch(() => ({ status: 0, body: "" })), timeout]);
    done.abort();
    return { status, body, latencyMs: this.#clock.now() - startedMs, retryNum, reason };
  }

  /** https://docs.slack.dev/authentication/verifying-requests-from-slack, version v0. */
  #headers(delivery: Delivery, retryNum: number, reason: string | null, forged: ForgedDelivery): Readonly<Record<string, string>> {
    const timestamp = String(forged.atSeconds ?? Math.floor(this.#clock.now() / 1000));
    const signature = createHmac("sha256", forged.secret ?? this.#secret)
      .update(`v0:${timestamp}:${delivery.body}`)
      .digest("hex");
    return {
      "content-type": delivery.contentType,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
      ...(retryNum === 0 ? {} : { "x-slack-retry-num": String(retryNum), "x-slack-retry-reason": reason ?? "unknown_error" }),
    };
  }
}

/** Posts to an address. */
export function httpTransport(url: string): Transport {
  return {
    async send(delivery, headers, signal) {
      const response = await fetch(url, { method: "POST", headers, body: delivery.body, signal, redirect: "manual" });
      return { status: response.status, body: await response.text() };
    },
  };
}
