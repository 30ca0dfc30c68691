import { expect, it } from "vitest";
import { local } from "../../src/executors/local/index.ts";

it("the local executor runs steps in this process", async () => {
  const executor = local();
  const outcomes = await executor.execute([{ id: "a", after: [], during: [], run: async () => {} }], {
    signal: new AbortController().signal,
    concurrency: 1,
  });
  expect(executor).toMatchObject({ contractVersion: "executor-v1", id: "local" });
  expect(outcomes.get("a")).toEqual({ status: "done" });
});
