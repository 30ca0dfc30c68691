import assert from "node:assert/strict";
import type { Store, StoredCall, StoredRun } from "../contracts/index.ts";
import { verifyAudit } from "../stores/shared/audit-chain.ts";
import { sampleApproval, sampleAuditEntry, sampleLearnedTool } from "./sample-approval.ts";
import type { StoreTest } from "./store-test.ts";

/** As much of LangGraph's `BaseCheckpointSaver` as is needed to see what is kept. */
interface Checkpoints {
  put(config: object, checkpoint: object, metadata: object, newVersions: object): Promise<object>;
  putWrites(config: object, writes: readonly (readonly [string, unknown])[], taskId: string): Promise<void>;
  getTuple(
    config: object,
  ): Promise<{ readonly checkpoint: { readonly channel_values: object }; readonly pendingWrites?: unknown } | undefined>;
}

/** What a run goes on from: who drives it, replies it has, checkpoints. */
export function resumingContract(test: StoreTest): void {
  test("lets one drive a run, who may say so again, and another after that one has let go", async (store) => {
    assert.equal(await store.claimRun("r1", "a"), undefined);
    assert.equal(await store.claimRun("r1", "a"), undefined);
    assert.equal(await store.claimRun("r1", "b"), "a");
    assert.equal(await store.claimRun("r2", "b"), undefined);
    await store.releaseRun("r1", "b");
    assert.equal(await store.claimRun("r1", "b"), "a");
    await store.releaseRun("r1", "a");
    assert.equal(await store.claimRun("r1", "b"), undefined);
  });

  test("lets a run be taken over from exactly the one that is named", async (store) => {
    await store.claimRun("r1", "a");
    assert.equal(await store.claimRun("r1", "c", "b"), "a");
    assert.equal(await store.claimRun("r1", "b", "a"), undefined);
    assert.equal(await store.claimRun("r1", "c", "a"), "b");
    await store.releaseRun("r1", "a");
    assert.equal(await store.claimRun("r1", "c"), "b");
  });

  test("lets one of many take over that come at once", async (store) => {
    await store.claimRun("r1", "gone");
    const claiming = Array.from({ length: 9 }, (_, index) => store.claimRun("r1", `h${index}`, "gone"));
    const holders = await Promise.all(claiming);
    const winner = holders.indexOf(undefined);
    assert.deepEqual(
      holders.filter((holder) => holder !== undefined),
      Array(8).fill(`h${winner}`),
    );
  });

  test("keeps replies of calls by run and key, however long, until the run is answered", async (store) => {
    const call = callOf("r1", `list/${"键".repeat(5_000)}`);
    await store.putCall({ ...call, reply: [] });
    await store.putCall(call);
    await store.putCall(callOf("r2", call.key));
    assert.deepEqual(await store.getCall("r1", call.key), call);
    assert.equal(await store.getCall("r1", "another"), undefined);
    await store.putRun({ ...run("r1", 1), status: "waiting" });
    assert.deepEqual(await store.getCall("r1", call.key), call);
    await store.putRun({ ...run("r1", 1), status: "answered" });
    assert.equal(await store.getCall("r1", call.key), undefined);
    assert.ok(await store.getCall("r2", call.key));
  });

  test("keeps checkpoints of a run's threads until the run is answered, and those of others", async (store) => {
    const threads = ["r1", "r1/code", "r10/code", "r1-x", "r1x", "r2/code"];
    for (const thread of threads) await putCheckpoint(store, thread);
    await store.putRun({ ...run("r1", 1), status: "waiting" });
    assert.deepEqual(await withCheckpoint(store, threads), threads);
    await store.putRun({ ...run("r1", 1), status: "answered" });
    assert.deepEqual(await withCheckpoint(store, threads), ["r10/code", "r1-x", "r1x", "r2/code"]);
    const begunAnew = (await store.checkpointer()) as Checkpoints;
    await putCheckpoint(store, "r1/code", {});
    const found = await begunAnew.getTuple(place("r1/code"));
    assert.deepEqual(found?.checkpoint.channel_values, {}, "no value of the dropped thread comes back");
  });

  test("prunes approvals, replies, holders and checkpoints of old runs, and neither the audit chain nor what was learned", async (store) => {
    for (const [runId, startedMs] of [
      ["old", 1],
      ["new", 100],
    ] as const) {
      await store.putRun({ ...run(runId, startedMs), status: "waiting" });
      await store.putApproval(sampleApproval({ id: `ap_${runId}`, runId }), sampleAuditEntry({ runId }));
      await store.putCall(callOf(runId, "k"));
      await store.claimRun(runId, "a");
      await putCheckpoint(store, `${runId}/code`);
    }
    await store.putLearnedTool(sampleLearnedTool({ approvalId: "ap_old" }));
    assert.equal(await store.prune(50), 1);
    assert.deepEqual(
      (await store.listApprovals({})).map(({ id }) => id),
      ["ap_new"],
    );
    assert.equal(await store.getCall("old", "k"), undefined);
    assert.ok(await store.getCall("new", "k"));
    assert.equal(await store.claimRun("old", "b"), undefined);
    assert.equal(await store.claimRun("new", "b"), "a");
    assert.deepEqual(await withCheckpoint(store, ["old/code", "new/code"]), ["new/code"]);
    assert.equal((await store.listLearnedTools()).length, 1);
    assert.deepEqual(await verifyAudit(store.audit()), { records: 2, broken: null });
  });
}

function run(runId: string, startedMs: number): StoredRun {
  return { runId, startedMs, question: "?", thread: null, status: "running", plan: null, document: null };
}

function callOf(runId: string, key: string): StoredCall {
  return { runId, key, operation: "aws.logs.DescribeMetricFilters", reply: { filters: [{ name: "错误" }], next: null } };
}

const place = (thread: string) => ({ configurable: { thread_id: thread, checkpoint_ns: "" } });

async function putCheckpoint(store: Store, thread: string, newVersions: object = { state: 1 }): Promise<void> {
  const checkpointer = (await store.checkpointer()) as Checkpoints;
  const checkpoint = {
    v: 4,
    id: "1f0c0000-0000-6000-8000-000000000000",
    ts: "2026-01-01T00:00:00.000Z",
    channel_values: Object.keys(newVersions).length === 0 ? {} : { state: "waiting" },
    channel_versions: { state: 1 },
    versions_seen: {},
  };
  const at = await checkpointer.put(place(thread), checkpoint, { source: "loop", step: 0, parents: {} }, newVersions);
  await checkpointer.putWrites(at, [["state", thread]], "task");
}

async function withCheckpoint(store: Store, threads: readonly string[]): Promise<string[]> {
  const checkpointer = (await store.checkpointer()) as Checkpoints;
  const found: string[] = [];
  for (const thread of threads) if ((await checkpointer.getTuple(place(thread))) !== undefined) found.push(thread);
  return found;
}
