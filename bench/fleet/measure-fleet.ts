import { fileURLToPath } from "node:url";
import { runNode, startNode } from "../child-process.ts";
import { median } from "../median.ts";
import type { Section, SectionRow } from "../section.ts";
import type { Asking } from "./asking.ts";
import { type FleetScope, fewestCalls, leastMs, ONE_OFF_CALLS_AN_ACCOUNT } from "./bounds.ts";
import { QUESTION, THRESHOLD_PERCENT } from "./contender.ts";
import { CONTENDERS, type ContenderName } from "./contenders.ts";
import { describeBounds } from "./describe-bounds.ts";
import { type EmulatorCall, emulatorCalls, hotServers, scopesOf, trueServers } from "./emulator-client.ts";

const LATENCY_MS = 50;
const PATIENCE_MS = 60_000;
/** A whole question of one call a server is no warm-up but the run itself. */
const WARM_UP_SERVERS: Partial<Record<ContenderName, number>> = { single: 40 };
const ASKING_PROCESS = fileURLToPath(new URL("../asking-process.ts", import.meta.url));
const EMULATOR_PROCESS = new URL("../emulator-process.ts", import.meta.url);

interface FleetOptions {
  readonly quick: boolean;
  progress(text: string): void;
}

/** The same question of the same clouds by all contenders, for fleets of growing size. */
export async function measureFleet(options: FleetOptions): Promise<Section> {
  const rows: SectionRow[] = [];
  const bounds: string[] = [];
  const lastWallMs: Partial<Record<ContenderName, number>> = {};
  for (const servers of options.quick ? [10, 1_000] : [10, 100, 1_000, 10_000]) {
    const { child, line: emulatorUrl } = await startNode(EMULATOR_PROCESS, [String(servers), String(LATENCY_MS)]);
    try {
      const scopes = scopesOf(await trueServers(emulatorUrl, ...anyWindow()));
      bounds.push(describeBounds(servers, scopes, LATENCY_MS));
      for (const name of Object.keys(CONTENDERS) as ContenderName[]) {
        const expectedMs = (lastWallMs[name] ?? 0) * (name === "single" ? 10 : 1);
        const row = { servers, contender: CONTENDERS[name].title };
        if (expectedMs > PATIENCE_MS) {
          rows.push({ values: row, remark: `skipped: would take over ${Math.round(expectedMs / 1_000)} s` });
          continue;
        }
        options.progress(`${servers} servers, ${CONTENDERS[name].title}`);
        const { values, remark, wallMs } = await measureContender(
          name,
          emulatorUrl,
          scopes,
          expectedMs > 5_000 ? 1 : options.quick ? 3 : 7,
        );
        lastWallMs[name] = wallMs;
        rows.push({ values: { ...row, ...values }, ...(remark === undefined ? {} : { remark }) });
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
      "Models are scripted, never err and answer at once, so real ones add their time for every model call. Tokens of all by one tokenizer (o200k).",
    ],
    columns: [
      { key: "servers", title: "servers" },
      { key: "contender", title: "contender" },
      { key: "wall", title: "wall", unit: "ms", better: "less" },
      { key: "toLeast", title: "wall", unit: "÷ least possible", better: "less", digits: 2 },
      { key: "processor", title: "processor", unit: "ms", better: "less" },
      { key: "calls", title: "API calls", better: "less" },
      { key: "toFewest", title: "API calls", unit: "÷ fewest", better: "less", digits: 2 },
      { key: "modelCalls", title: "model calls", better: "less" },
      { key: "promptTokens", title: "prompt tokens", better: "less" },
      { key: "completionTokens", title: "written tokens", better: "less" },
      { key: "resident", title: "peak memory", unit: "MB", better: "less" },
      { key: "heap", title: "peak heap", unit: "MB", better: "less" },
    ],
    rows,
    notes: bounds,
  };
}

async function measureContender(name: ContenderName, emulatorUrl: string, scopes: readonly FleetScope[], runs: number) {
  const args = [ASKING_PROCESS, name, emulatorUrl, String(runs), String(WARM_UP_SERVERS[name] ?? "")];
  let asking: Asking;
  try {
    const { stdout } = await runNode(["--conditions=@nephoscope/source", ...args], { timeoutMs: PATIENCE_MS * 2 });
    asking = JSON.parse(stdout) as Asking;
  } catch (error) {
    return { values: {}, remark: `failed: ${error instanceof Error ? error.message : error}`, wallMs: PATIENCE_MS };
  }
  const [warmUp, ...measured] = asking.runs;
  const calls = await emulatorCalls(emulatorUrl);
  const counts = measured.map((run) => callsDuring(calls, run).length);
  const wallMs = median(measured.map((run) => run.wallMs));
  const { usage, residentBytes, heapBytes } = asking;
  const values = {
    wall: wallMs,
    toLeast: wallMs / leastMs(scopes, LATENCY_MS),
    processor: median(measured.map((run) => run.processorMs)),
    calls: Math.max(...counts),
    toFewest: Math.max(...counts) / fewestCalls(scopes),
    ...usage,
    resident: residentBytes / 1e6,
    heap: heapBytes / 1e6,
  };
  const remarks = [await wrongAnswer(emulatorUrl, measured.at(-1)?.answer), oneOff(name, warmUp && callsDuring(calls, warmUp), scopes)];
  const remark = remarks.filter((text) => text !== undefined).join("; ");
  return { values, remark: remark === "" ? undefined : remark, wallMs };
}

function callsDuring(calls: readonly EmulatorCall[], run: { readonly startMs: number; readonly endMs: number }): EmulatorCall[] {
  return calls.filter(({ startMs }) => startMs >= run.startMs && startMs <= run.endMs);
}

async function wrongAnswer(emulatorUrl: string, answer: Asking["runs"][number]["answer"] | undefined): Promise<string | undefined> {
  if (answer === undefined) return "no answer";
  const expected = hotServers(await trueServers(emulatorUrl, answer.from, answer.to), THRESHOLD_PERCENT);
  const given = answer.ids.toSorted();
  return expected.join() === given.join() ? undefined : `WRONG: ${given.length} servers instead of ${expected.length}`;
}

/** nephoscope connects with its first question; the others had their accounts opened for them. */
function oneOff(name: ContenderName, calls: readonly EmulatorCall[] | undefined, scopes: readonly FleetScope[]): string | undefined {
  if (name !== "grammar" || calls === undefined) return undefined;
  const accounts = new Set(scopes.map(({ account }) => account)).size;
  return `first question: ${calls.length} calls, fewest ${fewestCalls(scopes) + accounts * ONE_OFF_CALLS_AN_ACCOUNT}`;
}

function anyWindow(): [string, string] {
  return [new Date(Date.now() - 60_000).toISOString(), new Date().toISOString()];
}
