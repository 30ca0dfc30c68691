import { createContext, runInContext } from "node:vm";
import { newQuickJSWASMModule, type QuickJSContext } from "quickjs-emscripten";
import { SANDBOX_LIMITS } from "../../src/contracts/index.ts";
import { extism } from "../../src/sandboxes/extism/index.ts";
import type { SandboxContender } from "./programs.ts";

/** Ours. With a pool, a sandbox is ready before it is asked for; without, it is made for the run. */
export function ours(pool: number): SandboxContender {
  const sandbox = extism({ pool });
  return {
    name: pool > 0 ? "nephoscope, sandbox ready" : "nephoscope, sandbox made for the run",
    async settle() {
      await sandbox.load();
      // The pool has no event of its own; a new sandbox takes a tenth of this.
      if (pool > 0) await new Promise((resolve) => setTimeout(resolve, 400));
    },
    async run(code) {
      const program = { code, input: null, nowMs: 0, seed: 1, limits: { ...SANDBOX_LIMITS, maxConcurrentCalls: 200 } };
      const outcome = await sandbox.run(program, { call: async ({ parameters }) => parameters }, new AbortController().signal);
      if (!outcome.ok) throw new Error(outcome.failure.message);
      return outcome.value;
    },
    close: () => sandbox.close(),
  };
}

/** The same engine, compiled by another project, in this thread: no worker to start, and nothing that ends a loop from outside. */
export const QUICKJS_EMSCRIPTEN: SandboxContender = {
  name: "quickjs-emscripten, a new module per run",
  async settle() {},
  async run(code) {
    const module = await newQuickJSWASMModule();
    const context = module.newContext();
    addCloud(context);
    context.unwrapResult(context.evalCode(code)).dispose();
    const promise = context.unwrapResult(context.evalCode("main(null)"));
    const settled = context.resolvePromise(promise);
    context.runtime.executePendingJobs();
    const value = context.unwrapResult(await settled);
    return context.dump(value);
  },
  async close() {},
};

function addCloud(context: QuickJSContext): void {
  const call = context.newFunction("call", (_provider, _service, _operation, parameters) => {
    const reply = context.dump(parameters);
    const deferred = context.newPromise();
    void Promise.resolve().then(() => {
      deferred.resolve(context.unwrapResult(context.evalCode(`(${JSON.stringify(reply)})`)));
      context.runtime.executePendingJobs();
    });
    return deferred.handle;
  });
  const cloud = context.newObject();
  context.setProp(cloud, "call", call);
  context.setProp(context.global, "cloud", cloud);
}

/** The least it can cost in JavaScript, and no boundary at all. */
export const NODE_VM: SandboxContender = {
  name: "node:vm, no boundary",
  async settle() {},
  async run(code) {
    const cloud = { call: async (_provider: string, _service: string, _operation: string, parameters: unknown) => parameters };
    return runInContext(`${code}\nmain(null)`, createContext({ cloud }));
  },
  async close() {},
};
