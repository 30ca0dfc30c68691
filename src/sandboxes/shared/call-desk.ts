import type { SandboxCall, SandboxFailure, SandboxHost, SandboxLimits } from "../../contracts/index.ts";
import { OrchestratorError } from "../../errors/index.ts";
import { limitReached } from "./failures.ts";

/** A reply as it reaches the program: plain data, and a failure's `code` and `message` and nothing else of it. */
export type CallReply =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** The host's side of the calls of one run: counts them, lets so many go at a time, and measures the replies. */
export class CallDesk {
  readonly #host: SandboxHost;
  readonly #limits: SandboxLimits;
  readonly #stop: (failure: SandboxFailure, call: number) => void;
  readonly #ended = new AbortController();
  readonly #queue: (() => void)[] = [];
  readonly #codes = new Set<string>();
  #running = 0;
  #calls = 0;

  /** `stop` is told, once, which limit was reached, and by which call. */
  constructor(host: SandboxHost, limits: SandboxLimits, stop: (failure: SandboxFailure, call: number) => void) {
    this.#host = host;
    this.#limits = limits;
    this.#stop = stop;
  }

  /** Calls that were let through. */
  get calls(): number {
    return this.#calls;
  }

  /** Whether a call of this run failed with `code`. */
  failedWith(code: string): boolean {
    return this.#codes.has(code);
  }

  /** Ends the calls under way, and those that wait. */
  end(reason: unknown): void {
    this.#ended.abort(reason);
    this.#queue.length = 0;
  }

  /** Never rejects; `undefined` when the run has ended meanwhile. */
  async answer(number: number, call: SandboxCall): Promise<CallReply | undefined> {
    if (this.#ended.signal.aborted) return undefined;
    if (this.#calls === this.#limits.maxCalls) {
      this.#stop(limitReached("calls", this.#limits), number);
      return undefined;
    }
    this.#calls++;
    if (this.#running >= this.#limits.maxConcurrentCalls) await new Promise<void>((go) => this.#queue.push(go));
    else this.#running++;
    const reply = await this.#ask(call);
    const next = this.#queue.shift();
    if (next === undefined) this.#running--;
    else next();
    if (this.#ended.signal.aborted) return undefined;
    if (reply.ok && Buffer.byteLength(reply.json) > this.#limits.maxReplyBytes) {
      this.#stop(limitReached("reply-bytes", this.#limits), number);
      return undefined;
    }
    if (!reply.ok) this.#codes.add(reply.code);
    return reply;
  }

  async #ask(call: SandboxCall): Promise<CallReply> {
    try {
      const value = await this.#host.call(call, this.#ended.signal);
      return { ok: true, json: JSON.stringify(value) ?? "null" };
    } catch (error) {
      if (OrchestratorError.isInstance(error)) return { ok: false, code: error.code, message: error.message };
      return { ok: false, code: "INTERNAL", message: "The call failed for a reason that is not told here." };
    }
  }
}
