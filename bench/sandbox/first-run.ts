// A process of its own: prints how long the first run took, from the first import on.
import { mainOf } from "./programs.ts";

const startMs = performance.now();
const { extism } = await import("../../src/sandboxes/extism/index.ts");
const { SANDBOX_LIMITS } = await import("../../src/contracts/index.ts");
const sandbox = extism();
const program = { code: mainOf("nothing"), input: null, nowMs: 0, seed: 1, limits: SANDBOX_LIMITS };
await sandbox.run(program, { call: async () => null }, new AbortController().signal);
process.stdout.write(String(performance.now() - startMs));
await sandbox.close();
