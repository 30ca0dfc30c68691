import type { Clock, SandboxFailure, SandboxHost, SandboxOutcome, SandboxProgram } from "../../contracts/index.ts";
import { CallDesk, type CallReply } from "../shared/call-desk.ts";
import { failureOf, limitReached, placeIn } from "../shared/failures.ts";
import { protocolBroken, readGuestFailure, toFailure } from "../shared/guest-failure.ts";
import { LogBook } from "../shared/log-book.ts";
import { failed, readResult, type Verdict } from "../shared/read-result.ts";
import type { Guards } from "./guards.ts";
import type { Instance, InstanceHost } from "./instance.ts";
import { readBatch } from "./read-batch.ts";

/** How long a program that was stopped while it waited may take to say where it was, in milliseconds. */
const GRACE_MS = 200;
/** What the plug-in lets through of a failure. */
const MAX_FAILURE_BYTES = 65_536;

/** The verdict of a run that the host stopped, and the call that was too much; 0 where it is none in particular. */
interface Stop {
  readonly failure: SandboxFailure;
  readonly call: number;
}

/** One run of one program in one instance, seen from the host. */
export class ProgramRun implements InstanceHost {
  readonly #program: SandboxProgram;
  readonly #instance: Instance;
  readonly #clock: Clock;
  readonly #guards: Guards;
  readonly #desk: CallDesk;
  readonly #logs: LogBook;
  readonly #replies: string[] = [];
  #lastCall = 0;
  #open = 0;
  #wake: (() => void) | undefined;
  #stopped: Stop | undefined;
  readonly #over = new AbortController();

  constructor(program: SandboxProgram, host: SandboxHost, instance: Instance, clock: Clock, guards: Guards) {
    this.#program = program;
    this.#instance = instance;
    this.#clock = clock;
    this.#guards = guards;
    this.#desk = new CallDesk(host, program.limits, (failure, call) => this.#stop({ failure, call }));
    this.#logs = new LogBook(program.limits.maxLogBytes);
  }

  /** Rejects only with the reason of `signal`. The instance is closed afterwards. */
  async run(input: Uint8Array, signal: AbortSignal): Promise<SandboxOutcome> {
    const abort = () => this.#end(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    if (this.#guards.watchdog) this.#watch();
    let output: Uint8Array | null = null;
    let crash = "";
    try {
      output = await this.#instance.run(input, this);
    } catch (error) {
      crash = error instanceof Error ? error.message : String(error);
    } finally {
      this.#over.abort();
      signal.removeEventListener("abort", abort);
      this.#desk.end(signal.aborted ? signal.reason : new DOMException("The run has ended.", "AbortError"));
      await this.#instance.close();
    }
    signal.throwIfAborted();
    const { lines, droppedBytes } = this.#logs;
    return { logs: lines, droppedLogBytes: droppedBytes, calls: this.#desk.calls, ...this.#judge(output, crash) };
  }

  log(line: string): void {
    if (line.startsWith("l")) this.#logs.add(line.slice(1));
    else if (/^d\d{1,15}$/.test(line)) this.#logs.dropped(Number(line.slice(1)));
  }

  /** Takes on the calls of a batch, and answers with those that are done as soon as one is, or with the number of the call that ended it all. */
  async exchange(text: string): Promise<string> {
    const batch = readBatch(text, this.#lastCall, this.#guards);
    if (!batch.ok) this.#stop({ failure: protocolBroken(batch.problem), call: 0 });
    else {
      for (const [number, call] of batch.calls) {
        this.#lastCall = number;
        this.#open++;
        void this.#desk.answer(number, call).then((reply) => this.#finish(number, reply));
      }
      if (this.#open + this.#replies.length === 0) this.#stop({ failure: protocolBroken("it waits for no call"), call: 0 });
    }
    if (this.#replies.length === 0 && this.#stopped === undefined) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
      this.#wake = undefined;
      // What ends in the same turn goes together.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this.#stopped === undefined ? this.#takeReplies() : String(this.#stopped.call);
  }

  #finish(number: number, reply: CallReply | undefined): void {
    if (reply === undefined) return;
    this.#open--;
    const value = reply.ok ? reply.json : JSON.stringify({ code: reply.code, message: reply.message });
    this.#replies.push(`[${number},${reply.ok},${value}]`);
    this.#wake?.();
  }

  /** As many as together are no larger than one may be, so that they have room in the sandbox; at least one. */
  #takeReplies(): string {
    let bytes = 0;
    const taken: string[] = [];
    for (let reply = this.#replies[0]; reply !== undefined; reply = this.#replies[0]) {
      bytes += Buffer.byteLength(reply);
      if (taken.length > 0 && bytes > this.#program.limits.maxReplyBytes) break;
      taken.push(reply);
      this.#replies.shift();
    }
    return `[${taken.join(",")}]`;
  }

  #watch(): void {
    const { limits } = this.#program;
    this.#clock.sleep(limits.timeoutMs, this.#over.signal).then(
      () => this.#stop({ failure: limitReached("timeout", limits), call: 0 }),
      () => {},
    );
  }

  /** Ends a run with a verdict. A program that waits, or comes back soon, is asked where it was; one that computes too long cannot be. */
  #stop(stop: Stop): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = stop;
    const waits = this.#wake !== undefined;
    this.#desk.end(new DOMException(stop.failure.message, "AbortError"));
    this.#wake?.();
    const close = () => void this.#instance.close();
    const { kind } = stop.failure;
    if (!waits && (kind === "timeout" || kind === "crash")) close();
    else this.#clock.sleep(GRACE_MS, this.#over.signal).then(close, () => {});
  }

  #end(reason: unknown): void {
    this.#desk.end(reason);
    void this.#instance.close();
  }

  #judge(output: Uint8Array | null, crash: string): Verdict {
    const { limits } = this.#program;
    const text = output === null || output.length > limits.maxResultBytes + MAX_FAILURE_BYTES ? "" : new TextDecoder().decode(output);
    const guest = text.startsWith("f") ? readGuestFailure(text.slice(1)) : undefined;
    if (this.#stopped !== undefined) return failed({ ...this.#stopped.failure, ...placeIn(guest?.stack ?? "") });
    if (guest !== undefined) return failed(toFailure(guest, limits, (code) => this.#desk.failedWith(code)));
    if (text === "m") return failed(limitReached("memory", limits));
    if (text.startsWith("r")) return readResult(text.slice(1), limits, this.#guards.plainResult);
    return failed(failureOf("crash", crash || "The sandbox ended without a word."));
  }
}
