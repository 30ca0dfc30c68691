// Shows the steps of a plan while they run.
import assert from "node:assert/strict";
import { Orchestrator, type RunEvent } from "nephoscope";
import { startEmulator } from "nephoscope/emulator";
import { aws } from "nephoscope/providers/aws";

await using emulator = await startEmulator({ providers: ["aws"], instances: 200, seed: 1 });
await using orchestrator = new Orchestrator({ providers: [aws({}, emulator)], timezone: "Europe/Berlin" });

const seen: RunEvent[] = [];
for await (const event of orchestrator.stream("average CPU by region in the last hour")) {
  seen.push(event);
  if (event.type === "step-start") console.log(`… ${event.title}`);
  if (event.type === "step-end") console.log(`✓ ${event.stepId}: ${event.rows} rows`);
  if (event.type === "answer-end") console.log(event.answer.text);
}

assert.deepEqual(
  seen.map((event) => event.sequence),
  seen.map((_, index) => index),
);
assert.equal(seen.at(-1)?.type, "run-end");
