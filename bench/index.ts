// npm run bench [-- --only fleet,clouds,executor,cold,sandbox,code] [--quick] [--built] [--json]: one report of all contenders, side by side. Asserts nothing.
import { parseBenchOptions, type SectionName } from "./bench-options.ts";
import { measureColdStart } from "./cold-start.ts";
import { measureExecutor } from "./executor.ts";
import { describeMachine } from "./machine.ts";
import { renderSection } from "./render-section.ts";
import type { Section } from "./section.ts";

const MEASURE: Record<SectionName, (options: { quick: boolean; built: boolean; progress(text: string): void }) => Promise<Section>> = {
  fleet: async (options) => (await import("./fleet/measure-fleet.ts")).measureFleet(options),
  clouds: async (options) => (await import("./clouds/measure-clouds.ts")).measureClouds(options),
  executor: measureExecutor,
  cold: measureColdStart,
  sandbox: async (options) => (await import("./sandbox/measure-sandbox.ts")).measureSandbox(options),
  code: async (options) => (await import("./code/measure-code.ts")).measureCode(options),
};

const options = parseBenchOptions(process.argv.slice(2));
const machine = describeMachine();
const sections: Section[] = [];
if (!options.json) {
  const { processor, cores, memoryGb, system, node, load, date } = machine;
  console.log(`nephoscope bench, ${date}\n${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, load ${load}\n`);
}
for (const name of options.sections) {
  const section = await MEASURE[name]({ ...options, progress: (text) => console.error(`… ${text}`) });
  sections.push(section);
  if (!options.json) console.log(`${renderSection(section)}\n`);
}
if (options.json) console.log(JSON.stringify({ machine, sections }, null, 2));
