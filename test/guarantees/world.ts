import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import type { Truth } from "../../src/emulator/truth.ts";
import type { RunDocument, RunOptions } from "../../src/index.ts";
import { Orchestrator, type OrchestratorOptions } from "../../src/index.ts";
import { type AwsOptions, aws } from "../../src/providers/aws/index.ts";
import { CLOCK, NOW_MS } from "./standing-clock.ts";
import { type Watched, watch } from "./watched-run.ts";

/** One call as the emulator saw it. */
export interface SeenCall {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly fault: string | null;
  readonly status: number | null;
}

/** An emulated AWS that can be told what goes wrong, and orchestrators that ask it. */
export interface World extends AsyncDisposable {
  readonly emulator: Emulator;
  /** From now on these faults, these regions denied, and no call remembered. */
  rules(rules: { readonly faults?: readonly string[]; readonly deny?: readonly string[] }): Promise<void>;
  calls(): Promise<SeenCall[]>;
  /** What is so in the window of an answer; now where it has none. */
  truth(document: RunDocument): Promise<Truth>;
  /** A new orchestrator, which knows nothing from earlier questions. */
  orchestrator(options?: AskOptions): Orchestrator;
  /** Asks with an orchestrator of its own, and watches the run. */
  ask(question: string, options?: AskOptions): Promise<Watched>;
}

export interface AskOptions extends Partial<OrchestratorOptions> {
  readonly aws?: AwsOptions;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly run?: RunOptions;
}

export async function startWorld(options: EmulatorOptions = {}): Promise<World> {
  const emulator = await startEmulator({ providers: ["aws"], instances: 120, seed: 7, now: () => NOW_MS, ...options });
  const truths = new Map<string, Promise<Truth>>();
  const post = async (path: string, body: object) => {
    const reply = await fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(await reply.text());
  };
  const orchestrator: World["orchestrator"] = ({ aws: awsOptions = {}, env = emulator.env, run: _run, ...more } = {}) =>
    new Orchestrator({
      providers: [aws(awsOptions, { env })],
      timezone: "UTC",
      runtime: { clock: CLOCK, random: () => 0 },
      ...more,
    });
  return {
    emulator,
    orchestrator,
    async rules({ faults = [], deny = [] }) {
      await post("reset", {});
      await post("faults", { faults, deny });
    },
    async calls() {
      const { calls } = (await (await fetch(`${emulator.url}/_emulator/calls`)).json()) as { calls: SeenCall[] };
      return calls;
    },
    truth({ window }) {
      const from = window?.from ?? new Date(NOW_MS - 60_000).toISOString();
      const to = window?.to ?? new Date(NOW_MS).toISOString();
      const known = truths.get(`${from} ${to}`) ?? emulator.truth(from, to);
      truths.set(`${from} ${to}`, known);
      return known;
    },
    async ask(question, options = {}) {
      await using asked = orchestrator(options);
      return await watch(asked.stream(question, options.run));
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
