import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { Orchestrator, type RunDocument } from "../../src/index.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { memory } from "../../src/stores/memory/index.ts";

const QUESTION = "list servers";
const where = { regions: ["us-east-1"] };

let cloud: Emulator;
let orchestrator: Orchestrator;
const store = memory();

beforeAll(async () => {
  cloud = await startEmulator({ providers: ["aws"], instances: 40 });
  orchestrator = new Orchestrator({ providers: [aws({}, { env: cloud.env })], store, timezone: "UTC" });
});
afterAll(async () => {
  await orchestrator.close();
  await cloud.close();
});

function regionsOf({ receipt, answer }: RunDocument): readonly unknown[] {
  const column = answer?.table?.columns.findIndex(({ name }) => name === "region") ?? -1;
  const rows = answer?.table?.rows.map((row) => row[column]) ?? [];
  return [...new Set([...(receipt?.scopes.map(({ region }) => region) ?? []), ...rows])].toSorted();
}

describe("what a question is restricted to", () => {
  test("holds for the run when it is gone on with, also where its plan was not narrowed yet", async () => {
    const plan = await orchestrator.plan(QUESTION);
    const stopped = new AbortController();
    const run = orchestrator.run(plan, { where, signal: stopped.signal });
    for await (const { type } of run) if (type === "run-start") stopped.abort();
    await store.putRun({ ...(await store.getRun(run.id))!, plan });
    const document = await orchestrator.resume(run.id).result();
    expect(document).toMatchObject({ status: "answered", error: null });
    expect(regionsOf(document)).toEqual(["us-east-1"]);
  });

  test("is narrowed by whoever goes on with the run, and never widened", async () => {
    const stopped = new AbortController();
    const run = orchestrator.stream(QUESTION, { where: { regions: ["us-east-1", "eu-west-1"] }, signal: stopped.signal });
    for await (const { type } of run) if (type === "plan-end") stopped.abort();
    const elsewhere = await orchestrator.resume(run.id, [], { where: { regions: ["ap-southeast-1"] } }).result();
    expect(elsewhere.error?.code).toBe("QUESTION_CONTRADICTORY");
    const document = await orchestrator.resume(run.id, [], { where }).result();
    expect(regionsOf(document)).toEqual(["us-east-1"]);
  });

  test("holds for rows of the answer before, and for its receipt", async () => {
    const thread = "places";
    const all = await orchestrator.ask(QUESTION, { thread });
    expect(regionsOf(all).length).toBeGreaterThan(1);
    const those = await orchestrator.ask("those that are running", { thread, where });
    expect(those).toMatchObject({ status: "answered", error: null });
    expect(regionsOf(those)).toEqual(["us-east-1"]);
  });
});
