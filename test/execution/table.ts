import type { Column, Resource, Row, StepOutput, Table, Tool, ToolContext } from "../../src/contracts/index.ts";
import { CallGate, ReplayDataset, UsageMeter } from "../../src/execution/index.ts";
import { memory as memoryStore } from "../../src/stores/memory/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";

const signal = new AbortController().signal;

/** A context in which the named steps have ended with these tables. */
export function contextOf(tables: Readonly<Record<string, Table>>, parts: Partial<ToolContext> = {}): ToolContext {
  const runtime = fakeRuntime();
  const gate = new CallGate({ runtime, meter: new UsageMeter() });
  return {
    signal,
    runtime,
    language: "en",
    providers: [],
    store: memoryStore(),
    limits: { maxLogScanBytes: 1e9, maxSampleRows: 3 },
    startedMs: runtime.clock.now(),
    step: {
      runId: "run_1",
      stepId: "step",
      question: "?",
      askedBy: { via: "sdk", id: "sdk" },
      policy: { via: "sdk", approvers: null, selfApproval: true },
    },
    async dataset(stepId) {
      const table = tables[stepId]!;
      const dataset = new ReplayDataset(table.columns);
      // In pages, as real steps yield them.
      for (let start = 0; start < table.rows.length; start += 3) dataset.append({ rows: table.rows.slice(start, start + 3) });
      dataset.end();
      return dataset;
    },
    providerContext: (provider, note) => gate.context(provider, { signal, note }),
    progress() {},
    tell() {},
    ...parts,
  };
}

/** Runs one tool on tables and waits for all of its output. */
export async function apply(tool: Tool, input: unknown, tables: Readonly<Record<string, Table>>, parts: Partial<ToolContext> = {}) {
  const output: StepOutput = await tool.execute(tool.input.parse(input), contextOf(tables, parts));
  const rows: Row[] = [];
  const notes: string[] = [];
  for await (const batch of output.batches) {
    rows.push(...batch.rows);
    notes.push(...batch.receipt.flatMap((entry) => (entry.type === "note" ? entry.text.en : [])));
  }
  return { columns: output.columns, rows, notes, text: await output.text };
}

export function tableOf(columns: readonly Column[], cells: readonly Row["cells"][]): Table {
  return { columns, rows: cells.map((row) => ({ cells: row })) };
}

export function vm(id: string, tags: Readonly<Record<string, string>> = {}): Resource {
  return {
    provider: "memory",
    account: "main",
    region: "north",
    kind: "virtual-machine",
    id,
    name: id,
    state: "running",
    tags,
    attributes: {},
  };
}
