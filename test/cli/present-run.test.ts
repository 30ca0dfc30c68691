import type { RunEvent } from "nephoscope";
import { Orchestrator } from "nephoscope";
import { expect, it } from "vitest";
import { reportFailure } from "../../src/cli/failure.ts";
import { presentRun } from "../../src/cli/present-run.ts";
import { fakeHost } from "./fake-host.ts";

async function* stream(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events;
}

const begun: RunEvent = { type: "run-start", runId: "run-7", sequence: 0, timestampMs: 0, question: "list servers", emulated: false };

it.each([
  ["en", [begun], "The run ended without an answer", "nephoscope resume run-7"],
  ["zh", [begun], "没有给出结果", "nephoscope resume run-7"],
  ["en", [], "The run ended without an answer", "This is a defect of nephoscope"],
] as const)("tells in a sentence (%s) that a run ended without its last event, with 1", async (language, events, sentence, hint) => {
  const { host, written } = fakeHost();
  const ending = presentRun(host, stream(events), {
    flags: {},
    session: { timezone: "UTC", providers: [], orchestrator: new Orchestrator({ providers: [] }) },
  });
  const error = await ending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(reportFailure(host, error, { question: "", language, format: "text" })).toBe(1);
  expect(written.stderr).toContain(sentence);
  expect(written.stderr).toContain(hint);
  expect(written.stderr).not.toContain("Unexpected");
  expect(written.stdout).toBe("");
});
