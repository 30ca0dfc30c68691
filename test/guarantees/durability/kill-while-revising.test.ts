import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { ApprovalDecision, Orchestrator, RunDocument, Store } from "../../../src/index.ts";
import { extism } from "../../../src/sandboxes/extism/index.ts";
import { sqlite } from "../../../src/stores/sqlite/index.ts";
import { CLOCK, NOW_MS } from "../standing-clock.ts";
import type { Death } from "./dying-process.ts";
import { approve, die, expectSoundStore, goOn, storedEventProblems } from "./killed-runs.ts";
import { type StopPoint, stoppingStore } from "./stopping-store.ts";
import { QUESTION } from "./volume-question.ts";
import { newCloud, requestsTo, volumeOrchestrator } from "./volume-world.ts";

const sandbox = extism();
let folder: string;
let cloud: Emulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "revising-"));
  cloud = await newCloud({ now: () => NOW_MS });
}, 60_000);
afterAll(async () => {
  await cloud.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

function orchestratorOf(store: Store): Orchestrator {
  return volumeOrchestrator(cloud, { store, sandbox, runtime: { clock: CLOCK } });
}

function revising({ approvals: [first] }: RunDocument): ApprovalDecision[] {
  const { id, digest } = first ?? { id: "", digest: "" };
  return [{ id, digest, decision: "revise", by: { via: "sdk", id: "boss" }, comment: "sorted by size" }];
}

test("killed before and after every write of a revision, a run asks once more, and once only", { timeout: 240_000 }, async () => {
  const asked = join(folder, "asked.db");
  const first = sqlite({ path: asked });
  const waiting = await orchestratorOf(first).ask(QUESTION);
  await first.close();
  const decisions = revising(waiting);
  const { runId } = waiting;

  const undisturbed = join(folder, "undisturbed.db");
  await copyFile(asked, undisturbed);
  const { store: watched, until } = stoppingStore(sqlite({ path: undisturbed }));
  const { writes } = await until(undefined, () => orchestratorOf(watched).resume(runId, decisions).result());
  await watched.close();
  expect(writes.length).toBeGreaterThan(10);

  const points = writes.flatMap((_, index): StopPoint[] => [
    { write: index + 1, side: "before" },
    { write: index + 1, side: "after" },
  ]);
  const deaths: Death[] = [];
  for (const [index, point] of points.entries()) {
    const path = join(folder, `${index}.db`);
    await copyFile(asked, path);
    deaths.push({ path, env: cloud.env, resume: { runId, decisions }, points: [point] });
  }
  const dead = await die(deaths, folder);

  for (const [index, { path }] of deaths.entries()) {
    const where = `${points[index]?.side} ${dead[index]?.writes.length} ${dead[index]?.writes.at(-1)}`;
    expect(dead[index]?.stopped, where).toBe(true);
    const store = sqlite({ path });
    const orchestrator = orchestratorOf(store);
    await expectSoundStore(store);
    const isDecided = (await store.getApproval(decisions[0]?.id ?? ""))?.status === "revised";
    let document = await goOn(orchestrator, runId);
    if (!isDecided) {
      expect(document.approvals, where).toEqual(waiting.approvals);
      document = await orchestrator.resume(runId, decisions).result();
    }
    expect(document, where).toMatchObject({ status: "waiting", error: null });
    const approvals = await store.listApprovals({ runId });
    expect(approvals.map(({ status }) => status).toSorted(), where).toEqual(["pending", "revised"]);
    expect(
      document.approvals.map(({ id }) => id),
      where,
    ).toEqual(approvals.filter(({ status }) => status === "pending").map(({ id }) => id));
    expect(await requestsTo(cloud), where).toBe(0);
    expect(storedEventProblems(await store.events(runId, 0)), where).toEqual([]);
    if (index === deaths.length - 1) expect((await approve(orchestrator, document)).status).toBe("answered");
    await store.close();
  }
});
