import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import { type ApprovalDecision, Orchestrator, type OrchestratorOptions } from "../../src/index.ts";
import { scripted } from "../../src/models/scripted/index.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { extism } from "../../src/sandboxes/extism/index.ts";

const emulator = await startEmulator({ providers: ["aws"], instances: 12, seed: 2 });
const sandbox = extism({ pool: 1 });
beforeAll(() => sandbox.load());
afterAll(async () => {
  await sandbox.close();
  await emulator.close();
});

const QUESTION = "stop the instances of the checkout application";
const PLANNED = JSON.stringify({ kind: "intent", tool: null, goal: "stop instances with the tag service=checkout, and nothing else" });
const STOPPING = `interface Row { id: string; state: string | null }
/** Stops the machines of the checkout application. */
async function main(): Promise<Row[]> {
  const { Reservations = [] } = await cloud.call("aws", "ec2", "DescribeInstances", { Filters: [{ Name: "tag:service", Values: ["checkout"] }] });
  const ids = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = "" }) => InstanceId));
  if (ids.length === 0) return [];
  const { StoppingInstances = [] } = await cloud.call("aws", "ec2", "StopInstances", { InstanceIds: ids });
  return StoppingInstances.map(({ InstanceId = "", CurrentState }) => ({ id: InstanceId, state: CurrentState?.Name ?? null }));
}`;

function ask(options: Partial<OrchestratorOptions>) {
  const model = scripted([PLANNED, `\`\`\`ts\n${STOPPING}\n\`\`\``]);
  return new Orchestrator({ providers: [aws({}, emulator)], model, sandbox, ...options });
}

async function stops(): Promise<number> {
  const response = await fetch(`${emulator.url}/_emulator/calls`);
  const { calls } = (await response.json()) as { readonly calls: readonly { readonly operation: string }[] };
  return calls.filter(({ operation }) => operation === "ec2.StopInstances").length;
}

test("a change is refused while the operator has not turned changes on", async () => {
  await using orchestrator = ask({});
  const document = await orchestrator.ask(QUESTION);
  expect(document).toMatchObject({ status: "failed", error: { code: "QUESTION_WRITE_REQUEST" }, usage: { modelCalls: 0 } });
  expect(await stops()).toBe(0);
});

test("turned on, a change waits for an approval of its own kind, and happens once it is given", async () => {
  await using orchestrator = ask({ allow: ["write"] });
  const waiting = await orchestrator.ask(QUESTION);
  expect(waiting).toMatchObject({ error: null, status: "waiting", approvals: [{ kind: "write" }] });
  const [pending] = await orchestrator.approvals();
  expect(pending?.summary).toContain("aws.ec2.StopInstances (write)");
  expect(await stops()).toBe(0);

  const decision: ApprovalDecision = {
    id: pending?.id ?? "",
    digest: pending?.digest ?? "",
    decision: "approve",
    by: { via: "sdk", id: "on-call" },
  };
  const done = await orchestrator.resume(waiting.runId, [decision]).result();
  expect(done).toMatchObject({ status: "answered", receipt: { complete: true } });
  const now = Date.now();
  const { resources } = await emulator.truth(new Date(now - 60_000).toISOString(), new Date(now).toISOString());
  const stopped = resources.filter(({ kind, tags }) => kind === "virtual-machine" && tags.service === "checkout");
  expect(new Set(stopped.map(({ state }) => state))).toEqual(new Set(["stopped"]));
  expect(done.answer?.table?.rows.map((row) => String(row[3])).sort()).toEqual(stopped.map(({ id }) => id).sort());
  expect(stopped.length).toBeGreaterThan(0);
});
