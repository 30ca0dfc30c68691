import { writeSync } from "node:fs";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { Actor, Store } from "../../src/contracts/index.ts";
// Not the index: what else there is would have to be loaded in each of many processes.
import { sampleApproval, sampleAuditEntry } from "../../src/testing/sample-approval.ts";

/**
 * A process of its own that works on a store: `node store-writer.ts URL TASK NAME`. It says a line when it is ready, begins when it is told
 * one, and says what came of it as lines of JSON.
 */
const [url = "", task = "", name = ""] = process.argv.slice(2);
const store = await openStore();
const by: Actor = { via: "slack", id: name };

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  runs: async () => {
    for (let index = 0; index < 25; index++) await writeRun(`${name}-${index}`, index);
  },
  decide: async () => {
    const { id, digest } = sampleApproval();
    const decision = Number(name) % 2 === 0 ? "approve" : "reject";
    return store.decideApproval(
      { id, digest, decision, by, comment: name },
      1,
      sampleAuditEntry({ event: "approval-approved", actor: by }),
    );
  },
  consent: async () => {
    const { id, digest } = sampleApproval();
    return store.decideApproval({ id, digest, decision: "approve", by }, 1, sampleAuditEntry({ event: "approval-approved", actor: by }));
  },
  // Adds one to a number, five times, as often as it takes.
  add: async () => {
    const versions: number[] = [];
    while (versions.length < 5) {
      const found = await store.readRecord("number", "n", 1);
      const record = { kind: "number", key: "n", value: Number(found?.value ?? 0) + 1, createdMs: 1, expiresMs: null };
      const version = await store.writeRecord(record, found?.version ?? 0, 1);
      if (version > 0) versions.push(version);
    }
    return versions;
  },
  "take-over": async () => ({ holder: (await store.claimRun("r1", name, "gone")) ?? null }),
  audit: async () => {
    for (let index = 0; index < 20; index++) await store.appendAudit(sampleAuditEntry({ atMs: index, actor: by }));
  },
  // Until it is killed: each line is a number up to which everything has been acknowledged.
  endless: async () => {
    const checkpointer = (await store.checkpointer()) as BaseCheckpointSaver;
    for (let index = 0; ; index++) {
      await writeAll(`${name}-${index}`, index, checkpointer);
      writeSync(1, `${index}\n`);
    }
  },
};

async function openStore(): Promise<Store> {
  if (url.startsWith("sqlite:")) return (await import("../../src/stores/sqlite/index.ts")).sqlite({ path: url.slice("sqlite:".length) });
  return (await import("../../src/stores/postgres/index.ts")).postgres({ url });
}

async function writeRun(runId: string, startedMs: number): Promise<void> {
  await store.putRun({ runId, startedMs, question: "列出服务器", thread: null, status: "waiting", plan: null, document: null });
  await store.appendEvents([{ type: "run-start", runId, sequence: 0, timestampMs: startedMs, question: "列出服务器", emulated: true }]);
  await store.putResult({ runId, stepId: "answer", table: { columns: [], rows: [{ cells: [runId] }] }, receipt: [] });
}

async function writeAll(runId: string, index: number, checkpointer: BaseCheckpointSaver): Promise<void> {
  await writeRun(runId, index);
  const approval = sampleApproval({ id: `ap-${runId}`, runId });
  await store.putApproval(approval, sampleAuditEntry({ runId, approvalId: approval.id }));
  await store.putCall({ runId, key: "k", operation: "aws.logs.DescribeMetricFilters", reply: { index } });
  const config = { configurable: { thread_id: `${runId}/code`, checkpoint_ns: "" } };
  const checkpoint = { v: 4, id: "1", ts: "", channel_values: { index }, channel_versions: { index: 1 }, versions_seen: {} };
  const at = await checkpointer.put(config, checkpoint, { source: "loop", step: 0, parents: {} }, { index: 1 });
  await checkpointer.putWrites(at, [["index", index]], "task");
  const { id, digest } = approval;
  await store.decideApproval(
    { id, digest, decision: "approve", by },
    1,
    sampleAuditEntry({ event: "approval-approved", runId, actor: by }),
  );
}

async function told(): Promise<void> {
  writeSync(1, "ready\n");
  await new Promise((resolve) => process.stdin.once("data", resolve));
  process.stdin.destroy();
}

await told();
const outcome = await (tasks[task] ?? unknownTask)();
writeSync(1, `${JSON.stringify(outcome ?? null)}\n`);
await store.close();

async function unknownTask(): Promise<Store> {
  throw new Error(`unknown task ${task}`);
}
