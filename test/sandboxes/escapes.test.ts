import { afterAll, describe, expect, it } from "vitest";
import { SANDBOX_LIMITS, type Sandbox, type SandboxCall, type SandboxHost } from "../../src/contracts/index.ts";
import { createExtism } from "../../src/sandboxes/extism/extism.ts";
import type { Guards } from "../../src/sandboxes/extism/guards.ts";
import { INTRINSICS } from "../../src/sandboxes/extism/program-input.ts";
import { ENGINE, ESCAPED, type Escape, OURS, type Seen } from "./escapes/escape.ts";
import { EXHAUST } from "./escapes/exhaust.ts";
import { FORGE } from "./escapes/forge.ts";
import { REACH } from "./escapes/reach.ts";
import { TAMPER } from "./escapes/tamper.ts";

const ESCAPES = [...REACH, ...TAMPER, ...FORGE, ...EXHAUST];
const EVAL = 1 << 1;
const ALL_BUT_EVAL = 0x1fff & ~EVAL;

/** Each change must change something, else a test would show nothing. */
function rewrite(...changes: readonly (readonly [from: string, to: string])[]): Guards["prelude"] {
  return (text) =>
    changes.reduce((changed, [from, to]) => {
      if (!changed.includes(from)) throw new Error(`The prelude has no ${from}`);
      return changed.replaceAll(from, to);
    }, text);
}

/** How to leave a guard away. Limits have none here: their rows say which limits are none. */
const WITHOUT: Partial<Record<Escape["guard"], Partial<Guards>>> = {
  NO_COMPILER: { intrinsics: INTRINSICS | EVAL },
  LANGUAGE_ONLY: { intrinsics: ALL_BUT_EVAL, prelude: rewrite(["!kept.includes(key)", "false"]) },
  STACK_HOOKS: { prelude: rewrite(["deleteProperty(CallError, key)", "0"]) },
  FIXED_BRIDGE: {
    prelude: rewrite(
      ["writable: !fixed, configurable: !fixed", "writable: true, configurable: true"],
      ["const { create, defineProperty, freeze } = Object;", "const { create, defineProperty } = Object; const freeze = (one) => one;"],
    ),
  },
  TAKEN_EARLY: {
    prelude: rewrite(
      [
        "const { parse, stringify } = JSON;",
        "const parse = (...words) => JSON.parse(...words), stringify = (...words) => JSON.stringify(...words);",
      ],
      [
        "const { apply, deleteProperty, ownKeys } = Reflect;",
        "const { deleteProperty, ownKeys } = Reflect; const apply = (...words) => Reflect.apply(...words);",
      ],
      [
        "const { create, defineProperty, freeze } = Object;",
        "const { create, freeze } = Object; const defineProperty = (...words) => Object.defineProperty(...words);",
      ],
      [
        `const { get: readStack } = Object.getOwnPropertyDescriptor(Error.prototype, "stack");`,
        "const readStack = function () { return this.stack; };",
      ],
      ["new CallPromise(", "new Promise("],
      ["new CallError(", "new Error("],
    ),
  },
  NO_PROTOTYPES: { prelude: rewrite(["create(null)", "({})"], ["__proto__: null, ", ""]) },
  STRICT_BATCH: { strictBatch: false },
  PLAIN_RESULT: { plainResult: false },
  WATCHDOG: { watchdog: false },
};

const guarded = createExtism({ pool: 2 });
afterAll(() => guarded.close());

async function attempt(sandbox: Sandbox, row: Escape, limits: Escape["limits"] = row.limits) {
  const calls: SandboxCall[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const call: SandboxHost["call"] = async (made, signal) => {
    calls.push(made);
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce--;
    if (made.operation === "boom") throw new Error("boom");
    if (made.operation === "slow") return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    return made.operation === "big" ? "x".repeat(2_000_000) : made;
  };
  const program = { code: row.code, input: null, nowMs: 0, seed: 1, limits: { ...SANDBOX_LIMITS, timeoutMs: 30_000, ...limits } };
  const startMs = performance.now();
  const outcome = await sandbox.run(program, { call }, new AbortController().signal);
  const seen: Seen = { calls, mostAtOnce, wallMs: performance.now() - startMs };
  return { outcome, escaped: row.escaped?.(outcome, seen) ?? (outcome.ok && outcome.value === ESCAPED) };
}

async function expectStopped(row: Escape): Promise<void> {
  const prelude = row.prelude;
  const sandbox = prelude === undefined ? guarded : createExtism({ pool: 0 }, { guards: { prelude } });
  const { outcome, escaped } = await attempt(sandbox, row);
  expect(escaped, JSON.stringify(outcome).slice(0, 500)).toBe(false);
  expect(outcome.ok ? null : outcome.failure.kind, JSON.stringify(outcome).slice(0, 500)).toBe(row.ends);
}

async function expectEscaped(row: Escape): Promise<void> {
  const guards = { ...WITHOUT[row.guard], ...(row.prelude === undefined ? {} : { prelude: row.prelude }) };
  const sandbox = createExtism({ pool: 0 }, { guards });
  const { outcome, escaped } = await attempt(sandbox, row, row.without ?? row.limits);
  expect(escaped, JSON.stringify(outcome).slice(0, 500)).toBe(true);
}

// Computing until a limit is reached takes seconds where other work goes on beside it.
describe("attempts to escape", { timeout: 60_000 }, () => {
  it("are many, each under a name of its own, and every guard of ours is tried", () => {
    expect(ESCAPES.length).toBeGreaterThanOrEqual(90);
    expect(new Set(ESCAPES.map(({ name }) => name)).size).toBe(ESCAPES.length);
    expect(Object.keys(OURS).filter((guard) => !ESCAPES.some(({ guard: used }) => used === guard))).toEqual([]);
  });

  for (const row of ESCAPES) it(`${row.guard} stops ${row.name}`, () => expectStopped(row));

  const ours = ESCAPES.filter(({ guard, without, escaped }) => guard in OURS && (without !== undefined || escaped?.length !== 0));
  for (const row of ours) it(`without ${row.guard} there is ${row.name}`, () => expectEscaped(row));

  it("leave nothing behind", async () => {
    const code = `async function main() { return [Reflect.ownKeys(globalThis).length, typeof {}.admin, (await cloud.call("p", "s", "o")).operation]; }`;
    const { outcome } = await attempt(guarded, { name: "", code, guard: "LANGUAGE", ends: null });
    const { outcome: fresh } = await attempt(createExtism({ pool: 0 }), { name: "", code, guard: "LANGUAGE", ends: null });
    expect(outcome).toEqual(fresh);
    expect(outcome).toMatchObject({ ok: true, value: [expect.any(Number), "undefined", "o"] });
  });

  it("name each guard of the engine", () => {
    expect(Object.keys(ENGINE).filter((guard) => !ESCAPES.some(({ guard: used }) => used === guard))).toEqual([]);
  });
});
