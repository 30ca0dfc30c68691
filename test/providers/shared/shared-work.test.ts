import { describe, expect, test } from "vitest";
import { sharedWork } from "../../../src/providers/shared/shared-work.ts";

const caller = () => {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason: Error) => controller.abort(reason) };
};

describe("shared work", () => {
  test("is done once for all who wait, and kept if it is to be", async () => {
    let times = 0;
    const kept = sharedWork(async () => ++times, { keep: true });
    expect(await Promise.all([kept(caller()), kept(caller())])).toEqual([1, 1]);
    expect(await kept(caller())).toBe(1);
  });

  test("is done again after it ended if it is not kept", async () => {
    let times = 0;
    const work = sharedWork(async () => ++times, { keep: false });
    expect(await Promise.all([work(caller()), work(caller())])).toEqual([1, 1]);
    expect(await work(caller())).toBe(2);
  });

  test("that failed is told to all who wait and then tried again", async () => {
    let times = 0;
    const work = sharedWork(
      async () => {
        times++;
        if (times === 1) throw new Error("first");
        return times;
      },
      { keep: true },
    );
    await expect(Promise.all([work(caller()), work(caller())])).rejects.toThrow("first");
    expect(await work(caller())).toBe(2);
  });

  test("goes on for the others when the one who began it gives up", async () => {
    let times = 0;
    const work = sharedWork(
      ({ signal }) =>
        new Promise<number>((resolve, reject) => {
          times++;
          if (times > 1) resolve(times);
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
      { keep: true },
    );
    const first = caller();
    const pair = [work(first), work(caller())];
    const reason = new Error("enough");
    first.abort(reason);
    await expect(pair[0]).rejects.toBe(reason);
    expect(await pair[1]).toBe(2);
  });

  test("lets one who waits go without ending it", async () => {
    let finish: (value: string) => void = () => {};
    let times = 0;
    const work = sharedWork(
      () =>
        new Promise<string>((resolve) => {
          times++;
          finish = resolve;
        }),
      { keep: true },
    );
    const impatient = caller();
    const patient = work(caller());
    const left = work(impatient);
    impatient.abort(new Error("bye"));
    await expect(left).rejects.toThrow("bye");
    const late = work(caller());
    finish("done");
    expect([await patient, await late, times]).toEqual(["done", "done", 1]);
  });
});
