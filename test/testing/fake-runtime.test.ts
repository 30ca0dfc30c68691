import { describe, expect, it } from "vitest";
import { fakeRuntime } from "../../src/testing/index.ts";

describe("the fake runtime", () => {
  it("jumps to the next sleeper's time, in the order of the times", async () => {
    const { clock } = fakeRuntime({ nowMs: 1000 });
    const woken: number[] = [];
    await Promise.all([300, 100, 200].map((ms) => clock.sleep(ms).then(() => woken.push(clock.now()))));
    expect(woken).toEqual([1100, 1200, 1300]);
  });

  it("stands still until it is told, where that is wanted", async () => {
    const { clock } = fakeRuntime({ nowMs: 0, jumps: false });
    const woken: number[] = [];
    const sleeping = clock.sleep(100).then(async () => {
      woken.push(clock.now());
      await clock.sleep(100);
      woken.push(clock.now());
    });
    await clock.advance(99);
    expect(woken).toEqual([]);
    await clock.advance(500);
    await sleeping;
    expect(woken).toEqual([100, 200]);
    expect(clock.now()).toBe(599);
  });

  it("wakes a sleeper with the reason of an abort", async () => {
    const { clock } = fakeRuntime({ jumps: false });
    const controller = new AbortController();
    const sleeping = clock.sleep(1000, controller.signal);
    controller.abort("enough");
    await expect(sleeping).rejects.toBe("enough");
    await expect(clock.sleep(1, controller.signal)).rejects.toBe("enough");
  });

  it("counts ids, repeats its random numbers, and keeps what was logged", () => {
    const [one, other] = [fakeRuntime({ seed: 5 }), fakeRuntime({ seed: 5 })];
    expect([one.newId("run"), one.newId("run")]).toEqual(["run_000001", "run_000002"]);
    const numbers = Array.from({ length: 20 }, () => one.random());
    expect(numbers).toEqual(Array.from({ length: 20 }, () => other.random()));
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    one.logger.warn("careful");
    expect(one.logged).toEqual([{ level: "warn", message: "careful" }]);
  });
});
