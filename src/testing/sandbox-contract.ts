import assert from "node:assert/strict";
import type { Sandbox, SandboxCall, SandboxHost } from "../contracts/index.ts";
import { ConfigurationError } from "../errors/index.ts";
import type { TestRunner } from "./provider-contract.ts";
import { containmentContract, failuresContract, limitsContract } from "./sandbox-limits-contract.ts";
import { failure, main, NOW_MS, runWith, type SandboxTest, value } from "./sandbox-subject.ts";

export interface SandboxContractOptions {
  readonly name: string;
  readonly runner: TestRunner;
  createSandbox(): Sandbox | Promise<Sandbox>;
  /** Whether it ends programs that compute without end, or take all memory. One that does not is no boundary. @defaultValue true */
  readonly contains?: boolean;
}

/** Registers the tests that every sandbox passes. */
export function sandboxContract({ name, runner, createSandbox, contains = true }: SandboxContractOptions): void {
  const test: SandboxTest = (title, body) =>
    runner.it(title, async () => {
      const sandbox = await createSandbox();
      try {
        await body(runWith(sandbox), sandbox);
      } finally {
        await sandbox.close();
      }
    });
  runner.describe(`${name} keeps the sandbox contract`, () => {
    resultsContract(test);
    callsContract(test);
    limitsContract(test);
    failuresContract(test);
    isolationContract(test);
    if (contains) containmentContract(test);
  });
}

function resultsContract(test: SandboxTest): void {
  test("names itself and its engine", async (_run, sandbox) => {
    assert.equal(sandbox.contractVersion, "sandbox-v1");
    assert.match(sandbox.id, /^[a-z][a-z0-9-]*$/);
    await Promise.all([sandbox.load(), sandbox.load()]);
    assert.match(await sandbox.fingerprint(), /^[0-9a-f]{64}$/);
    assert.equal(await sandbox.fingerprint(), await sandbox.fingerprint());
  });

  test("gives `main` its input, and what it resolves to back", async (run) => {
    const input = { text: "名字 \u2028 \0 \ud83d\ude00", list: [1, 2.5, null, true], nested: { a: {} } };
    const outcome = await run({ code: main("return { got: input, sum: input.list[0] + input.list[1] };"), input });
    assert.deepEqual(value(outcome), { got: input, sum: 3.5 });
    assert.deepEqual({ logs: outcome.logs, droppedLogBytes: outcome.droppedLogBytes, calls: outcome.calls }, NOTHING_ELSE);
  });

  test("takes nothing for null", async (run) => {
    assert.equal(value(await run(main(""))), null);
    assert.equal(value(await run(main("return undefined;"))), null);
  });

  test("refuses results that are no JSON", async (run) => {
    for (const body of ["return () => 1;", "return { a: [Symbol()] };", "const a = {}; a.a = a; return a;", "return { n: 5n };"])
      failure(await run(main(body)), "result");
    for (const body of [`return JSON.parse('{"__proto__":{"a":1}}');`, "let a = []; for (let i = 0; i < 500; i++) a = [a]; return a;"])
      failure(await run(main(body)), "result");
  });

  test("keeps what is logged, in order", async (run) => {
    const outcome = await run(main(`console.log("a", 1, true, null, undefined, { b: [2] }); console.log(); console.log(new Error("c"));`));
    value(outcome);
    assert.deepEqual(outcome.logs, ['a 1 true null undefined {"b":[2]}', "", "Error: c"]);
  });

  test("shows the time and the chance it is given, and no other", async (run) => {
    const body = "return [Date.now(), new Date().toISOString(), Math.random(), Math.random(), Math.random()];";
    const first = value(await run({ code: main(body), seed: 1 })) as number[];
    assert.deepEqual(first.slice(0, 2), [NOW_MS, new Date(NOW_MS).toISOString()]);
    assert.equal(new Set(first.slice(2)).size, 3);
    for (const number of first.slice(2)) assert.ok(number >= 0 && number < 1);
    assert.deepEqual(value(await run({ code: main(body), seed: 1 })), first);
    assert.notDeepEqual(value(await run({ code: main(body), seed: 2 })), first);
    assert.equal((value(await run({ code: main(body), nowMs: 0 })) as number[])[0], 0);
  });
}

const NOTHING_ELSE = { logs: [], droppedLogBytes: 0, calls: 0 };

function callsContract(test: SandboxTest): void {
  test("hands calls to the host as they were made, and replies back", async (run) => {
    const seen: SandboxCall[] = [];
    const outcome = await run(
      main(`return [await cloud.call("p", "s", "o", { a: [1, { b: "é" }] }), await cloud.call("p", "s", "o2")];`),
      async (call) => {
        seen.push(call);
        return { reply: seen.length };
      },
    );
    assert.deepEqual(value(outcome), [{ reply: 1 }, { reply: 2 }]);
    assert.deepEqual(seen, [
      { provider: "p", service: "s", operation: "o", parameters: { a: [1, { b: "é" }] } },
      { provider: "p", service: "s", operation: "o2", parameters: {} },
    ]);
    assert.equal(outcome.calls, 2);
  });

  test("lets calls that are made together overlap, up to the limit, and the others wait", async (run) => {
    let under = 0;
    let most = 0;
    const call: SandboxHost["call"] = async ({ parameters }) => {
      most = Math.max(most, ++under);
      // Answers only once all that may come have come.
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      under--;
      return parameters;
    };
    const code = main(`return Promise.all([1, 2, 3, 4, 5, 6, 7].map((id) => cloud.call("p", "s", "o", { id })));`);
    const all = [1, 2, 3, 4, 5, 6, 7].map((id) => ({ id }));
    assert.deepEqual(value(await run({ code, maxConcurrentCalls: 7 }, call)), all);
    assert.equal(most, 7);
    most = 0;
    assert.deepEqual(value(await run({ code, maxConcurrentCalls: 3 }, call)), all);
    assert.equal(most, 3);
  });

  test("tells the program of a failed call by code and message, and of a failure that is not ours by nothing", async (run) => {
    const call: SandboxHost["call"] = async ({ operation }) => {
      if (operation === "ours") throw new ConfigurationError({ code: "CONFIGURATION_INVALID", message: { en: "No.", zh: "不。" } });
      throw Object.assign(new Error("a secret"), { code: "SECRET", secret: "x" });
    };
    const code = main(`const seen = [];
for (const name of ["ours", "other"]) try { await cloud.call("p", "s", name, {}); } catch (error) {
  seen.push([error instanceof Error, error.code, error.message, Object.keys(error)]);
}
return seen;`);
    const [ours, other] = value(await run(code, call)) as [unknown[], unknown[]];
    assert.deepEqual(ours, [true, "CONFIGURATION_INVALID", "No.", []]);
    assert.deepEqual([other[0], other[1], other[3]], [true, "INTERNAL", []]);
    assert.doesNotMatch(JSON.stringify(other), /secret/i);
    const uncaught = failure(await run(main(`await cloud.call("p", "s", "ours", {});`), call), "error");
    assert.deepEqual([uncaught.code, uncaught.line], ["CONFIGURATION_INVALID", 2]);
    const made = failure(await run(main(`throw Object.assign(new Error("x"), { code: "CONFIGURATION_INVALID" });`)), "error");
    assert.equal(made.code, null, "a code that no call failed with is not believed");
  });

  test("refuses names that are no strings, and parameters that are no JSON", async (run) => {
    const calls = [
      "1, 's', 'o', {}",
      "'p', null, 'o', {}",
      "'p', 's', { toString: () => 'o' }, {}",
      "'p', 's', 'o', () => 1",
      "'p', 's', 'o', 5n",
    ];
    for (const words of calls) {
      const outcome = await run(main(`await cloud.call(${words});`));
      failure(outcome, "error");
      assert.equal(outcome.calls, 0, words);
    }
  });

  test("makes the same calls in the same order again", async (run) => {
    const code = main(`const order = [];
const step = async (id) => { for (let i = 0; i < 3; i++) order.push((await cloud.call("p", "s", "o", { id, i, r: Math.random(), t: Date.now() })).n); };
await Promise.all([1, 2, 3].map(step));
return order;`);
    const once = async () => {
      const calls: unknown[] = [];
      const result = value(await run({ code, maxConcurrentCalls: 1 }, async (call) => ({ n: calls.push(call) })));
      return { calls, result };
    };
    assert.deepEqual(await once(), await once());
  });
}

function isolationContract(test: SandboxTest): void {
  test("gives a program the language, `cloud.call` and `console.log`, and nothing else", async (run) => {
    const code = main(`const own = (object) => Reflect.ownKeys(object).map(String).sort();
return { globals: own(globalThis), cloud: own(cloud), console: own(console), frozen: [cloud, console, cloud.call].map(Object.isFrozen), self: this === undefined };`);
    const seen = value(await run(code)) as Record<string, string[]>;
    assert.deepEqual([seen.cloud, seen.console, seen.frozen, seen.self], [["call"], ["log"], [true, true, true], true]);
    const odd = seen.globals?.filter((name) => !/^([A-Z]\w*)?(Array|Error|Map|Set)$/.test(name) && !KNOWN_GLOBALS.has(name));
    assert.deepEqual(odd, []);
    for (const name of ["cloud", "console", "Promise", "JSON", "Map"]) assert.ok(seen.globals?.includes(name), name);
  });

  test("compiles nothing at run time, and imports nothing", async (run) => {
    for (const body of [
      "eval('1')",
      "(0, eval)('1')",
      "globalThis.eval('1')",
      "new Function('return 1')()",
      "Function('return 1')()",
      "(async () => {}).constructor('return 1')()",
      "(function* () {}).constructor('yield 1')()",
      "(async function* () {}).constructor('yield 1')()",
      "Reflect.construct(Function, ['return 1'])()",
      "await import('node:fs')",
      "await import('data:text/javascript,export default 1')",
    ])
      failure(await run(main(`return String(${body});`)), "error");
  });

  test("leaves nothing behind for the next run", async (run) => {
    await run(`globalThis.left = 1; Object.prototype.left = 2; Array.prototype.map = null; JSON.stringify = null; ${main("")}`);
    assert.deepEqual(value(await run(main("return [typeof left, typeof {}.left, [1].map((x) => x + 1)];"))), [
      "undefined",
      "undefined",
      [2],
    ]);
  });

  test("keeps runs at the same time apart", async (run) => {
    const runs = Array.from({ length: 6 }, (_, id) =>
      run(
        { code: main(`globalThis.id = input; return [id, (await cloud.call("p", "s", "o", { id })).id];`), input: id },
        async ({ parameters }) => parameters,
      ),
    );
    assert.deepEqual(
      (await Promise.all(runs)).map(value),
      [0, 1, 2, 3, 4, 5].map((id) => [id, id]),
    );
  });

  test("hands replies over as plain data", async (run) => {
    const reply = async () => JSON.parse('{"__proto__":{"polluted":true},"then":1,"toJSON":2,"constructor":{"prototype":{}}}');
    const code = main(`const reply = await cloud.call("p", "s", "o", {});
return [Object.getPrototypeOf(reply) === Object.prototype, typeof {}.polluted, Object.keys(reply)];`);
    assert.deepEqual(value(await run(code, reply)), [true, "undefined", ["__proto__", "then", "toJSON", "constructor"]]);
  });
}

const KNOWN_GLOBALS = new Set([
  ..."ArrayBuffer BigInt Boolean DataView Date Function Infinity Iterator JSON Math NaN Number Object Promise Proxy Reflect".split(" "),
  ..."RegExp String Symbol cloud console main eval globalThis undefined isFinite isNaN parseFloat parseInt".split(" "),
  ..."decodeURI decodeURIComponent encodeURI encodeURIComponent Symbol(Symbol.toStringTag)".split(" "),
]);
