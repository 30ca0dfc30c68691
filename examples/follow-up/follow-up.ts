// "Of those …" works on the answer before, without asking the cloud again.
import assert from "node:assert/strict";
import { Orchestrator } from "nephoscope";
import { startEmulator } from "nephoscope/emulator";
import { aws } from "nephoscope/providers/aws";

await using emulator = await startEmulator({ providers: ["aws"], instances: 300, seed: 3 });
await using orchestrator = new Orchestrator({ providers: [aws({}, emulator)], timezone: "UTC" });

const first = await orchestrator.ask("which servers have CPU over 80%", { thread: "night-shift" });
console.log(first.answer?.text);
const second = await orchestrator.ask("of those, which are in prod?", { thread: "night-shift" });
console.log(second.answer?.text);

assert.equal(second.status, "answered");
assert.equal(second.usage.apiCalls.total, 0);
const ids = (document: typeof first) => document.answer?.table?.rows.map((row) => String(row[3])) ?? [];
assert.ok(ids(second).length > 0 && ids(second).every((id) => ids(first).includes(id)));
const truth = await emulator.truth(first.window?.from ?? "", first.window?.to ?? "");
const prod = new Set(truth.resources.filter(({ tags }) => tags.env === "prod").map(({ id }) => id));
assert.deepEqual(
  ids(second).sort(),
  ids(first)
    .filter((id) => prod.has(id))
    .sort(),
);
