// One question of five emulated clouds, in one table; checks it against the emulator's ground truth, and what the receipt says of one that refuses.
import assert from "node:assert/strict";
import { Orchestrator } from "nephoscope";
import { startEmulator } from "nephoscope/emulator";
import { alicloud } from "nephoscope/providers/alicloud";
import { aws } from "nephoscope/providers/aws";
import { azure } from "nephoscope/providers/azure";
import { gcp } from "nephoscope/providers/gcp";
import { volcengine } from "nephoscope/providers/volcengine";

const CLOUDS = ["aws", "azure", "gcp", "alicloud", "volcengine"];
await using emulator = await startEmulator({ providers: CLOUDS, instances: 60, seed: 7, deny: ["alicloud:cn-beijing"] });
await using orchestrator = new Orchestrator({
  providers: [aws({}, emulator), azure({}, emulator), gcp({}, emulator), alicloud({}, emulator), volcengine({}, emulator)],
  timezone: "Asia/Shanghai",
});

const { answer, receipt, window, status } = await orchestrator.ask("所有云上 CPU 最高的 10 台");
console.log(answer?.text);

assert.equal(status, "answered");
const { from, to } = window ?? assert.fail("no window");
const { resources } = await emulator.truth(from, to);
const readable = resources.filter(
  ({ kind, provider, region }) => kind === "virtual-machine" && !(provider === "alicloud" && region === "cn-beijing"),
);
const cpu = readable.flatMap(({ provider, id, metrics }) => {
  const used = metrics["cpu.utilization"];
  return used === undefined ? [] : [{ server: `${provider} ${id}`, percent: used.avg }];
});
const hottest = cpu.toSorted((left, right) => right.percent - left.percent).slice(0, 10);
assert.deepEqual(
  answer?.table?.rows.map(([provider, , , id]) => `${provider} ${id}`),
  hottest.map(({ server }) => server),
);

// What could not be read is named, and the answer does not claim to be whole.
assert.equal(receipt?.complete, false);
const refused = receipt.scopes.filter(({ listing }) => listing !== "complete");
assert.deepEqual([...new Set(refused.map(({ provider, region }) => `${provider} ${region}`))], ["alicloud cn-beijing"]);
