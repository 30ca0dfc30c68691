import { expect } from "vitest";
import { exitStatusOf } from "../../../src/cli/exit-status.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { TruthRecord } from "../../../src/emulator/truth-rows.ts";
import type { Approval, Knowledge, Model, OrchestratorOptions, Run, RunDocument, RunEvent, Sandbox } from "../../../src/index.ts";
import { Orchestrator } from "../../../src/index.ts";
import { lexical } from "../../../src/knowledge/lexical/index.ts";
import { extism } from "../../../src/sandboxes/extism/index.ts";
import { EVERY_CLOUD } from "../every-cloud.ts";
import { CLOCK, limitOf, NOW_MS } from "../standing-clock.ts";
import { eventProblems, receiptProblems } from "../watched-run.ts";

/** All clouds, emulated, with the real index and the real sandbox; both are made once, as they are in a process. */
export interface CodeWorld extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly sandbox: Sandbox;
  rules(rules: { readonly faults?: readonly string[]; readonly deny?: readonly string[] }): Promise<void>;
  records(provider: string, type: string): Promise<readonly TruthRecord[]>;
  orchestrator(model: Model, options?: Partial<OrchestratorOptions> & { readonly clouds?: readonly string[] }): Orchestrator;
}

export async function startCodeWorld(options: EmulatorOptions = {}): Promise<CodeWorld> {
  const emulator = await startEmulator({ instances: 120, seed: 7, now: () => NOW_MS, ...options });
  const sandbox = kept(extism());
  const knowledge = kept(lexical());
  const post = async (path: string, body: object) => {
    const reply = await fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(await reply.text());
  };
  return {
    emulator,
    sandbox,
    async rules({ faults = [], deny = [] }) {
      await post("reset", {});
      await post("faults", { faults, deny });
    },
    async records(provider, type) {
      const { records } = await emulator.truth(new Date(NOW_MS - 60_000).toISOString(), new Date(NOW_MS).toISOString());
      return records.filter((record) => record.provider === provider && record.type === type);
    },
    orchestrator(model, { clouds = EVERY_CLOUD.map(({ id }) => id), ...more } = {}) {
      const providers = EVERY_CLOUD.filter(({ id }) => clouds.includes(id)).map(({ create }) => create({}, { env: emulator.env }));
      return new Orchestrator({
        providers,
        model,
        sandbox,
        knowledge,
        timezone: "UTC",
        runtime: { clock: CLOCK, random: () => 0 },
        limits: { timeoutMs: limitOf(60_000), modelTimeoutMs: limitOf(60_000) },
        ...more,
      });
    },
    async [Symbol.asyncDispose]() {
      await emulator.close();
    },
  };
}

/** Not closed with the orchestrator that it was handed to. */
function kept<Driver extends Sandbox | Knowledge>(driver: Driver): Driver {
  return new Proxy(driver, {
    get(target, name) {
      if (name === "close") return async () => {};
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A run from its first event to its last, held to what every run promises; a step that waits for a person has no end yet. */
export async function walked(run: Run): Promise<{ readonly events: readonly RunEvent[]; readonly document: RunDocument }> {
  const events: RunEvent[] = [];
  for await (const event of run) events.push(event);
  const document = await run.result();
  const problems = eventProblems(events, events[0]?.sequence);
  expect(document.status === "waiting" ? problems.filter((problem) => !problem.startsWith("steps without an end")) : problems).toEqual([]);
  expect(receiptProblems(document)).toEqual([]);
  return { events, document };
}

/** The run up to where a person is asked, and what the person sees. */
export async function askedFor(orchestrator: Orchestrator, question: string) {
  const { events, document } = await walked(orchestrator.stream(question));
  expect(document.error).toBeNull();
  expect(document.status).toBe("waiting");
  expect(exitStatusOf(document)).toBe(4);
  const [request] = document.approvals;
  const approval = await orchestrator.approval(request?.id ?? "");
  if (approval === undefined) throw new Error("no approval");
  return { events, document, approval };
}

/** What comes of the run once a person consents. */
export async function approved(orchestrator: Orchestrator, { id, digest, runId }: Approval): Promise<RunDocument> {
  const by = { via: "sdk", id: "somebody" } as const;
  const { document } = await walked(orchestrator.resume(runId, [{ id, digest, decision: "approve", by }]));
  return document;
}

/** The column of an answer by its name. */
export function columnOf({ answer }: RunDocument, name: string): readonly unknown[] {
  const at = answer?.table?.columns.findIndex((column) => column.name === name) ?? -1;
  if (at < 0) throw new Error(`no column ${name}`);
  return answer?.table?.rows.map((row) => row[at]) ?? [];
}
