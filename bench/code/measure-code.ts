import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode } from "../child-process.ts";
import { median } from "../median.ts";
import { QUICKJS_EMSCRIPTEN } from "../sandbox/contenders.ts";
import { mainOf } from "../sandbox/programs.ts";
import type { Section, SectionRow } from "../section.ts";
import type { KeptTimes } from "./asking-kept.ts";
import { measureStages } from "./measure-stages.ts";

const ASKING_KEPT = fileURLToPath(new URL("asking-kept.ts", import.meta.url));
const REGIONS = [1, 6];

interface CodeOptions {
  readonly quick: boolean;
  readonly built: boolean;
  progress(text: string): void;
}

/** What generated code costs besides the cloud's calls and the model: from an approved program to its answer, and each stage before that. */
export async function measureCode(options: CodeOptions): Promise<Section> {
  const turns = options.quick ? 5 : 21;
  options.progress("quickjs-emscripten");
  const base = await quickJsMs(turns);
  const rows: SectionRow[] = [];
  for (const regions of REGIONS) rows.push(...(await keptRows(regions, turns, base, options)));
  options.progress("stages of a new question");
  for (const { stage, firstMs, warmMs } of await measureStages(turns)) {
    rows.push({ values: { what: `${stage}, sources`, first: firstMs, warm: warmMs, ratio: null } });
  }
  return {
    title: "Generated code: what it adds to the cloud's calls",
    about: [
      `A cloud that answers at once, a store in a file (SQLite), Node with ${options.built ? "the built package" : "the sources, whose types are stripped while they load"}. First: of a process, packages loading included. Warm: medians of ${turns}.`,
      "Whole questions, from the text to the answer with its receipt. Targets: a kept program adds less than 15 ms warm, and less than 200 ms in a new process.",
    ],
    columns: [
      { key: "what", title: "what" },
      { key: "first", title: "first", unit: "ms", better: "less", digits: 1 },
      { key: "warm", title: "warm", unit: "ms", better: "less", digits: 1 },
      { key: "ratio", title: "warm", unit: "÷ quickjs-emscripten", better: "less", digits: 2 },
    ],
    rows,
    notes: [`quickjs-emscripten, a new module and a program that does nothing: ${base.toFixed(1)} ms.`],
  };
}

async function keptRows(regions: number, turns: number, base: number, { quick, built, progress }: CodeOptions): Promise<SectionRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "nephoscope-bench-"));
  const run = (warmTurns: number) => {
    const args = [ASKING_KEPT, join(folder, "runs.db"), String(regions), String(warmTurns)];
    return runNode(built ? args : ["--conditions=@nephoscope/source", ...args]);
  };
  try {
    progress(`a kept program in ${regions} region(s)`);
    await run(0);
    const firstMs: number[] = [];
    for (let turn = 0; turn < (quick ? 2 : 6); turn++) firstMs.push((JSON.parse((await run(1)).stdout) as KeptTimes).firstMs);
    const times = JSON.parse((await run(turns)).stdout) as KeptTimes;
    const where = `${regions} ${regions === 1 ? "region" : "regions"}`;
    const row = (what: string, first: number | null, each: readonly number[]): SectionRow => {
      const warm = median(each);
      return { values: { what: `${what}, ${where}`, first, warm, ratio: warm / base } };
    };
    return [
      row("kept program", median([...firstMs, times.firstMs]), times.warmMs),
      row("kept program, one after the other", null, times.hurriedMs),
      row("built-in tool", null, times.builtInMs),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function quickJsMs(turns: number): Promise<number> {
  const each: number[] = [];
  for (let turn = -1; turn < turns; turn++) {
    const startMs = performance.now();
    await QUICKJS_EMSCRIPTEN.run(mainOf("nothing"));
    if (turn >= 0) each.push(performance.now() - startMs);
  }
  return median(each);
}
