import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DATA_KINDS, type DataKind, type PlanStep, referencesOf } from "../../src/contracts/index.ts";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { Orchestrator, type Plan } from "../../src/index.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { memory } from "../../src/stores/memory/index.ts";

let cloud: Emulator;
let orchestrator: Orchestrator;
const store = memory();

beforeAll(async () => {
  cloud = await startEmulator({ providers: ["aws"], instances: 20 });
  orchestrator = new Orchestrator({ providers: [aws({}, { env: cloud.env })], store, timezone: "UTC" });
});
afterAll(async () => {
  await orchestrator.close();
  await cloud.close();
});

const without = (...hidden: DataKind[]) => DATA_KINDS.filter((kind) => !hidden.includes(kind));

function loading(plan: Plan, runId: string | undefined): Plan {
  return { ...plan, steps: [{ id: "those", tool: "results.load", input: { runId }, dependsOn: [] }] };
}

async function calls(): Promise<number> {
  const reply = await fetch(`${cloud.url}/_emulator/calls`);
  return ((await reply.json()) as { calls: unknown[] }).calls.length;
}

describe("what may not be shown", () => {
  test.each<[question: string, hidden: DataKind, language: RegExp]>([
    ["list servers", "resources", /^Lists of resources may not/],
    ["servers with CPU over 80%", "metrics", /^Metrics may not/],
    ["error logs of checkout in the last hour", "logs", /^Log lines may not/],
    ["过去 1 小时 checkout 的错误日志", "logs", /^此处不允许显示日志。/],
    ["slowest traces of checkout in the last hour", "traces", /^Traces may not/],
    ["which alarms are firing", "alarms", /^Alarms may not/],
  ])("is refused before a cloud is asked: %s without %s", async (question, hidden, said) => {
    const before = await calls();
    const refused = await orchestrator.ask(question, { data: without(hidden) });
    expect(refused).toMatchObject({ status: "failed", error: { code: "DATA_NOT_ALLOWED" } });
    expect(refused.error?.message).toMatch(said);
    expect(await calls()).toBe(before);
    expect((await orchestrator.ask(question, { data: [...DATA_KINDS] })).error).toBeNull();
  });

  test("are lines, not their number by service", async () => {
    const counted = await orchestrator.ask("count error logs by service in the last hour", { data: without("logs", "traces") });
    expect(counted.status).toBe("answered");
    const telling = await orchestrator.plan("count error logs by service in the last hour");
    const byMessage = JSON.parse(JSON.stringify(telling).replaceAll('"service"', '"message"')) as object;
    const refused = await orchestrator.run(byMessage, { data: without("logs") }).result();
    expect(refused.error?.code).toBe("DATA_NOT_ALLOWED");
  });

  test("is not counted by a query whose columns may hold anything, nor read by a step besides the count", async () => {
    const counting = await orchestrator.plan("count error logs by service in the last hour");
    const { window } = counting.steps.find(({ tool }) => tool === "logs.query")?.input ?? {};
    const planOf = (steps: readonly (readonly [id: string, tool: string, input: PlanStep["input"]])[]): Plan => ({
      ...counting,
      steps: steps.map(([id, tool, input]) => ({ id, tool, input, dependsOn: referencesOf(input) })),
    });
    const count = [
      "number",
      "table.aggregate",
      { rows: { from: "lines" }, groupBy: ["service"], measures: [{ function: "count" }] },
    ] as const;
    const lines = ["lines", "logs.query", { window }] as const;
    const native = planOf([["lines", "logs.query", { window, native: "fields @message as service" }], count]);
    const both = { left: { from: "number" }, right: { from: "lines" }, on: ["service"], kind: "inner" };
    const hidden = planOf([lines, count, ["both", "table.join", both]]);
    for (const plan of [native, hidden])
      expect((await orchestrator.run(plan, { data: without("logs") }).result()).error?.code).toBe("DATA_NOT_ALLOWED");
    expect((await orchestrator.run(planOf([lines, count]), { data: without("logs") }).result()).error).toBeNull();
  });

  test("is not shown by referring to an earlier answer, nor by a plan from a file", async () => {
    const thread = "incident";
    expect((await orchestrator.ask("error logs of checkout in the last hour", { thread })).status).toBe("answered");
    const referring = await orchestrator.ask("how many of those", { thread, data: without("logs") });
    expect(referring.status).toBe("failed");
    const saved = await orchestrator.plan("error logs of checkout in the last hour");
    expect((await orchestrator.run(saved, { data: without("logs") }).result()).error?.code).toBe("DATA_NOT_ALLOWED");
  });

  test("is not shown by an answer to an answer, nor by one of code that was allowed to read it", async () => {
    const thread = "chain";
    await orchestrator.ask("list servers", { thread });
    expect((await orchestrator.ask("how many of those", { thread, data: without("logs") })).error).toBeNull();
    const list = await store.getThread(thread);
    const plan = { ...(await orchestrator.plan("list servers")) };
    const written = { ...plan, steps: [{ id: "code", tool: "code.run", input: { goal: "lines" }, dependsOn: [] }] };
    for (const [data, code] of [
      [undefined, "DATA_NOT_ALLOWED"],
      [without("traces"), "DATA_NOT_ALLOWED"],
      [without("logs"), undefined],
    ] as const) {
      const run = (await store.getRun(list ?? ""))!;
      await store.putRun({ ...run, plan: written, onBehalf: { ...run.onBehalf!, data } });
      const { error } = await orchestrator.run(loading(plan, list), { thread, data: without("logs") }).result();
      expect(error?.code).toBe(code);
    }
  });

  test("stays so when somebody else goes on with the run", async () => {
    const refused = await orchestrator.ask("error logs of checkout in the last hour", { data: without("logs") });
    const run = await store.getRun(refused.runId);
    expect(run?.onBehalf?.data).toEqual(without("logs"));
    expect((await orchestrator.resume(refused.runId).result()).error?.code).toBe("DATA_NOT_ALLOWED");
  });

  test("is less where who goes on with a run may show less", async () => {
    const stopped = new AbortController();
    const run = orchestrator.stream("error logs of checkout in the last hour", { signal: stopped.signal });
    for await (const { type } of run) if (type === "plan-end") stopped.abort();
    const refused = await orchestrator.resume(run.id, [], { data: without("logs") }).result();
    expect(refused.error?.code).toBe("DATA_NOT_ALLOWED");
  });
});
