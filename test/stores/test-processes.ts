import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { describe, expect, it } from "vitest";
import type { Approval, Store } from "../../src/contracts/index.ts";
import { verifyAudit } from "../../src/stores/shared/audit-chain.ts";
import { sampleApproval, sampleAuditEntry } from "../../src/testing/index.ts";
import { inProcesses, startWriter } from "./writing-processes.ts";

const NINE = Array.from({ length: 9 }, (_, index) => `${index}`);

interface Place {
  readonly url: string;
  open(): Store;
}

/** What must hold where several processes use a store, and where they are killed. */
export function testProcesses({
  name,
  kills,
  newPlace,
}: {
  readonly name: string;
  readonly kills: number;
  newPlace(): Promise<Place>;
}): void {
  describe(`${name}, used by several processes`, { timeout: 240_000 }, () => {
    it("loses nothing from its very first moment on", async () => {
      const place = await newPlace();
      const names = ["a", "b", "c"];
      await inProcesses(place.url, "runs", names);
      const store = place.open();
      expect(await store.listRuns(1000)).toHaveLength(75);
      for (const it of names) expect((await store.getResult(`${it}-24`, "answer"))?.table.rows).toEqual([{ cells: [`${it}-24`] }]);
      await store.close();
    });

    it("lets one of nine decide, and tells the others how it stands", async () => {
      const place = await newPlace();
      const store = place.open();
      await store.putApproval(sampleApproval(), sampleAuditEntry());
      const decided = (await inProcesses(place.url, "decide", NINE)) as { claimed: boolean; approval: Approval }[];
      expect(decided.filter(({ claimed }) => claimed)).toHaveLength(1);
      const standing = await store.getApproval(sampleApproval().id);
      const winner = decided.findIndex(({ claimed }) => claimed);
      expect(standing).toMatchObject({ status: winner % 2 === 0 ? "approved" : "rejected", decidedBy: { id: `${winner}` } });
      for (const { approval } of decided) expect(approval).toEqual(standing);
      expect(await verifyAudit(store.audit())).toEqual({ records: 2, broken: null });
      await store.close();
    });

    it("counts exactly as many of nine that consent to a write as it needs", async () => {
      const place = await newPlace();
      const store = place.open();
      const { policy } = sampleApproval();
      await store.putApproval(sampleApproval({ kind: "write", policy: { ...policy, writeApprovals: 3 } }), sampleAuditEntry());
      const decided = (await inProcesses(place.url, "consent", NINE)) as { claimed: boolean; approval: Approval }[];
      expect(decided.filter(({ claimed }) => claimed)).toHaveLength(3);
      expect(decided.filter(({ claimed, approval }) => claimed && approval.status === "approved")).toHaveLength(1);
      const standing = await store.getApproval(sampleApproval().id);
      expect(standing?.status).toBe("approved");
      expect(new Set(standing?.approvedBy.map(({ by }) => by.id)).size).toBe(3);
      expect(await verifyAudit(store.audit())).toEqual({ records: 4, broken: null });
      await store.close();
    });

    it("loses no write of nine that each write what they made of what they read", async () => {
      const place = await newPlace();
      const versions = ((await inProcesses(place.url, "add", NINE)) as number[][]).flat();
      expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
      const store = place.open();
      expect(await store.readRecord("number", "n", 1)).toMatchObject({ value: 45, version: 45 });
      await store.close();
    });

    it("lets one of nine take a run over", async () => {
      const place = await newPlace();
      const store = place.open();
      await store.claimRun("r1", "gone");
      const holders = ((await inProcesses(place.url, "take-over", NINE)) as { holder: string | null }[]).map(({ holder }) => holder);
      const winner = `${holders.indexOf(null)}`;
      expect(holders.filter((holder) => holder !== null)).toEqual(Array(8).fill(winner));
      await store.close();
    });

    it("chains what nine append into one unbroken chain", async () => {
      const place = await newPlace();
      await inProcesses(place.url, "audit", NINE);
      const store = place.open();
      expect(await verifyAudit(store.audit())).toEqual({ records: 180, broken: null });
      await store.close();
    });

    it(`opens after each of ${kills} kills, with everything that was acknowledged and a whole chain`, async () => {
      const place = await newPlace();
      for (let kill = 0; kill < kills; kill++) {
        const acknowledged = await killedAmidWriting(place.url, `k${kill}`, 1 + ((kill * 7) % 12));
        const store = place.open();
        expect((await verifyAudit(store.audit())).broken).toBeNull();
        const checkpointer = (await store.checkpointer()) as BaseCheckpointSaver;
        for (let index = 0; index <= acknowledged; index++) await expectWhole(store, checkpointer, `k${kill}-${index}`, index);
        await store.close();
      }
    });
  });
}

/** The number of the last round that was acknowledged before the process was killed, somewhere in one of the next. */
async function killedAmidWriting(url: string, name: string, afterLines: number): Promise<number> {
  const writer = startWriter(url, "endless", name);
  await writer.ready;
  let left = afterLines;
  writer.onLine(() => {
    left--;
    if (left === 0) setTimeout(() => writer.process.kill("SIGKILL"), Math.random() * 8);
  });
  writer.begin();
  return Number((await writer.ended).at(-1));
}

async function expectWhole(store: Store, checkpointer: BaseCheckpointSaver, runId: string, index: number): Promise<void> {
  expect(await store.getRun(runId)).toMatchObject({ status: "waiting", startedMs: index });
  expect(await store.events(runId, 0)).toHaveLength(1);
  expect((await store.getResult(runId, "answer"))?.table.rows).toEqual([{ cells: [runId] }]);
  expect(await store.getApproval(`ap-${runId}`)).toMatchObject({ status: "approved", runId });
  expect(await store.getCall(runId, "k")).toMatchObject({ reply: { index } });
  const tuple = await checkpointer.getTuple({ configurable: { thread_id: `${runId}/code`, checkpoint_ns: "" } });
  expect(tuple).toMatchObject({ checkpoint: { channel_values: { index } }, pendingWrites: [["task", "index", index]] });
}
