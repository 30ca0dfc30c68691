import assert from "node:assert/strict";
import type { SandboxHost } from "../contracts/index.ts";
import { failure, main, type SandboxTest, value } from "./sandbox-subject.ts";

/** Limits, each told as itself, and what ends a run from outside. */
export function limitsContract(test: SandboxTest): void {
  const ten = main(`await Promise.all(Array.from({ length: 10 }, (_, id) => cloud.call("p", "s", "o", { id })));`);

  test("ends a run after its last call", async (run) => {
    assert.equal(value(await run({ code: ten, maxCalls: 10 })), null);
    const outcome = await run({ code: ten, maxCalls: 9 });
    assert.equal(failure(outcome, "calls").line, 2);
    assert.equal(outcome.calls, 9);
  });

  test("ends a run whose calls, replies or result are too large", async (run) => {
    const big = main(`return (await cloud.call("p", "s", "o", { text: "x".repeat(5_000) })).length;`);
    const reply = async () => "x".repeat(5_000);
    assert.equal(value(await run({ code: big, maxBatchBytes: 6_000, maxReplyBytes: 6_000 }, reply)), 5_000);
    assert.equal(failure(await run({ code: big, maxBatchBytes: 4_000 }, reply), "batch-bytes").line, 2);
    assert.equal(failure(await run({ code: big, maxReplyBytes: 4_000 }, reply), "reply-bytes").line, 2);
    const result = main(`return "é".repeat(2_000);`);
    assert.equal((value(await run({ code: result, maxResultBytes: 4_002 })) as string).length, 2_000);
    failure(await run({ code: result, maxResultBytes: 4_001 }), "result-bytes");
  });

  test("drops what is logged beyond the limit, counts it, and goes on", async (run) => {
    const code = main(`for (let i = 0; i < 100; i++) console.log("123456789"); return "done";`);
    const outcome = await run({ code, maxLogBytes: 35 });
    assert.equal(value(outcome), "done");
    assert.deepEqual(outcome.logs, ["123456789", "123456789", "123456789"]);
    assert.equal(outcome.droppedLogBytes, 970);
  });

  test("ends a run while it waits for a call, and the call with it", async (run) => {
    let ended: unknown;
    const forever = untilEnded((reason) => {
      ended = reason;
    });
    const outcome = await run({ code: main(`await cloud.call("p", "s", "o", {});`), timeoutMs: 1_000 }, forever);
    assert.equal(failure(outcome, "timeout").line, 2);
    assert.ok(ended instanceof Error);
  });

  test("stops with the reason of its signal, and ends the calls under way", async (run) => {
    const reason = new Error("stopped by the contract");
    await assert.rejects(run(main("return 1;"), undefined, AbortSignal.abort(reason)), reason);
    const stop = new AbortController();
    let ended: unknown;
    const forever = untilEnded((endReason) => {
      ended = endReason;
    });
    const call: SandboxHost["call"] = (made, signal) => {
      setImmediate(() => stop.abort(reason));
      return forever(made, signal);
    };
    await assert.rejects(run(main(`await cloud.call("p", "s", "o", {});`), call, stop.signal), reason);
    assert.equal(ended, reason);
  });
}

/** A host whose calls only ever end with their run. */
function untilEnded(tell: (reason: unknown) => void): SandboxHost["call"] {
  return (_call, signal) =>
    new Promise((_resolve, reject) => {
      const end = () => {
        tell(signal.reason);
        reject(signal.reason);
      };
      signal.addEventListener("abort", end, { once: true });
    });
}

/** What is told of a program that fails, and where. */
export function failuresContract(test: SandboxTest): void {
  test("says where code does not parse", async (run) => {
    for (const [code, line] of [
      ["const a = ;", 1],
      ["async function main() {\n  return 1;\n}\n\n  let b = = 2;", 5],
      ["async function main() { delete input; with ({}) {} }", 1],
    ] as const) {
      const { line: at, column } = failure(await run(code), "syntax");
      assert.equal(at, line, code);
      assert.ok(column !== null && column > 0);
    }
    assert.equal(failure(await run("const a = ;"), "syntax").column, 11);
  });

  test("says where it threw, also where it had waited before", async (run) => {
    for (const [code, line] of [
      ["const a = 1;\nnull.a;\nasync function main() {}", 2],
      [main("  throw new TypeError('odd');"), 2],
      [main("  await null;\n\n  await cloud.call('p', 's', 'o', {});\n  (() => { throw new TypeError('odd'); })();"), 5],
    ] as const) {
      const { line: at, message, code: failed } = failure(await run(code), "error");
      assert.equal(at, line, code);
      assert.match(message, /^TypeError: /);
      assert.equal(failed, null);
    }
    const { line, column } = failure(await run("null.a"), "error");
    assert.equal(line, 1);
    assert.ok(column !== null && column <= 6, `a column of the code as it was given: ${column}`);
  });

  test("says what was thrown that is no error, at most 2,000 characters of it", async (run) => {
    assert.equal(failure(await run(main("throw 'a word';")), "error").message, "a word");
    assert.equal(failure(await run(main("throw { message: 'x'.repeat(1e5) };")), "error").message.length, 2_000);
    failure(
      await run(
        main("throw { get message() { throw 1; }, get stack() { throw 2; }, get name() { throw 3; }, [Symbol.toPrimitive]: 1, a: 1 };\n"),
      ),
      "error",
    );
  });

  test("says that there is no main, and that nothing will ever happen", async (run) => {
    assert.match(failure(await run("const a = 1;"), "error").message, /main/);
    failure(await run(main("await new Promise(() => {});")), "deadlock");
    failure(await run(main("await cloud.call('p', 's', 'o', {}); await new Promise(() => {});")), "deadlock");
  });
}

/** For sandboxes that are a boundary. */
export function containmentContract(test: SandboxTest): void {
  test("ends programs that compute without end", async (run) => {
    for (const body of ["for (;;);", "for (;;) await null;", `return /^(a+)+$/.test("a".repeat(40) + "b");`])
      failure(await run({ code: main(body), timeoutMs: 200 }), "timeout");
  });

  test("ends programs that take more memory than they may", async (run) => {
    failure(
      await run({ code: main("const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));"), memoryBytes: 16 * 1024 * 1024 }),
      "memory",
    );
    failure(
      await run({ code: main(`const all = []; for (;;) all.push("x".repeat(1e6) + all.length);`), memoryBytes: 16 * 1024 * 1024 }),
      "memory",
    );
  });
}
