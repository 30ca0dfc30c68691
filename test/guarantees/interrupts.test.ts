import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RunDocument, RunEvent } from "../../src/index.ts";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { expectedRows, HOT_SERVERS, rowsOf, SERVERS } from "./fleet-questions.ts";
import { limitOf } from "./standing-clock.ts";
import { eventProblems, receiptProblems, watch } from "./watched-run.ts";
import { startWorld, type World } from "./world.ts";

const ASKING_PROCESS = fileURLToPath(new URL("./asking-process.ts", import.meta.url));

let world: World;
let folder: string;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  world = await startWorld();
  process.on("unhandledRejection", note);
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "guarantees-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  expect(unhandled.splice(0)).toEqual([]);
});

async function operations(): Promise<string[]> {
  return (await world.calls()).map(({ operation }) => operation);
}

function listedScopes(event: RunEvent): number {
  return event.type === "receipt-update" ? event.receipt.scopes.filter(({ listing }) => listing === "complete").length : 0;
}

async function expectRightAnswer(document: RunDocument): Promise<void> {
  expect(document).toMatchObject({ status: "answered", error: null, receipt: { complete: true } });
  const truth = await world.truth(document);
  expect(rowsOf(document, HOT_SERVERS.columns)).toEqual(expectedRows(HOT_SERVERS, truth, () => true));
}

describe("a person's abort", () => {
  test.each(["which servers have CPU over 80%", "列出 CPU > 80% 的服务器"])("ends %s with what was looked at so far", async (question) => {
    // Nine of the twelve places answer at once.
    await world.rules({ faults: ["aws:DescribeInstances:slow:3"] });
    await using orchestrator = world.orchestrator();
    const controller = new AbortController();
    const reason = new Error("the person left");
    const run = orchestrator.stream(question, { signal: controller.signal });
    const events: RunEvent[] = [];
    for await (const event of run) {
      events.push(event);
      if (listedScopes(event) === 9) controller.abort(reason);
    }
    const last = events.at(-1);
    if (last?.type !== "run-error") throw new Error(`the last event is ${last?.type}`);
    const { document } = last;
    expect(eventProblems(events)).toEqual([]);
    expect(receiptProblems(document)).toEqual([]);
    expect(document).toMatchObject({ status: "failed", answer: null, error: { code: "RUN_INTERRUPTED" } });
    // The store is in memory: nothing could go on with it in another process.
    expect(document.error?.hint).toMatch(/Ask the question again|请重新提问/);
    expect(document.error?.message).toMatch(document.language === "zh" ? /\p{Script=Han}/u : /interrupted/);
    expect(document.receipt?.scopes.filter(({ listing }) => listing === "complete")).toHaveLength(9);
    // What was not looked at must not look complete.
    expect(document.receipt?.complete).toBe(false);
    await expect(run.result()).rejects.toBe(reason);
  });

  test("before the beginning asks nobody", async () => {
    await world.rules({});
    await using orchestrator = world.orchestrator();
    const reason = { why: "too late" };
    await expect(orchestrator.ask(SERVERS.text, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await world.calls()).toEqual([]);
  });

  test("of one question leaves the other alone", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:slow:1"] });
    await using orchestrator = world.orchestrator();
    const controller = new AbortController();
    const aborted = orchestrator.ask(HOT_SERVERS.text, { signal: controller.signal });
    const other = orchestrator.ask(HOT_SERVERS.text);
    controller.abort("gone");
    await expect(aborted).rejects.toBe("gone");
    await expectRightAnswer(await other);
  });
});

describe("leaving the loop", () => {
  test("cancels the run: nothing is asked any more", async () => {
    await world.rules({ faults: ["aws:GetMetricData:throttle"] });
    await using orchestrator = world.orchestrator();
    const run = orchestrator.stream(HOT_SERVERS.text);
    for await (const event of run) if (event.type === "step-start") break;
    await expect(run.result()).rejects.toMatchObject({ name: "AbortError" });
    const asked = await operations();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await operations()).toEqual(asked);
    expect(asked).not.toContain("cloudwatch.GetMetricData");
  });

  test("after the last event cancels nothing", async () => {
    await world.rules({});
    await using orchestrator = world.orchestrator();
    const run = orchestrator.stream(HOT_SERVERS.text);
    for await (const event of run) if (event.type === "run-end") break;
    await expectRightAnswer(await run.result());
  });

  test("is not needed: a run whose events nobody reads ends as well", async () => {
    await world.rules({});
    await using orchestrator = world.orchestrator();
    await expectRightAnswer(await orchestrator.ask(HOT_SERVERS.text));
  });
});

describe("a time limit", () => {
  test("while metrics are read leaves the rows that are there", async () => {
    await world.rules({ faults: ["aws:GetMetricData:slow:2"] });
    const { document, exitStatus } = await world.ask(HOT_SERVERS.text, { run: { timeoutMs: limitOf(1_500) } });
    const slow = (await world.calls()).filter(({ fault }) => fault === "slow");
    const isAnswered = (place: { account: string; region: string }) =>
      !slow.some((call) => call.account === place.account && call.region === place.region);
    expect(document).toMatchObject({ status: "answered", receipt: { complete: false } });
    expect(exitStatus).toBe(3);
    for (const scope of document.receipt?.scopes ?? []) {
      expect(scope.listing).toBe("complete");
      expect(scope.failed > 0, scope.region).toBe(!isAnswered(scope));
      if (!isAnswered(scope)) expect(scope.reasons.map(({ code }) => code)).toContain("RUN_TIMEOUT");
    }
    const truth = await world.truth(document);
    expect(rowsOf(document, HOT_SERVERS.columns)).toEqual(expectedRows(HOT_SERVERS, truth, isAnswered));
  });

  test.each([
    ["list all servers", /time limit/],
    ["列出所有服务器", /时间限制/],
  ])("that leaves nothing says so: %s", async (question, said) => {
    await world.rules({ faults: ["aws:DescribeInstances:slow"] });
    const { document, exitStatus } = await world.ask(question, { run: { timeoutMs: limitOf(300) } });
    expect(document).toMatchObject({ status: "failed", receipt: { complete: false }, error: { code: "RUN_TIMEOUT" } });
    expect(document.error?.message).toMatch(said);
    expect(document.error?.hint).toMatch(/--timeout/);
    expect(exitStatus).toBe(1);
  });

  test("is the orchestrator's where the call names none", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:slow:1"] });
    const { document, exitStatus } = await world.ask(SERVERS.text, { limits: { timeoutMs: limitOf(1_000) } });
    expect(document.receipt?.scopes.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toEqual(["RUN_TIMEOUT"]);
    expect(exitStatus).toBe(3);
  });
});

describe("a cloud that goes away in the middle", () => {
  test.each([
    ["while places are listed", "aws:DescribeInstances:slow:3", 9],
    ["while metrics are read", "aws:GetMetricData:slow:3", 12],
  ])("%s: what came before is the answer", async (_when, fault, listed) => {
    await using other = await startWorld();
    await other.rules({ faults: [fault] });
    await using orchestrator = other.orchestrator();
    const events: RunEvent[] = [];
    let closing: Promise<void> | undefined;
    for await (const event of orchestrator.stream(HOT_SERVERS.text)) {
      events.push(event);
      if (listedScopes(event) === listed) closing ??= other.emulator.close();
    }
    await closing;
    expect(eventProblems(events)).toEqual([]);
    const last = events.at(-1);
    if (last === undefined || !("document" in last)) throw new Error(`the last event is ${last?.type}`);
    const { document } = last;
    expect(receiptProblems(document)).toEqual([]);
    expect(document).toMatchObject({ status: "answered", receipt: { complete: false } });
    const reasons = document.receipt?.scopes.flatMap((scope) => scope.reasons.map(({ code }) => code)) ?? [];
    expect(reasons).toContain("PROVIDER_UNAVAILABLE");
    expect(document.answer?.warnings.join()).not.toMatch(/SyntaxError|TypeError|undefined/);
  });
});

describe("going on", () => {
  test("after an abort asks only for what is missing, in the same window", async () => {
    const path = join(folder, "runs.db");
    await world.rules({ faults: ["aws:GetMetricData:slow"] });
    const first = world.orchestrator({ store: sqlite({ path }) });
    const controller = new AbortController();
    const run = first.stream(HOT_SERVERS.text, { signal: controller.signal });
    const events: RunEvent[] = [];
    for await (const event of run) {
      events.push(event);
      if (event.type === "step-end" && event.stepId === "list") controller.abort();
    }
    expect(eventProblems(events)).toEqual([]);
    await first.close();

    await world.rules({});
    await using second = world.orchestrator({ store: sqlite({ path }) });
    const resumed: RunEvent[] = [];
    for await (const event of second.resume(run.id)) resumed.push(event);
    expect(eventProblems(resumed, events.length)).toEqual([]);
    const last = resumed.at(-1);
    if (last?.type !== "run-end") throw new Error(`the last event is ${last?.type}`);
    expect(receiptProblems(last.document)).toEqual([]);
    expect(last.document.runId).toBe(run.id);
    await expectRightAnswer(last.document);
    const asked = await operations();
    expect(asked).toContain("cloudwatch.GetMetricData");
    expect(asked).not.toContain("ec2.DescribeInstances");
    expect(asked).not.toContain("ec2.DescribeRegions");
  });

  test("after kill -9, in another process, asks only for what is missing", async () => {
    const path = join(folder, "runs.db");
    await world.rules({ faults: ["aws:GetMetricData:slow"] });
    const child = spawn(process.execPath, ["--conditions=@nephoscope/source", ASKING_PROCESS, path, HOT_SERVERS.text], {
      env: { PATH: process.env.PATH, HOME: folder, ...world.emulator.env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const events: RunEvent[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as RunEvent;
      events.push(event);
      // Its metrics are on their way.
      if (event.type === "step-end" && event.stepId === "list") child.kill("SIGKILL");
    }
    expect(events.map(({ type }) => type)).not.toContain("run-end");
    const runId = events[0]?.runId ?? "";

    await world.rules({});
    await using orchestrator = world.orchestrator({ store: sqlite({ path }) });
    const resumed: RunEvent[] = [];
    for await (const event of orchestrator.resume(runId)) resumed.push(event);
    // Numbered on from what was stored: at most the last events were lost.
    const from = resumed[0]?.sequence ?? 0;
    expect(from).toBeGreaterThan(0);
    expect(eventProblems(resumed, from)).toEqual([]);
    const last = resumed.at(-1);
    if (last?.type !== "run-end") throw new Error(`the last event is ${last?.type}`);
    await expectRightAnswer(last.document);
    expect(await operations()).not.toContain("ec2.DescribeInstances");
  });

  test("with a run that was never there says so", async () => {
    await using orchestrator = world.orchestrator({ store: sqlite({ path: join(folder, "runs.db") }) });
    const { document, exitStatus } = await watch(orchestrator.resume("run_nowhere"));
    expect(document).toMatchObject({ status: "failed", error: { code: "RUN_NOT_FOUND" } });
    expect(document.error?.message).toContain("run_nowhere");
    expect(document.error?.hint).not.toBeNull();
    expect(exitStatus).toBe(1);
  });

  test("with a run that was answered asks nobody", async () => {
    const store = sqlite({ path: join(folder, "runs.db") });
    await using orchestrator = world.orchestrator({ store });
    const first = await watch(orchestrator.stream(HOT_SERVERS.text));
    await world.rules({});
    const resumed: RunEvent[] = [];
    for await (const event of orchestrator.resume(first.document.runId)) resumed.push(event);
    expect(eventProblems(resumed, first.events.length)).toEqual([]);
    const last = resumed.at(-1);
    if (last?.type !== "run-end") throw new Error(`the last event is ${last?.type}`);
    await expectRightAnswer(last.document);
    expect(await world.calls()).toEqual([]);
  });
});
