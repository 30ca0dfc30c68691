import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { nodeRuntime, Orchestrator, type RunEvent } from "../../src/index.ts";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { EVERY_CLOUD } from "./every-cloud.ts";
import { CLOCK, NOW_MS } from "./standing-clock.ts";

/** Names of fields of `/_emulator/credentials` that nobody but the provider may see. */
const SECRET_FIELDS = /secret|private_key$/i;

let emulator: Emulator;
let secrets: readonly string[];

beforeAll(async () => {
  emulator = await startEmulator({ instances: 12, seed: 7, now: () => NOW_MS });
  const handedOut: unknown = await (await fetch(`${emulator.url}/_emulator/credentials`)).json();
  secrets = secretsIn(handedOut);
  // One of each cloud; of Google's key a line in its middle.
  expect(secrets.length).toBeGreaterThanOrEqual(EVERY_CLOUD.length);
}, 60_000);
afterAll(() => emulator.close());

function secretsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") return SECRET_FIELDS.test(name) ? [value.split("\n")[1] ?? value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, key));
}

function expectNowhere(text: string): void {
  for (const secret of secrets) expect(text.includes(secret), `${secret.slice(0, 4)}…`).toBe(false);
}

describe("the secrets of no cloud leave its provider", () => {
  test.each(["throttle", "500", "malformed", "expired"])(
    "while lists and metrics go wrong (%s): events, store and what a program can print",
    async (kind) => {
      const faults = EVERY_CLOUD.flatMap(({ id, list, metrics }) => [`${id}:${list}:${kind}:1`, `${id}:${metrics}:${kind}`]);
      const reply = await fetch(`${emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
      expect(reply.status).toBe(200);
      const folder = await mkdtemp(join(tmpdir(), "secrets-"));
      try {
        const path = join(folder, "runs.db");
        const providers = EVERY_CLOUD.map(({ create }) => create({}, emulator));
        const events: RunEvent[] = [];
        {
          await using orchestrator = new Orchestrator({ providers, store: sqlite({ path }), runtime: { clock: CLOCK, random: () => 0 } });
          for await (const event of orchestrator.stream("which servers have CPU over 80%")) events.push(event);
        }
        expect(events.at(-1)?.type).toMatch(/^run-/);
        expectNowhere(JSON.stringify(events));
        expectNowhere(inspect(events, { depth: 20 }));
        expectNowhere((await readFile(path)).toString("latin1"));
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );

  test.each(EVERY_CLOUD)("$id: by a look at the credentials, working or not", async ({ id, create }) => {
    for (const faults of [[], [`${id}:*:expired`]]) {
      await fetch(`${emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
      const provider = create({}, emulator);
      const { signal } = new AbortController();
      const check = await provider.check({
        signal,
        runtime: nodeRuntime(),
        call: (_operation, _scope, send) => send(signal),
        shared: (_key, start) => start(),
        note() {},
      });
      expect(check.status).toBe(faults.length === 0 ? "ok" : "failed");
      expectNowhere(JSON.stringify(check));
      expectNowhere(inspect(check, { depth: 20, showHidden: true }));
      await provider.close?.();
    }
  });
});
