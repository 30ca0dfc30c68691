import { expect, it } from "vitest";
import { SharedStream } from "../../src/execution/shared-stream.ts";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

it("gives every reader everything, those that come late included, and reads its source once", async () => {
  let begun = 0;
  const stream = new SharedStream(
    (async function* () {
      begun++;
      for (const item of [1, 2, 3]) {
        await Promise.resolve();
        yield item;
      }
    })(),
  );
  expect(await Promise.all([collect(stream), collect(stream)])).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(await collect(stream)).toEqual([1, 2, 3]);
  expect(begun).toBe(1);
});

it("hands on items while the source still runs", async () => {
  const gate = Promise.withResolvers<void>();
  const stream = new SharedStream(
    (async function* () {
      yield "first";
      await gate.promise;
      yield "second";
    })(),
  );
  const reader = stream[Symbol.asyncIterator]();
  expect((await reader.next()).value).toBe("first");
  gate.resolve();
  expect((await reader.next()).value).toBe("second");
});

it("fails for every reader after what came before, and for nobody else", async () => {
  const failure = new Error("broken");
  const stream = new SharedStream(
    (async function* () {
      yield 1;
      throw failure;
    })(),
  );
  // Nobody reads yet: a failure that nobody waits for must not end the process.
  await new Promise((resolve) => setImmediate(resolve));
  for (const reader of [stream[Symbol.asyncIterator](), stream[Symbol.asyncIterator]()]) {
    expect((await reader.next()).value).toBe(1);
    await expect(reader.next()).rejects.toBe(failure);
  }
});
