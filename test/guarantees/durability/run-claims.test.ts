import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { Orchestrator, RunDocument, Store } from "../../../src/index.ts";
import { isHolderGone, newHolder } from "../../../src/runtime/process-holder.ts";
import { sqlite } from "../../../src/stores/sqlite/index.ts";
import { approve, storedEventProblems } from "./killed-runs.ts";
import { CHINESE_QUESTION, QUESTION } from "./volume-question.ts";
import { newCloud, requestsTo, volumeOrchestrator } from "./volume-world.ts";

const HOUR_MS = 3_600_000;

let folder: string;
let cloud: Emulator;
let store: Store;
let orchestrator: Orchestrator;
let waiting: RunDocument;
let waitingInChinese: RunDocument;
/** Ahead of the machine's, in milliseconds. */
let skewMs = 0;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(os.tmpdir(), "claims-"));
  cloud = await newCloud();
  store = sqlite({ path: join(folder, "runs.db") });
  const clock = { now: () => Date.now() + skewMs, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()) };
  orchestrator = volumeOrchestrator(cloud, { store, runtime: { clock } });
  waiting = await orchestrator.ask(QUESTION);
  waitingInChinese = await orchestrator.ask(CHINESE_QUESTION);
  expect([waiting.status, waitingInChinese.status]).toEqual(["waiting", "waiting"]);
}, 120_000);
afterAll(async () => {
  await orchestrator.close();
  await cloud.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Goes on with the run while somebody has it, who last said so at `claimedMs`. */
async function resumeHeldBy(name: string, { runId }: RunDocument = waiting, claimedMs = Date.now()): Promise<RunDocument> {
  const holder = `${name} ${claimedMs}`;
  await store.claimRun(runId, holder);
  const before = (await store.events(runId, 0)).length;
  const document = await orchestrator.resume(runId).result();
  // Who is refused writes nothing into the numbering of who drives.
  if (document.error !== null) expect(await store.events(runId, 0)).toHaveLength(before);
  await store.releaseRun(runId, holder);
  return document;
}

function holderOf(pid: number | undefined): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return `${os.hostname()}/${pid}/${stat.split(") ").at(-1)?.split(" ")[19]}/0badcafe`;
}

function sleeping(): ChildProcess {
  const child = spawn("sleep", ["60"]);
  children.push(child);
  return child;
}

describe("a run that another process has claimed", () => {
  test("is taken over at once where that process has ended", async () => {
    const child = sleeping();
    const holder = holderOf(child.pid);
    child.kill("SIGKILL");
    await once(child, "close");
    expect(await resumeHeldBy(holder)).toMatchObject({ status: "waiting", error: null });
  });

  test("is taken over at once where that process has ended, and nobody has noticed", async () => {
    const parent = spawn("sh", ["-c", "sleep 1 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    children.push(parent);
    const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
    const holder = holderOf(Number(line));
    await expect.poll(() => readFileSync(`/proc/${line}/stat`, "utf8"), { timeout: 10_000 }).toMatch(/\) Z /);
    expect(await resumeHeldBy(holder)).toMatchObject({ status: "waiting", error: null });
  });

  test("is taken over at once where its number belongs to a younger process by now", async () => {
    const child = sleeping();
    const [host, pid] = holderOf(child.pid).split("/");
    expect(await resumeHeldBy(`${host}/${pid}/1/0badcafe`)).toMatchObject({ status: "waiting", error: null });
  });

  test.each([
    ["in English", () => waiting, /is being driven by process \d+ on /, /Wait for it to end/],
    ["in Chinese", () => waitingInChinese, /正由 .* 上的进程 \d+ 执行/, /请等待其结束/],
  ])("is left alone where that process lives, and the person is told %s who it is and what to do", async (_in, run, said, hint) => {
    const child = sleeping();
    const { status, error } = await resumeHeldBy(holderOf(child.pid), run());
    expect(status).toBe("failed");
    expect(error).toMatchObject({ code: "RUN_HELD", message: expect.stringMatching(said), hint: expect.stringMatching(hint) });
    expect(error?.message).toContain(`${child.pid}`);
    expect(error?.hint).toContain(`nephoscope resume ${run().runId}`);
  });

  test("is left alone where that process is this one: twice in one process are two", async () => {
    expect((await resumeHeldBy(newHolder())).error?.code).toBe("RUN_HELD");
  });
});

describe("a run that is claimed on another machine", () => {
  afterEach(() => {
    skewMs = 0;
  });

  test.each([
    [40, "RUN_HELD"],
    [61, undefined],
  ])("where its claim was not renewed for %i seconds: %s", async (seconds, code) => {
    skewMs = seconds * 1_000;
    expect((await resumeHeldBy("elsewhere/4711/1/0badcafe")).error?.code).toBe(code);
  });

  test("after it had waited for long is left alone", async () => {
    skewMs = 10 * HOUR_MS;
    const claimedMs = Date.now() + skewMs - 10_000;
    expect((await resumeHeldBy("elsewhere/4711/1/0badcafe", waiting, claimedMs)).error?.code).toBe("RUN_HELD");
  });

  test("whose clock is ahead is left alone", async () => {
    skewMs = -HOUR_MS;
    expect((await resumeHeldBy("elsewhere/4711/1/0badcafe")).error?.code).toBe("RUN_HELD");
  });
});

describe("holders on a machine with an odd name", () => {
  const { hostname } = os;
  afterEach(() => {
    os.hostname = hostname;
    syncBuiltinESMExports();
  });

  test.each(["a/b", "", "/", "gone/1/2", "主机", "host name"])("%j are told apart by their processes", async (name) => {
    os.hostname = () => name;
    syncBuiltinESMExports();
    const holder = newHolder();
    const [random, start, pid] = holder.split("/").reverse();
    expect(isHolderGone(holder)).toBe(false);
    expect(isHolderGone(`${name}/${pid}/${Number(start) + 1}/${random}`)).toBe(true);
    expect(isHolderGone(`other${name}/${pid}/${Number(start) + 1}/${random}`)).toBe(false);
    const { error } = await resumeHeldBy(holder);
    expect(error?.message).toContain(`by process ${process.pid} on ${name}.`);
  });
});

describe("going on with a run", () => {
  test("that is being driven writes no event into its numbering", async () => {
    const asked = await orchestrator.ask(QUESTION);
    await fetch(`${cloud.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults: ["aws:DescribeVolumes:slow:4"] }) });
    const sofar = await requestsTo(cloud);
    const first = approve(orchestrator, asked);
    await expect.poll(() => requestsTo(cloud)).toBeGreaterThan(sofar);
    const others = await Promise.all([0, 1, 2].map(() => orchestrator.resume(asked.runId).result()));
    expect(others.map(({ error }) => error?.code)).toEqual(["RUN_HELD", "RUN_HELD", "RUN_HELD"]);
    expect(await first).toMatchObject({ status: "answered", receipt: { complete: true } });
    const events = await store.events(asked.runId, 0);
    expect(storedEventProblems(events)).toEqual([]);
    expect(events.filter(({ type }) => type === "run-start")).toHaveLength(2);
    expect(events.filter(({ type }) => type === "run-error")).toEqual([]);
  });

  test("ends for who drove it when another has taken it over, and leaves it to the other", async () => {
    // Renews its claim all the time.
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 100).unref());
    const hurried = volumeOrchestrator(cloud, { store, runtime: { clock: { now: Date.now, sleep } }, limits: { timeoutMs: 6_000_000 } });
    const asked = await hurried.ask(QUESTION);
    await fetch(`${cloud.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults: ["aws:DescribeVolumes:slow:4"] }) });
    const sofar = await requestsTo(cloud);
    const driven = approve(hurried, asked);
    await expect.poll(() => requestsTo(cloud)).toBeGreaterThan(sofar);
    const other = `elsewhere/4711/1/0badcafe ${Date.now()}`;
    const takenOver = async () => store.claimRun(asked.runId, other, await store.claimRun(asked.runId, "nobody"));
    await expect.poll(takenOver).toBeUndefined();
    expect(await driven).toMatchObject({ status: "failed", error: { code: "RUN_HELD" } });
    expect(await store.claimRun(asked.runId, "nobody")).toBe(other);
    expect((await store.getRun(asked.runId))?.status).toBe("running");
    expect((await store.events(asked.runId, 0)).filter(({ type }) => type === "run-error")).toEqual([]);
    await store.releaseRun(asked.runId, other);
    expect(await orchestrator.resume(asked.runId).result()).toMatchObject({ status: "answered", error: null });
  });

  test("may begin when its last event is read", async () => {
    const run = orchestrator.stream(QUESTION);
    let answered: RunDocument | undefined;
    for await (const event of run) if (event.type === "run-pause") answered = await approve(orchestrator, event.document);
    expect(answered).toMatchObject({ status: "answered", error: null });
  });

  test("that was answered lets it go again", async () => {
    const { runId } = await approve(orchestrator, await orchestrator.ask(QUESTION));
    for (let time = 0; time < 2; time++)
      expect(await orchestrator.resume(runId).result()).toMatchObject({ status: "answered", error: null });
    expect(await store.claimRun(runId, "anybody")).toBeUndefined();
  });
});
