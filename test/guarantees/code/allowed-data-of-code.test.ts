import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { shipped } from "../../../src/descriptions/shipped/index.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { DATA_KINDS, type Orchestrator, type Store } from "../../../src/index.ts";
import { memory } from "../../../src/stores/memory/index.ts";
import { approve } from "../durability/killed-runs.ts";
import { codeStep, isCodePrompt, writer } from "../durability/volume-question.ts";
import { volumeOrchestrator } from "../durability/volume-world.ts";

const QUESTION = "which metric filters do the log groups have";
const PROGRAM = `interface Row { name: string }
/** Metric filters of log groups. */
async function main(): Promise<Row[]> {
  const { metricFilters = [] } = await cloud.call("aws", "logs", "DescribeMetricFilters", {});
  return metricFilters.map(({ filterName: name = "" }) => ({ name }));
}`;
const data = DATA_KINDS.filter((kind) => kind !== "logs");
const REFUSED = { status: "failed", error: { code: "DATA_NOT_ALLOWED", message: "Log lines may not be shown here." } };

let cloud: Emulator;
let store: Store;
let orchestrator: Orchestrator;
let written = 0;

beforeAll(async () => {
  cloud = await startEmulator({ providers: ["aws"], instances: 10 });
  store = memory();
  const source = shipped();
  const program = (prompt: string) => {
    if (isCodePrompt(prompt)) written += 1;
    return PROGRAM;
  };
  orchestrator = volumeOrchestrator(cloud, {
    store,
    model: writer([codeStep("filters", ["us-east-1"], "metric filters of log groups")], program),
    descriptions: [{ ...source, services: async (provider) => (provider === "aws" ? ["logs"] : []) }],
  });
});
afterAll(async () => {
  await orchestrator.close();
  await cloud.close();
});
beforeEach(() => {
  written = 0;
});

describe("code that reads from a service of log lines, where they may not be shown", { timeout: 60_000 }, () => {
  test("is not written", async () => {
    expect(await orchestrator.ask(QUESTION, { data })).toMatchObject(REFUSED);
    expect(written).toBe(0);
    expect(await orchestrator.ask(QUESTION, { data: data.filter((kind) => kind !== "code") })).toMatchObject({
      error: { code: "DATA_NOT_ALLOWED", message: "Answers that need generated code may not be shown here." },
    });
  });

  test("does not run where it was approved for somebody who may see them, nor where it is kept", async () => {
    const waiting = await orchestrator.ask(QUESTION);
    expect(waiting).toMatchObject({ status: "waiting", error: null });
    const [approval] = waiting.approvals;
    await orchestrator.decide({
      id: approval?.id ?? "",
      digest: approval?.digest ?? "",
      decision: "approve",
      by: { via: "sdk", id: "boss" },
    });
    expect(await orchestrator.resume(waiting.runId, [], { data }).result()).toMatchObject(REFUSED);

    const answered = await approve(orchestrator, await orchestrator.ask(QUESTION));
    expect(answered).toMatchObject({ status: "answered", error: null });
    const [kept] = await store.listApprovals({ runId: answered.runId });
    await orchestrator.learn(kept?.id ?? "", "metric-filters");
    expect(await orchestrator.ask(QUESTION)).toMatchObject({ status: "answered" });
    expect(await orchestrator.ask(QUESTION, { data })).toMatchObject(REFUSED);
  });
});
