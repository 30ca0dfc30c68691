import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { Actor, AuditRecord, RunDocument, Store } from "../../../src/index.ts";
import { sqlite } from "../../../src/stores/sqlite/index.ts";
import { sitDown } from "../../cli/run-nephoscope.ts";
import type { Told } from "./deciding-process.ts";
import { approve, expectSoundStore, storedEventProblems } from "./killed-runs.ts";
import { QUESTION } from "./volume-question.ts";
import { newCloud, requestsTo, volumeOrchestrator } from "./volume-world.ts";

const DECIDING_PROCESS = fileURLToPath(new URL("./deciding-process.ts", import.meta.url));
const NINE = Array.from({ length: 9 }, (_, index) => index);

let folder: string;
let path: string;
let cloud: Emulator;
/** Requests of the program where one process runs it. */
let requests: number;

beforeAll(async () => {
  await using alone = volumeOrchestrator(await newCloud());
  const answered = await approve(alone, await alone.ask(QUESTION));
  expect(answered.status).toBe("answered");
  requests = answered.usage.apiCalls.total;
}, 120_000);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nine-"));
  path = join(folder, "runs.db");
  cloud = await newCloud();
});
afterEach(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

/** Runs that wait for a decision. */
async function waitingRuns(count: number, askedBy: Actor = { via: "sdk", id: "asker" }): Promise<RunDocument[]> {
  await using orchestrator = volumeOrchestrator(cloud, { store: sqlite({ path }) });
  const documents: RunDocument[] = [];
  for (let index = 0; index < count; index++) documents.push(await orchestrator.ask(QUESTION, { askedBy }));
  expect(documents.map(({ status }) => status)).toEqual(documents.map(() => "waiting"));
  return documents;
}

/** What processes say that begin at the same moment, each with its action on these runs. */
async function atOnce(actions: readonly string[], documents: readonly RunDocument[]): Promise<Told[][]> {
  const runs = JSON.stringify(documents.map(({ runId, approvals }) => ({ runId, approvalId: approvals[0]?.id })));
  const children = actions.map((action) =>
    spawn(process.execPath, ["--conditions=@nephoscope/source", DECIDING_PROCESS, path, JSON.stringify(cloud.env), action, runs], {
      env: { PATH: process.env.PATH, HOME: folder },
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const readers = children.map(linesOf);
  await Promise.all(readers.map(({ ready }) => ready));
  for (const child of children) child.stdin.write("go\n");
  return Promise.all(readers.map(async ({ ended }) => (await ended).map((line) => JSON.parse(line) as Told)));
}

function linesOf(child: ChildProcess): { readonly ready: Promise<void>; readonly ended: Promise<string[]> } {
  const lines: string[] = [];
  const ready = Promise.withResolvers<void>();
  if (child.stdout === null) throw new Error("it has no output");
  createInterface({ input: child.stdout }).on("line", (line) => (line === "ready" ? ready.resolve() : lines.push(line)));
  return { ready: ready.promise, ended: new Promise((resolve) => child.on("close", () => resolve(lines))) };
}

async function auditOf(store: Store): Promise<AuditRecord["event"][]> {
  const events: AuditRecord["event"][] = [];
  for await (const { event } of store.audit()) events.push(event);
  return events;
}

describe("nine processes at once", { timeout: 120_000 }, () => {
  test("approve: one runs, and eight are told who was first", async () => {
    const user = userInfo().username;
    const [waiting] = await waitingRuns(1, { via: "local", id: user });
    const desk = sitDown();
    const env = { ...cloud.env, NEPHOSCOPE_STORE: `sqlite:${path}` };
    const id = waiting?.approvals[0]?.id ?? "";
    const ended = await Promise.all(NINE.map(() => desk.run(["approve", id], env)));
    desk.leave();
    expect(ended.map(({ status }) => status).sort()).toEqual([0, ...Array(8).fill(1)]);
    for (const { status, stdout, stderr } of ended) {
      expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at |\.ts:\d+|undefined|\[object/);
      if (status === 0) continue;
      expect(stdout).toBe("");
      expect(stderr).toContain(`The approval ${id} was approved by ${user} before.`);
      expect(stderr).toContain(`nephoscope resume ${waiting?.runId}`);
    }
    expect(await requestsTo(cloud)).toBe(requests);
    const store = sqlite({ path });
    expect((await store.getRun(waiting?.runId ?? ""))?.status).toBe("answered");
    expect(storedEventProblems(await store.events(waiting?.runId ?? "", 0))).toEqual([]);
    const audit = await auditOf(store);
    expect(audit.filter((event) => event === "approval-approved")).toHaveLength(1);
    expect(audit.filter((event) => event === "decision-refused")).toHaveLength(8);
    await expectSoundStore(store);
    await store.close();
  });

  test("resume: one drives, the others are told so or get the answer", async () => {
    const [waiting] = await waitingRuns(1);
    const store = sqlite({ path });
    const { id = "", digest = "" } = waiting?.approvals[0] ?? {};
    await using orchestrator = volumeOrchestrator(cloud, { store });
    await orchestrator.decide({ id, digest, decision: "approve", by: { via: "sdk", id: "boss" } });
    const told = (
      await atOnce(
        NINE.map(() => "resume"),
        waiting === undefined ? [] : [waiting],
      )
    ).flat();
    expect(told).toHaveLength(9);
    expect(told.some(({ status }) => status === "answered")).toBe(true);
    for (const { status, code, rows } of told) {
      if (status === "answered") expect(rows).toBeGreaterThan(5);
      else expect({ status, code }).toEqual({ status: "failed", code: "RUN_HELD" });
    }
    expect(await requestsTo(cloud)).toBe(requests);
    const events = await store.events(waiting?.runId ?? "", 0);
    expect(storedEventProblems(events)).toEqual([]);
    // Asked, gone on with: nobody else wrote into the numbering but those who got the answer that was there.
    expect(events.filter(({ type }) => type === "run-start")).toHaveLength(2);
  });
});

test("approve and reject at once: one wins, and the run agrees with it", { timeout: 120_000 }, async () => {
  const documents = await waitingRuns(6);
  const [approving = [], rejecting = []] = await atOnce(["approve", "reject"], documents);
  const store = sqlite({ path });
  await using orchestrator = volumeOrchestrator(cloud, { store });
  let answered = 0;
  for (const [index, { runId, approvals }] of documents.entries()) {
    const approval = await store.getApproval(approvals[0]?.id ?? "");
    const [winner, loser] = approval?.status === "approved" ? [approving[index], rejecting[index]] : [rejecting[index], approving[index]];
    expect(loser?.code).toBe("APPROVAL_DECIDED");
    expect(loser?.message).toContain(`${approval?.status} by ${approval?.decidedBy?.id}`);
    const { status, error } = await orchestrator.resume(runId).result();
    if (approval?.status === "approved") {
      answered++;
      expect(winner).toMatchObject({ status: "answered", code: null });
      expect({ status, error }).toEqual({ status: "answered", error: null });
    } else {
      expect(winner).toMatchObject({ status: "failed", code: "APPROVAL_REJECTED" });
      expect({ status, code: error?.code }).toEqual({ status: "failed", code: "APPROVAL_REJECTED" });
    }
  }
  expect(await requestsTo(cloud)).toBe(answered * requests);
  await expectSoundStore(store);
});
