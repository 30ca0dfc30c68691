import { createContext, Script } from "node:vm";
import type { Clock, SandboxHost, SandboxOutcome, SandboxProgram } from "../../contracts/index.ts";
import { CallDesk } from "../shared/call-desk.ts";
import { DEADLOCK, failureOf, limitReached, placeIn } from "../shared/failures.ts";
import { readGuestFailure, toFailure } from "../shared/guest-failure.ts";
import { LANGUAGE_GLOBALS } from "../shared/language-globals.ts";
import { LogBook } from "../shared/log-book.ts";
import { failed, readResult, type Verdict } from "../shared/read-result.ts";
import { GUEST } from "./guest.ts";

/** On a line of its own, which is not counted. */
const STRICT = '"use strict";\n';

/** What GUEST makes of the program's realm. */
type Guest = (ask: Ask, log: (line: string) => void, options: string) => GuestHooks;
type Ask = (
  call: readonly [provider: string, service: string, operation: string, parameters: string],
  stack: string,
  resolve: (json: string) => void,
  fail: (code: string, message: string) => void,
) => void;
interface GuestHooks {
  start(done: (output: string) => void): Promise<void>;
  describe(kind: string, error: unknown): string;
}

/** One run of one program in a realm of its own. */
export class MemoryRun {
  readonly #program: SandboxProgram;
  readonly #clock: Clock;
  readonly #desk: CallDesk;
  readonly #logs: LogBook;
  readonly #sites: string[] = [];
  #decide: (verdict: Verdict) => void = () => {};
  #open = 0;
  #batchBytes = 0;
  #lastPlace = "";

  constructor(program: SandboxProgram, host: SandboxHost, clock: Clock) {
    this.#program = program;
    this.#clock = clock;
    this.#logs = new LogBook(program.limits.maxLogBytes);
    this.#desk = new CallDesk(host, program.limits, (failure, call) =>
      this.#decide(failed({ ...failure, ...placeIn(this.#sites[call] ?? "") })),
    );
  }

  /** Rejects only with the reason of `signal`. */
  async run(signal: AbortSignal): Promise<SandboxOutcome> {
    const over = new AbortController();
    const { limits } = this.#program;
    const verdict = await new Promise<Verdict | undefined>((resolve) => {
      this.#decide = resolve;
      signal.addEventListener("abort", () => resolve(undefined), { once: true, signal: over.signal });
      this.#clock.sleep(limits.timeoutMs, over.signal).then(
        () => resolve(failed({ ...limitReached("timeout", limits), ...placeIn(this.#lastPlace) })),
        () => {},
      );
      this.#begin();
    });
    over.abort();
    this.#desk.end(signal.aborted ? signal.reason : new DOMException("The run has ended.", "AbortError"));
    if (verdict === undefined) throw signal.reason;
    return { logs: this.#logs.lines, droppedLogBytes: this.#logs.droppedBytes, calls: this.#desk.calls, ...verdict };
  }

  #begin(): void {
    const { code, input, seed, nowMs, limits } = this.#program;
    const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    const guest = new Script(GUEST).runInContext(context) as Guest;
    const options = JSON.stringify({ input: input ?? null, seed: seed % 2 ** 32, nowMs, kept: LANGUAGE_GLOBALS });
    const hooks = guest(
      (call, stack, resolve, fail) => this.#ask(call, stack, resolve, fail),
      (line) => this.#logs.add(line),
      options,
    );
    const judge = (output: string) => this.#decide(this.#judge(output));
    let script: Script;
    try {
      script = new Script(STRICT + code, { filename: "program.js", lineOffset: -1 });
    } catch (error) {
      judge(`f${hooks.describe("syntax", withColumn(error))}`);
      return;
    }
    try {
      script.runInContext(context, { timeout: Math.max(1, limits.timeoutMs), displayErrors: false });
    } catch (error) {
      judge(`f${hooks.describe("error", error)}`);
      return;
    }
    void hooks.start(judge);
    this.#watchForDeadlock();
  }

  #ask(call: Parameters<Ask>[0], stack: string, resolve: (json: string) => void, fail: (code: string, message: string) => void): void {
    const [provider, service, operation, json] = call;
    const { limits } = this.#program;
    const number = this.#sites.push(stack) - 1;
    this.#lastPlace = stack;
    if (this.#batchBytes === 0) setImmediate(() => (this.#batchBytes = 0));
    this.#batchBytes += Buffer.byteLength(JSON.stringify(call.slice(0, 3))) + Buffer.byteLength(json);
    if (this.#batchBytes > limits.maxBatchBytes) {
      this.#decide(failed({ ...limitReached("batch-bytes", limits), ...placeIn(stack) }));
      return;
    }
    this.#open++;
    void this.#desk.answer(number, { provider, service, operation, parameters: JSON.parse(json) }).then((reply) => {
      if (reply === undefined) return;
      this.#open--;
      if (reply.ok) resolve(reply.json);
      else fail(reply.code, reply.message);
      this.#watchForDeadlock();
    });
  }

  /** A program that has done all it could, and none of whose calls is under way, will never end. */
  #watchForDeadlock(): void {
    setImmediate(() => {
      if (this.#open === 0) this.#decide(failed(failureOf("deadlock", DEADLOCK)));
    });
  }

  #judge(output: string): Verdict {
    const { limits } = this.#program;
    if (output.startsWith("r")) return readResult(output.slice(1), limits);
    const guest = readGuestFailure(output.slice(1));
    if (guest === undefined) return failed(failureOf("crash", "The program failed without a word."));
    return failed(toFailure(guest, limits, (code) => this.#desk.failedWith(code)));
  }
}

/** V8 tells where code does not parse by the line, and a caret below it. */
function withColumn(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const [, line, caret] = /^program\.js:(\d+)\n.*\n( *)\^/.exec(error.stack ?? "") ?? [];
  const column = (caret?.length ?? 0) + 1;
  const { name, message } = error;
  return line === undefined ? error : { name, message, stack: `program.js:${line}:${column}` };
}
