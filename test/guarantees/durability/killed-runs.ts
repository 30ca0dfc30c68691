import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { type Orchestrator, type RunDocument, type RunEvent, type Store, verifyAudit } from "../../../src/index.ts";
import type { Death, Stopped } from "./dying-process.ts";

const DYING_PROCESS = fileURLToPath(new URL("./dying-process.ts", import.meta.url));

/** Lets a process die as it is told; what it printed before. */
export async function die(deaths: readonly Death[], folder: string): Promise<Stopped[]> {
  const child = spawn(process.execPath, ["--conditions=@nephoscope/source", DYING_PROCESS, JSON.stringify(deaths)], {
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
  const stopped: Stopped[] = [];
  for await (const line of createInterface({ input: child.stdout })) stopped.push(JSON.parse(line) as Stopped);
  expect(await ended).toBe("SIGKILL");
  return stopped;
}

/** Replies of a run's requests that are kept: read past the store, which gives them by key only. */
export function journaled(path: string, runId: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(database.prepare("SELECT count(*) AS count FROM calls WHERE run_id = ?").get(runId)?.count);
  } finally {
    database.close();
  }
}

/** Goes on with a run until it has ended, or waits for somebody. */
export async function goOn(orchestrator: Orchestrator, runId: string): Promise<RunDocument> {
  return await orchestrator.resume(runId).result();
}

/** Approves what a run waits for, and goes on with it. */
export async function approve(orchestrator: Orchestrator, { runId, approvals }: RunDocument): Promise<RunDocument> {
  const decisions = approvals.map(({ id, digest }) => ({ id, digest, decision: "approve", by: { via: "sdk", id: "boss" } }) as const);
  return await orchestrator.resume(runId, decisions).result();
}

/** What people see of a run, without what differs from run to run. */
export function essence({ status, answer, receipt, error }: RunDocument): object {
  return { status, answer, receipt, error };
}

/** What is wrong with the events of a run of several segments, some of which were killed. */
export function storedEventProblems(events: readonly RunEvent[]): string[] {
  const problems: string[] = [];
  const numbers = events.map(({ sequence }) => sequence);
  if (numbers.some((number, index) => number !== index)) problems.push(`the numbers have gaps: ${numbers.join(" ")}`);
  for (const [index, event] of events.entries()) {
    const next = events[index + 1];
    if ("document" in event && next !== undefined && next.type !== "run-start" && !("document" in next))
      problems.push(`${next.type} after the last event`);
  }
  const last = events.at(-1);
  if (last === undefined || !("document" in last)) problems.push(`the last event is ${last?.type}`);
  return problems;
}

export async function expectSoundStore(store: Store): Promise<void> {
  expect((await verifyAudit(store.audit())).broken).toBeNull();
}
