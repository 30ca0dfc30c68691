import { describe, expect, test } from "vitest";
import { fewestCalls } from "../../bench/clouds/fewest-calls.ts";
import { type CallRecord, startEmulator } from "../../src/emulator/index.ts";
import { Orchestrator } from "../../src/index.ts";
import { EVERY_CLOUD } from "./every-cloud.ts";
import { CLOCK, NOW_MS } from "./standing-clock.ts";

const QUESTION = "which servers have CPU over 80%";

describe.each(EVERY_CLOUD)("$id", (cloud) => {
  test.each([10, 120, 1_000, 2_000])("is asked about %i servers in the fewest calls its documented sizes allow", async (instances) => {
    await using emulator = await startEmulator({ providers: [cloud.id], instances, seed: 7, now: () => NOW_MS });
    await using orchestrator = new Orchestrator({
      providers: [cloud.create({}, emulator)],
      timezone: "UTC",
      runtime: { clock: CLOCK, random: () => 0 },
    });
    const first = await orchestrator.ask(QUESTION);
    // The first question signs in and finds accounts and regions, which a process does once.
    const before = (await callsOf(emulator.url)).length;
    const { receipt, usage, window } = await orchestrator.ask(QUESTION);
    const calls = (await callsOf(emulator.url)).slice(before);
    expect(first.receipt?.complete && receipt?.complete).toBe(true);
    expect(usage.apiCalls.total).toBe(calls.length);

    const { resources } = await emulator.truth(window?.from ?? "", window?.to ?? "");
    const servers = resources.filter(({ kind }) => kind === "virtual-machine");
    const places = receipt?.scopes.map(({ account, region }) => ({ account, region })) ?? [];
    expect(calls.length, tally(calls)).toBe(fewestCalls(cloud.id, servers, places));
  });
});

async function callsOf(url: string): Promise<readonly CallRecord[]> {
  const { calls } = (await (await fetch(`${url}/_emulator/calls`)).json()) as { calls: CallRecord[] };
  return calls;
}

/** What was called how often, for whoever reads the failure. */
function tally(calls: readonly CallRecord[]): string {
  const counts = new Map<string, number>();
  for (const { operation } of calls) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts].map(([operation, count]) => `${operation} ${count}`).join(", ");
}
