import { fileURLToPath } from "node:url";
import { runNode, startNode } from "../child-process.ts";
import { median } from "../median.ts";
import type { Section, SectionRow } from "../section.ts";
import type { CloudsRun } from "./asking-clouds.ts";
import { CLOUDS, callsInSequence, fewestCalls, type Place, type TrueServer } from "./fewest-calls.ts";

const SERVERS = 2_000;
/** A neighbouring region, and another continent. */
const LATENCIES_MS = [100, 200];
const THRESHOLD_PERCENT = 80;
const EMULATOR_PROCESS = new URL("../emulator-process.ts", import.meta.url);
const ASKING_PROCESS = fileURLToPath(new URL("./asking-clouds.ts", import.meta.url));

interface TruthServer extends TrueServer {
  readonly kind: string;
  readonly id: string;
  readonly metrics: Readonly<Record<string, { readonly avg: number }>>;
}

interface Call {
  readonly provider: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly startMs: number;
}

/** One question of each cloud alone, then of all together, in processes of their own against one emulator. */
export async function measureClouds(options: { quick: boolean; built: boolean; progress(text: string): void }): Promise<Section> {
  const rows: SectionRow[] = [];
  for (const latencyMs of LATENCIES_MS) rows.push(...(await measureAt(latencyMs, options)));
  return { ...SECTION, rows, notes: [] };
}

async function measureAt(
  latencyMs: number,
  options: { quick: boolean; built: boolean; progress(text: string): void },
): Promise<SectionRow[]> {
  const { child, line: url } = await startNode(EMULATOR_PROCESS, [String(SERVERS), String(latencyMs)]);
  try {
    const rows: SectionRow[] = [];
    let slowestMs = 0;
    for (const clouds of [...CLOUDS.map((cloud) => [cloud]), CLOUDS]) {
      options.progress(`${SERVERS} servers in each of ${clouds.join(", ")}, ${latencyMs} ms a call`);
      const row = await rowOf(url, clouds, await ask(url, clouds, options), latencyMs);
      const wall = Number(row.values.wall);
      const together = clouds.length > 1 ? wall / slowestMs : null;
      slowestMs = Math.max(slowestMs, wall);
      rows.push({ ...row, values: { latency: latencyMs, ...row.values, together } });
    }
    return rows;
  } finally {
    child.stdin?.end();
  }
}

const SECTION = {
  title: "Clouds: the same question of one cloud and of all",
  about: [
    `${SERVERS} servers in each emulated cloud; the emulator in its own process, the same for all. Medians of warm runs.`,
    "Answers are compared with the ground truth; calls are counted by the emulator and divided by the fewest the documented page and batch sizes allow.",
  ],
  columns: [
    { key: "latency", title: "a call", unit: "ms" },
    { key: "clouds", title: "clouds" },
    { key: "wall", title: "wall", unit: "ms", better: "less" },
    { key: "toLeast", title: "wall", unit: "÷ latency bound", better: "less", digits: 2 },
    { key: "together", title: "wall", unit: "÷ slowest alone", better: "less", digits: 2 },
    { key: "processor", title: "processor", unit: "ms", better: "less" },
    { key: "calls", title: "API calls", unit: "calls", better: "less" },
    { key: "toFewest", title: "API calls", unit: "÷ fewest", better: "less", digits: 2 },
    { key: "hot", title: "over 80%", unit: "servers" },
  ],
} as const satisfies Partial<Section>;

async function ask(url: string, clouds: readonly string[], options: { quick: boolean; built: boolean }): Promise<readonly CloudsRun[]> {
  const args = [ASKING_PROCESS, url, clouds.join(), String(options.quick ? 3 : 7)];
  const { stdout } = await runNode(options.built ? args : ["--conditions=@nephoscope/source", ...args]);
  const [, ...measured] = JSON.parse(stdout) as readonly CloudsRun[];
  return measured;
}

async function rowOf(url: string, clouds: readonly string[], runs: readonly CloudsRun[], latencyMs: number): Promise<SectionRow> {
  const last = runs.at(-1);
  if (last === undefined) throw new RangeError("no runs");
  const { resources } = await getJson<{ resources: readonly TruthServer[] }>(`${url}/_emulator/truth?${new URLSearchParams(last.window)}`);
  const servers = resources.filter(({ kind, provider }) => kind === "virtual-machine" && clouds.includes(provider));
  const { calls } = await getJson<{ calls: readonly Call[] }>(`${url}/_emulator/calls`);
  const during = calls.filter(({ startMs }) => startMs >= last.startMs && startMs <= last.endMs);
  const fewest = sum(clouds, (cloud) => fewestCalls(cloud, ofCloud(servers, cloud), placesOf(servers, calls, cloud)));
  const sequence = Math.max(...clouds.map((cloud) => callsInSequence(cloud, ofCloud(servers, cloud), placesOf(servers, calls, cloud))));
  const wall = median(runs.map((run) => run.wallMs));
  const expected = servers
    .filter(({ metrics }) => (metrics["cpu.utilization"]?.avg ?? 0) > THRESHOLD_PERCENT)
    .map(({ provider, id }) => `${provider} ${id}`)
    .sort();
  const right = expected.join("\n") === last.hot.join("\n");
  return {
    values: {
      clouds: clouds.join(" + "),
      wall,
      toLeast: wall / (sequence * latencyMs),
      processor: median(runs.map((run) => run.processorMs)),
      calls: during.length,
      toFewest: during.length / fewest,
      hot: last.hot.length,
    },
    ...(right ? {} : { remark: `WRONG: ${last.hot.length} servers, not the true ${expected.length}` }),
  };
}

/** Where something runs, and where the cloud was asked although nothing does: regional services have to be asked to know. */
function placesOf(servers: readonly TrueServer[], calls: readonly Call[], cloud: string): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { account, region } of ofCloud(servers, cloud)) places.set(`${account}/${region}`, { account, region });
  for (const { provider, account, region } of calls) {
    if (provider === cloud && account !== null && region !== null) places.set(`${account}/${region}`, { account, region });
  }
  return [...places.values()];
}

function ofCloud<Item extends { readonly provider: string }>(items: readonly Item[], cloud: string): readonly Item[] {
  return items.filter(({ provider }) => provider === cloud);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

async function getJson<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}
