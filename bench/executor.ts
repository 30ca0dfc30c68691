import PQueue from "p-queue";
import type { ExecutableStep } from "../src/contracts/index.ts";
import { executeSteps } from "../src/execution/index.ts";
import { median } from "./median.ts";
import type { Section, SectionRow } from "./section.ts";

const CONCURRENCY = 10;
const SHAPES = ["flat", "chain"] as const;
type Shape = (typeof SHAPES)[number];
/** Runs a graph of steps that do nothing. */
type Contender = (shape: Shape, size: number) => () => Promise<unknown>;

async function step(): Promise<void> {}

const nephoscope: Contender = (shape, size) => {
  const steps = Array.from({ length: size }, (_, index): ExecutableStep => {
    const after = shape === "chain" && index > 0 ? [String(index - 1)] : [];
    return { id: String(index), after, during: [], run: step };
  });
  return () => executeSteps(steps, { signal: new AbortController().signal, concurrency: CONCURRENCY });
};

const queue: Contender = (shape, size) => async () => {
  const tasks = new PQueue({ concurrency: CONCURRENCY });
  if (shape === "flat") return tasks.addAll(Array.from({ length: size }, () => step));
  for (let index = 0; index < size; index++) await tasks.add(step);
};

const promises: Contender = (shape, size) => async () => {
  if (shape === "flat") return Promise.all(Array.from({ length: size }, step));
  for (let index = 0; index < size; index++) await step();
};

/** What scheduling a step costs, when the step itself costs nothing. */
export async function measureExecutor({ quick }: { readonly quick: boolean }): Promise<Section> {
  const rows: SectionRow[] = [];
  for (const size of [1_000, 10_000]) {
    for (const shape of SHAPES) {
      const runs = { nephoscope: nephoscope(shape, size), queue: queue(shape, size), promises: promises(shape, size) };
      const [ours, theirs, bare] = await medianTimes(Object.values(runs), quick ? 7 : 25);
      const values = { steps: size, shape, ours, queue: theirs, promises: bare, perStep: (ours * 1000) / size };
      rows.push({ values: { ...values, toQueue: ours / theirs, toPromises: ours / bare } });
    }
  }
  return {
    title: "Executor: the cost of scheduling steps that do nothing",
    about: [
      `nephoscope's executor (dependencies, failures, abort, outcomes) and p-queue with ${CONCURRENCY} steps at a time; Promise.all (a chain: await in a loop) without a limit.`,
      "Medians of runs that take turns, after a warm-up.",
    ],
    columns: [
      { key: "steps", title: "steps" },
      { key: "shape", title: "shape" },
      { key: "ours", title: "nephoscope", unit: "ms", better: "less", digits: 2 },
      { key: "queue", title: "p-queue", unit: "ms", better: "less", digits: 2 },
      { key: "promises", title: "Promise.all", unit: "ms", better: "less", digits: 2 },
      { key: "perStep", title: "nephoscope", unit: "µs a step", better: "less", digits: 2 },
      { key: "toQueue", title: "nephoscope", unit: "÷ p-queue", better: "less", digits: 2 },
      { key: "toPromises", title: "nephoscope", unit: "÷ Promise.all", better: "less", digits: 1 },
    ],
    rows,
    notes: [],
  };
}

/** Contenders take turns, so that what else the machine does hits all alike. */
async function medianTimes(contenders: readonly (() => Promise<unknown>)[], runs: number): Promise<[number, number, number]> {
  const times = contenders.map((): number[] => []);
  for (let run = -3; run < runs; run++) {
    for (const [index, contender] of contenders.entries()) {
      const startMs = performance.now();
      await contender();
      if (run >= 0) times[index]?.push(performance.now() - startMs);
    }
  }
  return times.map(median) as [number, number, number];
}
