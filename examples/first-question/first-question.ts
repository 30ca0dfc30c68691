// Asks one question of an emulated AWS, and checks the answer against the emulator's ground truth.
import assert from "node:assert/strict";
import { Orchestrator } from "nephoscope";
import { startEmulator } from "nephoscope/emulator";
import { aws } from "nephoscope/providers/aws";

await using emulator = await startEmulator({ providers: ["aws"], instances: 120, seed: 7 });
await using orchestrator = new Orchestrator({ providers: [aws({}, emulator)], timezone: "Asia/Shanghai" });

const document = await orchestrator.ask("列出 CPU > 80% 的服务器");
console.log(document.answer?.text);

assert.equal(document.status, "answered");
assert.equal(document.receipt?.complete, true);
const { from, to } = document.window ?? assert.fail("no window");
const truth = await emulator.truth(from, to);
const hot = truth.resources.filter(({ kind, metrics }) => kind === "virtual-machine" && (metrics["cpu.utilization"]?.avg ?? 0) > 80);
const ids = document.answer?.table?.rows.map((row) => row[3]);
assert.deepEqual(ids?.sort(), hot.map(({ id }) => id).sort());
