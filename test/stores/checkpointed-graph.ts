import { Annotation, Command, interrupt, START, StateGraph } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { Store } from "../../src/contracts/index.ts";

const State = Annotation.Root({
  code: Annotation<string>(),
  approved: Annotation<boolean>(),
  log: Annotation<string[]>({ reducer: (left, right) => [...left, ...right], default: () => [] }),
});

/** Writes code, waits for consent, runs it: over the checkpoints of a store. */
export async function checkpointedGraph(store: Store, threadId: string) {
  const graph = new StateGraph(State)
    .addNode("write", () => ({ code: "x".repeat(5_000), log: ["written"] }))
    .addNode("ask", () => ({ approved: interrupt<string, boolean>("may I?"), log: ["asked"] }))
    .addNode("run", ({ approved }) => ({ log: [approved ? "run" : "refused"] }))
    .addEdge(START, "write")
    .addEdge("write", "ask")
    .addEdge("ask", "run")
    .compile({ checkpointer: (await store.checkpointer()) as BaseCheckpointSaver });
  const config = { configurable: { thread_id: threadId }, durability: "sync" as const };
  return {
    graph,
    config,
    begin: () => graph.invoke({ log: [] }, config),
    goOn: (approved: boolean) => graph.invoke(new Command({ resume: approved }), config),
    state: () => graph.getState(config),
  };
}
