import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { ApprovalDecision, Orchestrator, RunDocument, Store } from "../../../src/index.ts";
import { memory } from "../../../src/stores/memory/index.ts";
import { storedEventProblems } from "./killed-runs.ts";
import { codeStep, PROGRAM, writer } from "./volume-question.ts";
import { newCloud, volumeOrchestrator } from "./volume-world.ts";

const QUESTION = "volumes with their newest snapshot, and how many servers each account has";
const NEWEST = "the newest snapshot of each volume";
const REGIONS = ["us-east-1"];

const NEWEST_PROGRAM = `interface Row { id: string; newest: string | null }
/** The newest snapshot of each volume. */
async function main(): Promise<Row[]> {
  const { Snapshots = [] } = await cloud.call("aws", "ec2", "DescribeSnapshots", { OwnerIds: ["self"] });
  const newest: Record<string, string> = {};
  for (const { VolumeId = "", StartTime = "" } of Snapshots) if (StartTime > (newest[VolumeId] ?? "")) newest[VolumeId] = StartTime;
  return Object.entries(newest).map(([id, at]) => ({ id, newest: at }));
}`;

const STEPS = [
  { id: "servers", tool: "resources.list", input: { kind: "virtual-machine", where: { regions: { include: REGIONS } } } },
  {
    id: "counts",
    tool: "table.aggregate",
    input: { rows: { from: "servers" }, groupBy: ["account"], measures: [{ as: "servers", function: "count" }] },
  },
  codeStep("volumes", REGIONS),
  codeStep("newest", REGIONS, NEWEST),
  {
    id: "dated",
    tool: "table.join",
    input: { left: { from: "volumes" }, right: { from: "newest" }, on: ["account", "region", "id"], kind: "left" },
  },
  { id: "answer", tool: "table.join", input: { left: { from: "dated" }, right: { from: "counts" }, on: ["account"], kind: "left" } },
];

/** Machines do other things too. */
const PATIENT = { timeout: 120_000 };

let cloud: Emulator;
let store: Store;
let orchestrator: Orchestrator;
/** Goals for which code was written. */
const written: string[] = [];

beforeAll(async () => {
  cloud = await newCloud();
  store = memory();
  const model = writer(STEPS, (prompt) => {
    const goal = /Wanted: "([^"]*)"/.exec(prompt)?.[1] ?? "";
    if (goal !== "") written.push(goal);
    return goal === NEWEST ? NEWEST_PROGRAM : PROGRAM;
  });
  orchestrator = volumeOrchestrator(cloud, { store, model });
});
afterAll(async () => {
  await orchestrator.close();
  await cloud.close();
});
beforeEach(async () => {
  written.splice(0);
  await fetch(`${cloud.url}/_emulator/reset`, { method: "POST", body: "{}" });
});

async function calls(): Promise<Record<string, number>> {
  const { calls } = (await (await fetch(`${cloud.url}/_emulator/calls`)).json()) as { calls: { operation: string }[] };
  return Object.fromEntries([...Map.groupBy(calls, ({ operation }) => operation)].map(([operation, list]) => [operation, list.length]));
}

function decisions({ approvals }: RunDocument, decision: "approve" | "reject"): ApprovalDecision[] {
  return approvals.map(({ id, digest }) => ({ id, digest, decision, by: { via: "sdk", id: "boss" } }));
}

async function ask(): Promise<RunDocument> {
  const waiting = await orchestrator.ask(QUESTION);
  expect(waiting).toMatchObject({ status: "waiting", route: "complex", error: null });
  expect(waiting.approvals).toHaveLength(2);
  expect(new Set(waiting.approvals.map(({ digest }) => digest)).size).toBe(2);
  expect([...written].sort()).toEqual([NEWEST, "volumes that are not encrypted, with their snapshots"]);
  return waiting;
}

function expectAnswer({ status, error, answer, receipt }: RunDocument): void {
  expect({ status, error, complete: receipt?.complete }).toEqual({ status: "answered", error: null, complete: true });
  expect(answer?.table?.columns.map(({ name }) => name)).toEqual([
    "provider",
    "account",
    "region",
    "id",
    "size",
    "state",
    "snapshots",
    "newest",
    "servers",
  ]);
  const rows = answer?.table?.rows ?? [];
  expect(rows).toHaveLength(8);
  for (const [, , region, , , , snapshots, newest, servers] of rows) {
    expect(region).toBe("us-east-1");
    expect(typeof newest).toBe(Number(snapshots) > 0 ? "string" : "object");
    expect(servers).toBeGreaterThan(0);
  }
}

describe("a plan with two programs", PATIENT, () => {
  test("pauses once for both, and both decided at once are run; what was finished is not asked again", async () => {
    const waiting = await ask();
    const { DescribeInstances: listed } = renamed(await calls());
    expect(listed).toBe(2);
    expectAnswer(await orchestrator.resume(waiting.runId, decisions(waiting, "approve")).result());
    expect(renamed(await calls())).toMatchObject({ DescribeInstances: listed, DescribeVolumes: 4, DescribeSnapshots: 4 });
    expect(written).toHaveLength(2);
    expect(storedEventProblems(await store.events(waiting.runId, 0))).toEqual([]);
  });

  test("waits for the second when the first is decided, and does not run the first again", async () => {
    const waiting = await ask();
    const [first, second] = decisions(waiting, "approve");
    if (first === undefined || second === undefined) throw new Error("two decisions");
    const half = await orchestrator.resume(waiting.runId, [first]).result();
    expect(half).toMatchObject({ status: "waiting", approvals: [{ id: second.id }] });
    expectAnswer(await orchestrator.resume(waiting.runId, [second]).result());
    expect(renamed(await calls())).toMatchObject({ DescribeInstances: 2, DescribeVolumes: 4, DescribeSnapshots: 4 });
    expect(written).toHaveLength(2);
  });

  test("of which one is rejected ends with that: nobody is asked for the other", async () => {
    const waiting = await ask();
    const [first] = decisions(waiting, "reject");
    if (first === undefined) throw new Error("a decision");
    const ended = await orchestrator.resume(waiting.runId, [first]).result();
    expect(ended).toMatchObject({ status: "failed", error: { code: "APPROVAL_REJECTED" }, approvals: [] });
    expect(renamed(await calls())).not.toHaveProperty("DescribeVolumes");
  });
});

function renamed(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([operation, count]) => [operation.replace("ec2.", ""), count]));
}
