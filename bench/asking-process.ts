// One contender asks in a process of its own; prints what it took as JSON. Arguments: contender, emulator's URL, runs, servers in the warm-up.
import { cpuUsage, resourceUsage } from "node:process";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { Tiktoken } from "js-tiktoken/lite";
import type { Asking, AskingRun } from "./fleet/asking.ts";
import { CONTENDERS, type ContenderName } from "./fleet/contenders.ts";

const HEAP_SAMPLE_MS = 10;

// As bin/start.js does; for every contender alike.
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=40");

const [name = "", emulatorUrl = "", runCount = "1", warmUpServers = ""] = process.argv.slice(2);
const contender = await CONTENDERS[name as ContenderName].open(emulatorUrl);
let heapBytes = 0;
const sampler = setInterval(() => {
  heapBytes = Math.max(heapBytes, getHeapStatistics().used_heap_size);
}, HEAP_SAMPLE_MS);

const runs = [await ask(warmUpServers === "" ? {} : { atMost: Number(warmUpServers) })];
for (let run = 0; run < Number(runCount); run++) runs.push(await ask());

clearInterval(sampler);
const usage = contender.tokens(await tokenizer());
await contender.close();
const result: Asking = { runs, heapBytes, usage };
console.log(JSON.stringify(result));

async function ask(options = {}): Promise<AskingRun> {
  const before = cpuUsage();
  const startMs = performance.timeOrigin + performance.now();
  const answer = await contender.ask(options);
  const endMs = performance.timeOrigin + performance.now();
  const { user, system } = cpuUsage(before);
  return {
    answer,
    startMs,
    endMs,
    wallMs: endMs - startMs,
    processorMs: (user + system) / 1_000,
    residentBytes: resourceUsage().maxRSS * 1024,
  };
}

async function tokenizer(): Promise<(text: string) => number> {
  const { default: ranks } = await import("js-tiktoken/ranks/o200k_base");
  const encoding = new Tiktoken(ranks);
  return (text) => encoding.encode(text).length;
}
