// A cloud that nephoscope does not know: rack.ts says how to ask it, and every question, plan step and receipt works with it.
import assert from "node:assert/strict";
import { Orchestrator } from "nephoscope";
import { rack } from "./rack.ts";

const loads = new Map([
  ["anna", 0.93],
  ["bert", 0.12],
  ["cleo", 0.88],
]);

await using orchestrator = new Orchestrator({
  providers: [
    rack({
      machines: async () => [...loads.keys()].map((name) => ({ name, team: name === "bert" ? "search" : "payments" })),
      loads: async (names) => names.map((name) => loads.get(name) ?? 0),
    }),
  ],
  timezone: "UTC",
});

const document = await orchestrator.ask("which servers have CPU over 80%");
console.log(document.answer?.text);

assert.equal(document.status, "answered", document.error?.message);
assert.deepEqual(document.answer?.table?.rows.map((row) => row[4]).sort(), ["anna", "cleo"]);
assert.equal(document.receipt?.complete, true);
assert.deepEqual(document.usage.apiCalls.byOperation, { "rack.control.GetLoads": 1, "rack.control.ListMachines": 1 });
