import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/contracts/index.ts";
import { claimRun } from "../../src/pipeline/run-claim.ts";
import { DEFAULT_LIMITS } from "../../src/pipeline/run-options.ts";
import { memory } from "../../src/stores/memory/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";

const DAY_MS = 24 * 60 * 60_000;

/** A run whose last event is long ago, and two processes that cannot tell of each other whether they are there. */
async function waitingRun() {
  const store = memory();
  const runtime = fakeRuntime({ nowMs: 10 * DAY_MS });
  const paused = { type: "plan-start", runId: "r1", sequence: 0, timestampMs: DAY_MS } as RunEvent;
  await store.appendEvents([paused]);
  let processes = 0;
  const holders = { create: () => `machine-${++processes}/1`, isGone: () => false };
  return { runtime, claim: () => claimRun("r1", { store, holders, runtime, limits: DEFAULT_LIMITS }) };
}

describe("the claim on a run", () => {
  it("is not taken from who has claimed it just now, however long the run had waited", async () => {
    const { claim } = await waitingRun();
    await claim();
    await expect(claim()).rejects.toMatchObject({ code: "RUN_HELD" });
  });

  it("is taken over from one elsewhere that has told nothing for a long time", async () => {
    const { claim, runtime } = await waitingRun();
    await claim();
    await runtime.clock.advance(DAY_MS);
    await claim();
  });

  it("is free again once it is let go", async () => {
    const { claim } = await waitingRun();
    const release = await claim();
    await release();
    await claim();
  });
});
