import { sqlite } from "../../src/stores/sqlite/index.ts";

/** A process of its own that writes runs: `node sqlite-writer.ts FILE NAME COUNT`. */
const [path = "", name = "", count = "0"] = process.argv.slice(2);
const store = sqlite({ path });
for (let index = 0; index < Number(count); index++) {
  const runId = `${name}-${index}`;
  await store.putRun({ runId, startedMs: index, question: "列出服务器", thread: null, status: "running", plan: null, document: null });
  await store.appendEvents([{ type: "run-start", runId, sequence: 0, timestampMs: index, question: "列出服务器", emulated: true }]);
  await store.putResult({ runId, stepId: "answer", table: { columns: [], rows: [{ cells: [runId] }] }, receipt: [] });
}
await store.close();
