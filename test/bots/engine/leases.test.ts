import { expect, it } from "vitest";
import { Leases } from "../../../bots/shared/leases.ts";
import type { Store } from "../../../src/index.ts";
import { memory } from "../../../src/stores/memory/index.ts";
import { fakeRuntime } from "../../../src/testing/index.ts";

it("has one holder, until it is released", async () => {
  const [store, runtime] = [memory(), fakeRuntime({ jumps: false })];
  const leases = new Leases(store, runtime);
  const lease = await leases.take("thread 1");
  expect(await leases.take("thread 1")).toBeUndefined();
  expect(await leases.take("thread 2")).toBeDefined();
  await runtime.clock.advance(120_000);
  expect(await leases.take("thread 1")).toBeUndefined();
  await lease?.release();
  expect(await leases.take("thread 1")).toBeDefined();
  expect(lease?.lost.aborted).toBe(false);
});

it.each<[string, () => Promise<never>]>([
  ["fails", () => Promise.reject(new Error("connection refused"))],
  ["hangs", () => new Promise<never>(() => {})],
])("is given up by its holder before another can take it, where the store %s", async (_, broken) => {
  const [store, runtime] = [memory(), fakeRuntime({ jumps: false })];
  let away = false;
  const flaky: Store = {
    ...store,
    readRecord: (...words) => (away ? broken() : store.readRecord(...words)),
    writeRecord: (...words) => (away ? broken() : store.writeRecord(...words)),
  };
  const lease = await new Leases(flaky, runtime).take("thread 1");
  const others = new Leases(store, runtime);
  away = true;
  for (let second = 0; second < 30; second++) {
    await runtime.clock.advance(1_000);
    if ((await others.take("thread 1")) !== undefined) break;
  }
  expect(lease?.lost.aborted).toBe(true);
  expect(await others.take("thread 1")).toBeUndefined();
});

it("is lost to whoever has taken it over", async () => {
  const [store, runtime] = [memory(), fakeRuntime({ jumps: false })];
  const asleep: Store = {
    ...store,
    writeRecord: (record, version, nowMs) => (version === 0 ? store.writeRecord(record, version, nowMs) : Promise.resolve(0)),
  };
  const lease = await new Leases(asleep, runtime).take("thread 1");
  await runtime.clock.advance(5_000);
  expect(lease?.lost.aborted).toBe(true);
});
