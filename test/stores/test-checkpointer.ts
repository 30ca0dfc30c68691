import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { deltaChannelHistoryTests, validate } from "@langchain/langgraph-checkpoint-validation";
import * as vitest from "vitest";
import { expect, it } from "vitest";
import type { Store } from "../../src/contracts/index.ts";
import { checkpointedGraph } from "./checkpointed-graph.ts";

/** All of LangGraph's own tests of checkpointers on those of a store, and a graph that waits for consent. */
export function testCheckpointer({ name, newPlace }: { readonly name: string; newPlace(): Promise<{ open(): Store }> }): void {
  // They look for the functions of the test runner among the globals.
  Object.assign(globalThis, vitest);
  const stores = new Map<BaseCheckpointSaver, Store>();
  const initializer = {
    checkpointerName: name,
    async createCheckpointer() {
      const store = (await newPlace()).open();
      const checkpointer = (await store.checkpointer()) as BaseCheckpointSaver;
      stores.set(checkpointer, store);
      return checkpointer;
    },
    async destroyCheckpointer(checkpointer: BaseCheckpointSaver) {
      await stores.get(checkpointer)?.close();
    },
  };
  validate(initializer);
  deltaChannelHistoryTests(initializer);

  vitest.describe(`a graph over ${name}`, () => {
    it("goes on from where it waited, with another store on the same data", async () => {
      const place = await newPlace();
      const first = place.open();
      await (await checkpointedGraph(first, "r1/code")).begin();
      await first.close();
      const second = place.open();
      const graph = await checkpointedGraph(second, "r1/code");
      expect((await graph.state()).next).toEqual(["ask"]);
      expect(await graph.goOn(true)).toMatchObject({ log: ["written", "asked", "run"], code: "x".repeat(5_000) });
      expect((await graph.state()).next).toEqual([]);
      await second.close();
    });

    it("can go on twice from one place, each way with its own values", async () => {
      const store = (await newPlace()).open();
      const { begin, goOn, state, graph, config } = await checkpointedGraph(store, "r1/code");
      await begin();
      const waiting = (await state()).config;
      expect(await goOn(true)).toMatchObject({ approved: true, log: ["written", "asked", "run"] });
      const firstEnd = (await state()).config;
      const otherWay = await graph.updateState(waiting, { approved: false, log: ["told"] }, "ask");
      expect(await graph.invoke(null, { ...config, ...otherWay })).toMatchObject({ approved: false, log: ["written", "told", "refused"] });
      expect((await graph.getState(firstEnd)).values).toMatchObject({ approved: true, log: ["written", "asked", "run"] });
      expect((await graph.getState(config)).values).toMatchObject({ approved: false, log: ["written", "told", "refused"] });
      await store.close();
    });

    it("is told when its checkpoints cannot be had", async () => {
      const store = (await newPlace()).open();
      const { begin } = await checkpointedGraph(store, "r1/code");
      await store.close();
      await expect(begin()).rejects.toThrow(/closed|after calling end/);
    });
  });
}
