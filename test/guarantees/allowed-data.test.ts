import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DATA_KINDS, type DataKind } from "../../src/contracts/index.ts";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { Orchestrator } from "../../src/index.ts";
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

  test("is not shown by referring to an earlier answer, nor by a plan from a file", async () => {
    const thread = "incident";
    expect((await orchestrator.ask("error logs of checkout in the last hour", { thread })).status).toBe("answered");
    const referring = await orchestrator.ask("how many of those", { thread, data: without("logs") });
    expect(referring.status).toBe("failed");
    const saved = await orchestrator.plan("error logs of checkout in the last hour");
    expect((await orchestrator.run(saved, { data: without("logs") }).result()).error?.code).toBe("DATA_NOT_ALLOWED");
  });

  test("stays so when somebody else goes on with the run", async () => {
    const refused = await orchestrator.ask("error logs of checkout in the last hour", { data: without("logs") });
    const run = await store.getRun(refused.runId);
    expect(run?.onBehalf?.data).toEqual(without("logs"));
    expect((await orchestrator.resume(refused.runId).result()).error?.code).toBe("DATA_NOT_ALLOWED");
  });
});
