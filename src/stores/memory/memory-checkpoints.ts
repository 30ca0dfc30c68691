import type { MemorySaver } from "@langchain/langgraph-checkpoint";
import type { Store, StoredCall } from "../../contracts/index.ts";

type ResumeMethods = Pick<Store, "putCall" | "getCall" | "checkpointer">;

/** What a run that waits or failed goes on from, besides results: replies of its calls, and LangGraph's checkpoints. */
export function memoryCheckpoints(open: () => void): { readonly methods: ResumeMethods; drop(runId: string): void } {
  const calls = new Map<string, Map<string, StoredCall>>();
  let loading: Promise<MemorySaver> | undefined;
  let saver: MemorySaver | undefined;

  return {
    drop(runId) {
      calls.delete(runId);
      // `storage` has one entry a thread.
      const threads = Object.keys(saver?.storage ?? {}).filter((thread) => thread === runId || thread.startsWith(`${runId}/`));
      for (const thread of threads) void saver?.deleteThread(thread);
    },
    methods: {
      async putCall(call) {
        open();
        const ofRun = calls.get(call.runId) ?? new Map<string, StoredCall>();
        ofRun.set(call.key, call);
        calls.set(call.runId, ofRun);
      },
      async getCall(runId, key) {
        open();
        return calls.get(runId)?.get(key);
      },
      async checkpointer() {
        open();
        // Not before it is asked for: it loads LangGraph.
        loading ??= import("@langchain/langgraph-checkpoint").then(({ MemorySaver }) => new MemorySaver());
        saver = await loading;
        return saver;
      },
    },
  };
}
