// A process of its own: ends runs at many moments, some in the middle of a large reply, and then has nothing more to do.
import { SANDBOX_LIMITS } from "../../src/contracts/index.ts";
import { extism } from "../../src/sandboxes/extism/index.ts";

const [mode] = process.argv.slice(2);
const sandbox = extism({ pool: 1 });
await sandbox.load();
const reply = "x".repeat(3_000_000);
const code = `async function main() { for (;;) await Promise.all([1, 2, 3].map(() => cloud.call("p", "s", "o"))); }`;
const kinds = new Set<string>();
for (let timeoutMs = 20; timeoutMs < 320; timeoutMs += 15) {
  const limits = { ...SANDBOX_LIMITS, timeoutMs };
  const outcome = await sandbox.run(
    { code, input: null, nowMs: 0, seed: 1, limits },
    { call: async () => reply },
    new AbortController().signal,
  );
  kinds.add(outcome.ok ? "ok" : outcome.failure.kind);
}
process.stdout.write(JSON.stringify({ mode, kinds: [...kinds] }));
if (mode === "closed") await sandbox.close();
