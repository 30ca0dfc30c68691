import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { Orchestrator, RunDocument, Store } from "../../../src/index.ts";
import { extism } from "../../../src/sandboxes/extism/index.ts";
import { sqlite } from "../../../src/stores/sqlite/index.ts";
import { CLOCK, NOW_MS } from "../standing-clock.ts";
import type { Death } from "./dying-process.ts";
import { approve, die, essence, expectSoundStore, goOn, journaled, storedEventProblems } from "./killed-runs.ts";
import { type StopPoint, stoppingStore } from "./stopping-store.ts";
import { QUESTION } from "./volume-question.ts";
import { newCloud, requestsTo, volumeOrchestrator } from "./volume-world.ts";

const sandbox = extism();
let folder: string;
let emulator: Emulator;
/** What happens where nobody is killed. */
let undisturbed: {
  readonly waiting: RunDocument;
  readonly answered: RunDocument;
  /** Requests of the program in all places. */
  readonly requests: number;
  readonly writesUntilWaiting: number;
  readonly writesUntilAnswered: number;
};

const newEmulator = () => newCloud({ now: () => NOW_MS });

function orchestratorOf(store: Store, emulator: Emulator): Orchestrator {
  return volumeOrchestrator(emulator, { store, sandbox, runtime: { clock: CLOCK } });
}

function pointsOf(writes: number): StopPoint[] {
  return Array.from({ length: writes }, (_, index) => index + 1).flatMap((write) => [
    { write, side: "before" as const },
    { write, side: "after" as const },
  ]);
}

/** Works with a store, and counts its writes. The file is whole when it resolves. */
async function counted(path: string, work: (orchestrator: Orchestrator) => Promise<void>): Promise<number> {
  const { store, until } = stoppingStore(sqlite({ path }));
  const { writes } = await until(undefined, () => work(orchestratorOf(store, emulator)));
  await store.close();
  return writes.length;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kills-"));
  emulator = await newEmulator();
  const path = join(folder, "undisturbed.db");
  let waiting: RunDocument | undefined;
  let answered: RunDocument | undefined;
  const first = await counted(path, async (orchestrator) => {
    waiting = await orchestrator.ask(QUESTION);
  });
  await copyFile(path, join(folder, "waiting.db"));
  const second = await counted(path, async (orchestrator) => {
    if (waiting !== undefined) answered = await approve(orchestrator, waiting);
  });
  if (waiting === undefined || answered === undefined) throw new Error("the undisturbed run did not end");
  undisturbed = {
    waiting,
    answered,
    requests: await requestsTo(emulator),
    writesUntilWaiting: first,
    writesUntilAnswered: second,
  };
}, 120_000);
afterAll(async () => {
  await emulator.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

test("the question is one that shows something: several places, calls and pages, and rows", () => {
  const { waiting, answered, requests } = undisturbed;
  expect(waiting).toMatchObject({ status: "waiting", error: null });
  expect(answered).toMatchObject({ status: "answered", receipt: { complete: true } });
  expect(answered.receipt?.scopes.length).toBeGreaterThanOrEqual(3);
  expect(requests).toBeGreaterThan(2 * (answered.receipt?.scopes.length ?? 0));
  expect(answered.answer?.table?.rows.length).toBeGreaterThan(5);
});

describe("killed before and after every write", { timeout: 240_000 }, () => {
  test("until it waits: nothing of the program has run, and after the approval it is answered as if nothing had been", async () => {
    const path = join(folder, "asked.db");
    const points = pointsOf(undisturbed.writesUntilWaiting);
    const before = await requestsTo(emulator);
    const dead = await die([{ path, env: emulator.env, points }], folder);
    expect(dead.map(({ stopped }) => stopped)).toEqual(points.map(() => true));
    const store = sqlite({ path });
    const orchestrator = orchestratorOf(store, emulator);
    await expectSoundStore(store);
    expect(await requestsTo(emulator)).toBe(before);
    for (const [index, { runId }] of dead.entries()) {
      const where = `${points[index]?.side} ${dead[index]?.writes.length} ${dead[index]?.writes.at(-1)}`;
      const planned = (await store.getRun(runId))?.plan != null;
      const sofar = await requestsTo(emulator);
      const waiting = await goOn(orchestrator, runId);
      if (!planned) {
        expect(waiting, where).toMatchObject({ status: "failed", error: { code: "RUN_NOT_FOUND" } });
        expect(storedEventProblems(await store.events(runId, 0)), where).toEqual([]);
        continue;
      }
      expect(waiting, where).toMatchObject({
        status: "waiting",
        error: null,
        approvals: [{ digest: undisturbed.waiting.approvals[0]?.digest }],
      });
      expect(await requestsTo(emulator), where).toBe(sofar);
      const answered = await approve(orchestrator, waiting);
      expect(essence(answered), where).toEqual(essence(undisturbed.answered));
      expect((await requestsTo(emulator)) - sofar, where).toBe(undisturbed.requests);
      expect(storedEventProblems(await store.events(runId, 0)), where).toEqual([]);
    }
    await expectSoundStore(store);
    await store.close();
  });

  test("after the approval: no request whose reply was kept is sent again", async () => {
    const { runId, approvals } = undisturbed.waiting;
    const decisions = approvals.map(({ id, digest }) => ({ id, digest, decision: "approve", by: { via: "sdk", id: "boss" } }) as const);
    const points = pointsOf(undisturbed.writesUntilAnswered);
    const clouds = await Promise.all(points.map(newEmulator));
    const cloudOf = (index: number): Emulator => clouds[index] ?? emulator;
    const deaths: Death[] = [];
    for (const [index, point] of points.entries()) {
      const path = join(folder, `approved-${index}.db`);
      await copyFile(join(folder, "waiting.db"), path);
      deaths.push({ path, env: cloudOf(index).env, resume: { runId, decisions }, points: [point] });
    }
    // Those of the second process die while the runs of the first are gone on with.
    const half = Math.ceil(deaths.length / 2);
    const first = die(deaths.slice(0, half), folder);
    const second = first.then(() => die(deaths.slice(half), folder));
    second.catch(() => {});
    for (const [index, { path }] of deaths.entries()) {
      const dead = index < half ? (await first)[index] : (await second)[index - half];
      const where = `${points[index]?.side} ${dead?.writes.length} ${dead?.writes.at(-1)}`;
      expect(dead?.stopped, where).toBe(true);
      const cloud = cloudOf(index);
      const sent = await requestsTo(cloud);
      const kept = journaled(path, runId);
      const store = sqlite({ path });
      const orchestrator = orchestratorOf(store, cloud);
      await expectSoundStore(store);
      const isAnswered = (await store.getRun(runId))?.status === "answered";
      const isDecided = (await store.getApproval(approvals[0]?.id ?? ""))?.status === "approved";
      if (!isDecided) expect(sent, where).toBe(0);
      let document = await goOn(orchestrator, runId);
      if (!isDecided) {
        expect(document, where).toMatchObject({ status: "waiting" });
        expect(await requestsTo(cloud), where).toBe(0);
        document = await approve(orchestrator, document);
      }
      expect(essence(document), where).toEqual(essence(undisturbed.answered));
      expect((await requestsTo(cloud)) - sent, where).toBe(isAnswered ? 0 : undisturbed.requests - kept);
      expect(storedEventProblems(await store.events(runId, 0)), where).toEqual([]);
      await expectSoundStore(store);
      await store.close();
      await cloud.close();
    }
  });
});
