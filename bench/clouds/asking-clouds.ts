// Asks the clouds of an emulator in a process of its own; prints what it took as JSON. Arguments: emulator's URL, clouds with commas, runs.
import { cpuUsage } from "node:process";
import { Orchestrator, type Provider } from "nephoscope";
import { CATALOG } from "nephoscope/catalog";

const QUESTION = "which servers have CPU over 80%";

/** Times in milliseconds since the epoch, by the clock that the emulator notes its calls with. */
export interface CloudsRun {
  readonly startMs: number;
  readonly endMs: number;
  readonly wallMs: number;
  readonly processorMs: number;
  readonly window: { readonly from: string; readonly to: string };
  /** `provider id` of each server over the threshold. */
  readonly hot: readonly string[];
}

const [emulatorUrl = "", clouds = "", runCount = "1"] = process.argv.slice(2);
const env = { NEPHOSCOPE_EMULATOR: emulatorUrl };
const providers = await Promise.all(clouds.split(",").map(open));
const orchestrator = new Orchestrator({ providers, timezone: "UTC" });
const runs: CloudsRun[] = [];
// The first one signs in and loads packages.
for (let run = 0; run <= Number(runCount); run++) runs.push(await ask());
await orchestrator.close();
console.log(JSON.stringify(runs));

async function open(id: string): Promise<Provider> {
  const entry = CATALOG.find((candidate) => candidate.kind === "provider" && candidate.id === id);
  const module = { ...((await entry?.load()) as Readonly<Record<string, unknown>> | undefined) };
  return (module[id] as (options: object, surroundings: { readonly env: typeof env }) => Provider)({}, { env });
}

async function ask(): Promise<CloudsRun> {
  const before = cpuUsage();
  const startMs = performance.timeOrigin + performance.now();
  const { answer, receipt, window, error } = await orchestrator.ask(QUESTION);
  const endMs = performance.timeOrigin + performance.now();
  const { user, system } = cpuUsage(before);
  if (receipt?.complete !== true || window === null) throw new Error(`no complete answer: ${error?.message ?? answer?.warnings.join(" ")}`);
  const [provider, id] = ["provider", "id"].map((name) => answer?.table?.columns.findIndex((column) => column.name === name) ?? -1);
  const hot = answer?.table?.rows.map((row) => `${row[provider ?? -1]} ${row[id ?? -1]}`).sort() ?? [];
  return { startMs, endMs, wallMs: endMs - startMs, processorMs: (user + system) / 1_000, window, hot };
}
