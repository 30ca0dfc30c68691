import { fileURLToPath } from "node:url";
import { runNode } from "../child-process.ts";
import { median } from "../median.ts";
import type { Section } from "../section.ts";
import { NODE_VM, ours, QUICKJS_EMSCRIPTEN } from "./contenders.ts";
import { isolatedVm } from "./isolated-vm.ts";
import { mainOf, PROGRAMS, type ProgramName, RESULTS, type SandboxContender } from "./programs.ts";

const FIRST_RUN = fileURLToPath(new URL("first-run.ts", import.meta.url));

/** What it costs to run a program in a sandbox that nothing is left in, and that ends a loop. */
export async function measureSandbox({ quick, progress }: { readonly quick: boolean; progress(text: string): void }): Promise<Section> {
  const turns = quick ? 5 : 21;
  const isolated = await isolatedVm();
  const contenders = [ours(2), ours(0), QUICKJS_EMSCRIPTEN, ...(isolated === undefined ? [] : [isolated]), NODE_VM];
  const measured: { name: string; times: Record<ProgramName, number> }[] = [];
  for (const contender of contenders) {
    progress(contender.name);
    measured.push({ name: contender.name, times: await timesOf(contender, turns) });
    await contender.close();
  }
  progress("first run in a process");
  const firstMs: number[] = [];
  for (let turn = 0; turn < (quick ? 3 : 9); turn++)
    firstMs.push(Number((await runNode(["--conditions=@nephoscope/source", FIRST_RUN])).stdout));
  const base = measured.find(({ name }) => name === QUICKJS_EMSCRIPTEN.name)?.times;
  return {
    title: "Sandbox: one program, from its text to its result",
    about: [
      `Medians of ${turns} runs that each begin afresh; calls are answered at once, so that what is left is the sandbox. Ours runs in a thread of its own, with limits on time and memory.`,
    ],
    columns: [
      { key: "what", title: "sandbox" },
      { key: "nothing", title: "no call", unit: "ms", better: "less", digits: 1 },
      { key: "sequence", title: "10 in turn", unit: "ms", better: "less", digits: 1 },
      { key: "together", title: "200 at once", unit: "ms", better: "less", digits: 1 },
      { key: "ratio", title: "no call", unit: "÷ quickjs-emscripten", better: "less", digits: 2 },
      { key: "togetherRatio", title: "200 at once", unit: "÷ quickjs-emscripten", better: "less", digits: 2 },
    ],
    rows: measured.map(({ name, times }) => ({
      values: {
        what: name,
        ...times,
        ratio: times.nothing / (base?.nothing ?? Number.NaN),
        togetherRatio: times.together / (base?.together ?? Number.NaN),
      },
    })),
    notes: [
      `First run in a process, loading the engine included: ${median(firstMs).toFixed(0)} ms (sources).`,
      ...(isolated === undefined ? ["isolated-vm is not installed here."] : []),
    ],
  };
}

async function timesOf(contender: SandboxContender, turns: number): Promise<Record<ProgramName, number>> {
  const times: Record<ProgramName, number> = { nothing: 0, sequence: 0, together: 0 };
  for (const name of Object.keys(PROGRAMS) as ProgramName[]) {
    const each: number[] = [];
    // The first turn loads and warms up.
    for (let turn = -1; turn < turns; turn++) {
      await contender.settle();
      const startMs = performance.now();
      const result = await contender.run(mainOf(name));
      if (turn >= 0) each.push(performance.now() - startMs);
      if (result !== RESULTS[name]) throw new Error(`${contender.name} answered ${JSON.stringify(result)} to ${name}`);
    }
    times[name] = median(each);
  }
  return times;
}
