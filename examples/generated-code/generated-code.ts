// Where no built-in tool fits, code is written, checked, rehearsed, approved by a person, and run through a broker.
import assert from "node:assert/strict";
import { type ApprovalDecision, Orchestrator } from "nephoscope";
import { startEmulator } from "nephoscope/emulator";
import { scripted } from "nephoscope/models/scripted";
import { aws } from "nephoscope/providers/aws";

const PROGRAM = `\`\`\`ts
interface Row {
  id: string;
  name: string;
}

/** Finds the dashboards whose name or body mentions checkout. */
async function main(): Promise<Row[]> {
  const { DashboardEntries = [] } = await cloud.call("aws", "cloudwatch", "ListDashboards", {});
  const dashboards = await Promise.all(
    DashboardEntries.map(async ({ DashboardArn, DashboardName = "" }) => {
      const { DashboardBody = "" } = await cloud.call("aws", "cloudwatch", "GetDashboard", { DashboardName });
      return { id: DashboardArn ?? "", name: DashboardName, body: DashboardBody };
    }),
  );
  return dashboards.filter(({ name, body }) => \`\${name} \${body}\`.includes("checkout")).map(({ id, name }) => ({ id, name }));
}
\`\`\``;

await using emulator = await startEmulator({ providers: ["aws"], instances: 60, seed: 5 });
// A real model in its place: `openai()` of "nephoscope/models/openai".
const model = scripted([JSON.stringify({ kind: "intent", tool: null, goal: "dashboards that mention checkout" }), PROGRAM]);
await using orchestrator = new Orchestrator({ providers: [aws({}, emulator)], model });

const waiting = await orchestrator.ask("which CloudWatch dashboards mention checkout?");
assert.equal(waiting.status, "waiting");
const [pending] = await orchestrator.approvals();
assert.ok(pending);
console.log(pending.summary);
console.log(pending.subject.program.code);

// What a person does after reading it.
const decision: ApprovalDecision = { id: pending.id, digest: pending.digest, decision: "approve", by: { via: "sdk", id: "on-call" } };
const answered = await orchestrator.resume(waiting.runId, [decision]).result();
console.log(answered.answer?.text);

assert.equal(answered.status, "answered");
assert.equal(answered.receipt?.complete, true);
const [from, to] = [Date.now() - 60_000, Date.now()].map((ms) => new Date(ms).toISOString());
const { records } = await emulator.truth(from ?? "", to ?? "");
const expected = records.filter(
  ({ provider, type, attributes }) => provider === "aws" && type === "dashboard" && JSON.stringify(attributes).includes("checkout"),
);
assert.deepEqual(answered.answer?.table?.rows.map((row) => String(row[4])).sort(), expected.map(({ name }) => name).sort());

// Kept under a name, it answers the same question again: no model, nobody asked.
await orchestrator.learn(pending.id, "checkout-dashboards");
const again = await orchestrator.ask("Which CloudWatch dashboards mention checkout?");
assert.equal(again.status, "answered");
assert.equal(again.usage.modelCalls, 0);
assert.deepEqual(again.answer?.table?.rows, answered.answer?.table?.rows);
