import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { SANDBOX_LIMITS, type Sandbox, type SandboxHost, type SandboxLimits } from "../../src/contracts/index.ts";
import { createExtism } from "../../src/sandboxes/extism/extism.ts";
import { extism } from "../../src/sandboxes/extism/index.ts";
import { sandboxContract } from "../../src/testing/sandbox-contract.ts";

sandboxContract({ name: "extism()", runner: { describe, it }, createSandbox: () => extism({ pool: 1 }) });

const shared = extism({ pool: 1 });
afterAll(() => shared.close());

function run(sandbox: Sandbox, body: string, call: SandboxHost["call"] = async () => null, limits: Partial<SandboxLimits> = {}) {
  const code = `async function main(input) {\n${body}\n}`;
  const program = { code, input: null, nowMs: 0, seed: 1, limits: { ...SANDBOX_LIMITS, timeoutMs: 10_000, ...limits } };
  return sandbox.run(program, { call }, new AbortController().signal);
}

describe("extism()", () => {
  it("refuses options it does not know", () => {
    expect(() => extism({ pools: 2 } as object)).toThrowError(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
  });

  it("says what to do where the plug-in has not been built", async () => {
    const sandbox = createExtism({}, { path: "/nowhere/plugin.wasm" });
    const missing = expect.objectContaining({
      code: "DEPENDENCY_MISSING",
      hint: expect.objectContaining({ en: expect.stringContaining("npm run build") }),
    });
    await expect(sandbox.load()).rejects.toEqual(missing);
    await expect(sandbox.fingerprint()).rejects.toEqual(missing);
    await expect(run(sandbox, "return 1;")).rejects.toEqual(missing);
    await sandbox.close();
  });

  it("hands over replies of every size, around the size of Extism's buffer too", async () => {
    const buffer = 256 * 1024;
    const near = fc
      .tuple(fc.constantFrom(0, 1, 2, 3), fc.integer({ min: -40, max: 40 }))
      .map(([times, more]) => Math.max(0, times * buffer + more));
    await fc.assert(
      fc.asyncProperty(fc.array(near, { minLength: 1, maxLength: 4 }), async (sizes) => {
        const call: SandboxHost["call"] = async ({ parameters }) => "é".repeat((parameters as { size: number }).size / 2);
        const body = `return (await Promise.all(${JSON.stringify(sizes)}.map((size) => cloud.call("p", "s", "o", { size })))).map((text) => text.length);`;
        expect(await run(shared, body, call)).toMatchObject({ ok: true, value: sizes.map((size) => Math.floor(size / 2)) });
      }),
      { numRuns: 25 },
    );
  });

  it("makes the same calls in the same order whether replies come together or one by one", async () => {
    const body = `const long = async () => { await cloud.call("p", "s", "a"); await null; await null; await cloud.call("p", "s", "long"); };
const short = async () => { await cloud.call("p", "s", "b"); await cloud.call("p", "s", "short"); };
await Promise.all([long(), short()]);`;
    const orderOf = async (turns: number) => {
      const order: string[] = [];
      const call: SandboxHost["call"] = async ({ operation }) => {
        order.push(operation);
        if (operation === "b") for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      };
      expect(await run(shared, body, call)).toMatchObject({ ok: true });
      return order;
    };
    expect(await orderOf(0)).toEqual(["a", "b", "long", "short"]);
    expect(await orderOf(500)).toEqual(["a", "b", "long", "short"]);
  });

  it("frees what crossed over: many times the room that there is", async () => {
    const body = `let sum = 0; for (let i = 0; i < 20; i++) sum += (await cloud.call("p", "s", "o", { text: "x".repeat(5e5) })).length; return sum;`;
    expect(await run(shared, body, async () => "x".repeat(4_000_000), { timeoutMs: 50_000 })).toMatchObject({
      ok: true,
      value: 80_000_000,
    });
  }, 60_000);

  it("says that memory is used up where replies together have no room", async () => {
    const body = `const all = []; for (;;) all.push(await cloud.call("p", "s", "o"));`;
    expect(await run(shared, body, async () => "x".repeat(4_000_000), { timeoutMs: 50_000 })).toMatchObject({
      ok: false,
      failure: { kind: "memory" },
    });
  }, 60_000);

  it("counts what a program logged before it was ended", async () => {
    const outcome = await run(shared, `for (;;) console.log("x".repeat(99));`, undefined, { timeoutMs: 200, maxLogBytes: 250 });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: "timeout" }, logs: ["x".repeat(99), "x".repeat(99)] });
    expect(outcome.droppedLogBytes).toBeGreaterThan(0);
    expect(outcome.droppedLogBytes % 100).toBe(0);
  });

  it("keeps no process alive, while it waits or when it is closed, however runs ended", () => {
    const script = fileURLToPath(new URL("ended-runs.ts", import.meta.url));
    for (const mode of ["idle", "closed"]) {
      const output = execFileSync(process.execPath, ["--conditions=@nephoscope/source", script, mode], {
        encoding: "utf8",
        timeout: 30_000,
        stdio: "pipe",
      });
      expect(JSON.parse(output)).toEqual({ mode, kinds: ["timeout"] });
    }
  }, 60_000);
});
