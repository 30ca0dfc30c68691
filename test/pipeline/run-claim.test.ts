import { describe, expect, it } from "vitest";
import type { StoreError } from "../../src/errors/index.ts";
import { claimRun } from "../../src/pipeline/run-claim.ts";
import { memory } from "../../src/stores/memory/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";

const SECOND_MS = 1_000;

/** A run, and processes that cannot tell of each other whether they are there. */
function sharedRun() {
  const store = memory();
  const { clock, ...runtime } = fakeRuntime({ jumps: false });
  let processes = 0;
  const holders = { create: () => `machine-${++processes}/1//x`, isGone: () => false };
  const lost: StoreError[] = [];
  return {
    clock,
    store,
    lost,
    /** `suspended`: of a process that does nothing from now on, because its machine sleeps or it was killed. */
    claim({ suspended = false, store: through = store } = {}) {
      const sleep = suspended ? () => new Promise<void>(() => {}) : clock.sleep.bind(clock);
      const own = { now: () => clock.now(), sleep };
      return claimRun("r1", { store: through, holders, runtime: { ...runtime, clock: own } }, (error) => lost.push(error));
    },
  };
}

describe("the claim on a run", () => {
  it("is not taken from who has claimed it just now", async () => {
    const { claim } = sharedRun();
    await claim();
    await expect(claim()).rejects.toMatchObject({ code: "RUN_HELD" });
  });

  it("is not taken from who drives it for however long, and is free again once it is let go", async () => {
    const { claim, clock, lost } = sharedRun();
    const release = await claim();
    await clock.advance(3_600 * SECOND_MS);
    await expect(claim()).rejects.toMatchObject({ code: "RUN_HELD" });
    await release();
    await clock.advance(60 * SECOND_MS);
    await claim();
    expect(lost).toEqual([]);
  });

  it("is taken over from one elsewhere that is silent for more than a minute, and no sooner", async () => {
    const { claim, clock } = sharedRun();
    await claim({ suspended: true });
    await clock.advance(60 * SECOND_MS);
    await expect(claim()).rejects.toMatchObject({ code: "RUN_HELD" });
    await clock.advance(1);
    await claim();
  });

  it("that another took over is told to who had it, and stays with the other", async () => {
    const { claim, clock, store, lost } = sharedRun();
    const release = await claim();
    const mine = (await store.claimRun("r1", "somebody")) ?? "";
    await store.claimRun("r1", "machine-9/1//x 1", mine);
    await clock.advance(16 * SECOND_MS);
    expect(lost).toMatchObject([{ code: "RUN_HELD", details: { holder: "machine-9/1//x" } }]);
    await release();
    expect(await store.claimRun("r1", "somebody")).toBe("machine-9/1//x 1");
  });

  it("is kept through a store that fails or whose replies are lost for a while", async () => {
    const { claim, clock, store, lost } = sharedRun();
    let calls = 0;
    const failing = {
      ...store,
      async claimRun(runId: string, holder: string, replaces?: string) {
        calls += 1;
        if (calls === 2) throw new Error("the connection was refused");
        const other = await store.claimRun(runId, holder, replaces);
        if (calls === 3) throw new Error("the connection was lost");
        return other;
      },
    };
    const release = await claim({ store: failing });
    await clock.advance(90 * SECOND_MS);
    expect(lost).toEqual([]);
    await expect(claim()).rejects.toMatchObject({ code: "RUN_HELD" });
    await release();
    await claim();
  });
});
