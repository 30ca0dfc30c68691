import { fileURLToPath } from "node:url";
import { runNode, startNode } from "../child-process.ts";
import { median } from "../median.ts";
import type { Section, SectionColumn, SectionRow } from "../section.ts";
import type { Asking, AskingRun } from "./asking.ts";
import { type FleetScope, fewestCalls, leastMs, ONE_OFF_CALLS_AN_ACCOUNT } from "./bounds.ts";
import { QUESTION, THRESHOLD_PERCENT } from "./contender.ts";
import { CONTENDERS, type ContenderName } from "./contenders.ts";
import { describeBounds } from "./describe-bounds.ts";
import { type EmulatorCall, emulatorCalls, hotServers, scopesOf, trueServers } from "./emulator-client.ts";

const LATENCY_MS = 50;
const PATIENCE_MS = 60_000;
/** A whole question of one call a server is no warm-up but the run itself. */
const WARM_UP_SERVERS: Partial<Record<ContenderName, number>> = { single: 40 };
const SOURCES = "--conditions=@nephoscope/source";
const ASKING_PROCESS = fileURLToPath(new URL("../asking-process.ts", import.meta.url));
const EMULATOR_PROCESS = new URL("../emulator-process.ts", import.meta.url);

export interface FleetOptions {
  readonly quick: boolean;
  /** The asking processes use the built package instead of the sources. */
  readonly built: boolean;
  progress(text: string): void;
}

/** One fleet, emulated, and what is known of it before anybody asks. */
interface World {
  readonly servers: number;
  readonly emulatorUrl: string;
  readonly scopes: readonly FleetScope[];
}

/** The same question of the same clouds by all contenders, for fleets of growing size. */
export async function measureFleet(options: FleetOptions): Promise<Section> {
  const rows: SectionRow[] = [];
  const bounds: string[] = [];
  const lastWallMs = new Map<ContenderName, number>();
  for (const servers of options.quick ? [10, 1_000] : [10, 100, 1_000, 10_000]) {
    const { child, line: emulatorUrl } = await startNode(EMULATOR_PROCESS, [String(servers), String(LATENCY_MS), "aws"]);
    try {
      const world: World = { servers, emulatorUrl, scopes: scopesOf(await trueServers(emulatorUrl, ...anyWindow())) };
      bounds.push(describeBounds(servers, world.scopes, LATENCY_MS));
      for (const name of Object.keys(CONTENDERS) as ContenderName[]) {
        options.progress(`${servers} servers, ${CONTENDERS[name].title}`);
        const { row, wallMs } = await measureContender(name, world, lastWallMs.get(name) ?? 0, options);
        lastWallMs.set(name, wallMs);
        rows.push({ ...row, values: { servers, contender: CONTENDERS[name].title, ...row.values } });
      }
    } finally {
      child.stdin?.end();
    }
  }
  return {
    title: `Fleet: "${QUESTION}"`,
    about: [
      `Emulated AWS, 2 accounts x 6 regions, in its own process; every call takes ${LATENCY_MS} ms. Each contender in its own process, warm (one question before),`,
      "median of the runs after it. Every answer is compared with the emulator's ground truth; calls are counted by the emulator.",
      "Models are scripted, never err and answer at once: a real one adds its time for every call. Tokens of all by one tokenizer (o200k).",
      `Memory is of the whole asking process: Node, ${options.built ? "the built package" : "the sources and what strips their types"}, SDKs, with the heap held back as the CLI does it (bin/start.js); after the first question, and after all it asked.`,
    ],
    columns: COLUMNS,
    rows,
    notes: bounds,
  };
}

const COLUMNS: readonly SectionColumn[] = [
  { key: "servers", title: "servers" },
  { key: "contender", title: "contender" },
  { key: "wall", title: "wall", unit: "ms", better: "less" },
  { key: "toLeast", title: "wall", unit: "÷ least", better: "less", digits: 2 },
  { key: "processor", title: "processor", unit: "ms", better: "less" },
  { key: "calls", title: "API calls", unit: "calls", better: "less" },
  { key: "toFewest", title: "API calls", unit: "÷ fewest", better: "less", digits: 2 },
  { key: "modelCalls", title: "model", unit: "calls", better: "less" },
  { key: "promptTokens", title: "prompts", unit: "tokens", better: "less" },
  { key: "largestPrompt", title: "largest prompt", unit: "tokens", better: "less" },
  { key: "completionTokens", title: "replies", unit: "tokens", better: "less" },
  { key: "residentFirst", title: "memory, 1 question", unit: "peak MB", better: "less" },
  { key: "resident", title: "all", unit: "peak MB", better: "less" },
  { key: "heap", title: "heap", unit: "peak MB", better: "less" },
];

async function measureContender(name: ContenderName, world: World, lastWallMs: number, options: FleetOptions) {
  // One call a server takes ten times as long for ten times as many.
  const expectedMs = lastWallMs * (name === "single" ? 10 : 1);
  if (expectedMs > PATIENCE_MS) return unmeasured(`skipped: would take over ${Math.round(expectedMs / 1_000)} s`, expectedMs);
  const runs = expectedMs > 5_000 ? 1 : options.quick ? 3 : 7;
  const args = [ASKING_PROCESS, name, world.emulatorUrl, String(runs), String(WARM_UP_SERVERS[name] ?? "")];
  try {
    const { stdout } = await runNode(options.built ? args : [SOURCES, ...args], { timeoutMs: PATIENCE_MS * 2 });
    return await rowOf(name, world, JSON.parse(stdout) as Asking);
  } catch (error) {
    return unmeasured(`failed: ${error instanceof Error ? error.message : error}`, PATIENCE_MS);
  }
}

function unmeasured(remark: string, wallMs: number): { row: SectionRow; wallMs: number } {
  return { row: { values: {}, remark }, wallMs };
}

async function rowOf(name: ContenderName, { emulatorUrl, scopes }: World, asking: Asking): Promise<{ row: SectionRow; wallMs: number }> {
  const [warmUp, ...measured] = asking.runs;
  const calls = await emulatorCalls(emulatorUrl);
  const most = Math.max(...measured.map((run) => callsDuring(calls, run)));
  const wallMs = median(measured.map((run) => run.wallMs));
  const values = {
    wall: wallMs,
    toLeast: wallMs / leastMs(scopes, LATENCY_MS),
    processor: median(measured.map((run) => run.processorMs)),
    calls: most,
    toFewest: most / fewestCalls(scopes),
    ...asking.usage,
    // A warm-up of a few servers says nothing.
    residentFirst: WARM_UP_SERVERS[name] === undefined ? (warmUp?.residentBytes ?? 0) / 1e6 : null,
    resident: (measured.at(-1)?.residentBytes ?? 0) / 1e6,
    heap: asking.heapBytes / 1e6,
  };
  const remarks: string[] = await wrongAnswers(emulatorUrl, measured);
  // nephoscope connects with its first question; the others had their accounts opened for them.
  if (name === "grammar" && warmUp !== undefined) {
    const accounts = new Set(scopes.map(({ account }) => account)).size;
    const fewest = fewestCalls(scopes) + accounts * ONE_OFF_CALLS_AN_ACCOUNT;
    remarks.push(`first question: ${callsDuring(calls, warmUp)} calls, fewest ${fewest}`);
  }
  return { row: { values, ...(remarks.length === 0 ? {} : { remark: remarks.join("; ") }) }, wallMs };
}

function callsDuring(calls: readonly EmulatorCall[], run: AskingRun): number {
  return calls.filter(({ startMs }) => startMs >= run.startMs && startMs <= run.endMs).length;
}

async function wrongAnswers(emulatorUrl: string, runs: readonly AskingRun[]): Promise<string[]> {
  // Runs of a few seconds ask about the same window, mostly.
  const truths = new Map<string, readonly string[]>();
  const remarks = new Set<string>();
  for (const { answer } of runs) {
    const { from, to, ids } = answer;
    const expected = truths.get(from) ?? hotServers(await trueServers(emulatorUrl, from, to), THRESHOLD_PERCENT);
    truths.set(from, expected);
    if (expected.join() !== ids.toSorted().join()) remarks.add(`WRONG: ${ids.length} servers, not the true ${expected.length}`);
  }
  return [...remarks];
}

function anyWindow(): [string, string] {
  return [new Date(Date.now() - 60_000).toISOString(), new Date().toISOString()];
}
