import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { Actor, ApprovalDecision, RunDocument, Store } from "../../../src/index.ts";
import { memory } from "../../../src/stores/memory/index.ts";
import { approve, expectSoundStore, storedEventProblems } from "./killed-runs.ts";
import { codeStep, PROGRAM, QUESTION, writer } from "./volume-question.ts";
import { newCloud, requestsTo, volumeOrchestrator } from "./volume-world.ts";

const WISH = "only volumes of more than 100 GB";
const BOSS: Actor = { via: "sdk", id: "boss" };

let cloud: Emulator;
beforeAll(async () => {
  cloud = await newCloud();
});
afterAll(() => cloud.close());

/** Writes what was wished for where the prompt holds the wish, as often as it is there; `stubborn` never does. */
function world(stubborn = false): { readonly store: Store; readonly prompts: string[]; open(): ReturnType<typeof volumeOrchestrator> } {
  const store = memory();
  const prompts: string[] = [];
  const program = (prompt: string) => {
    prompts.push(prompt);
    const wishes = stubborn ? 0 : prompt.split(WISH).length - 1;
    return wishes === 0
      ? PROGRAM
      : PROGRAM.replace("volume.Encrypted === false", `volume.Encrypted === false && (volume.Size ?? 0) > ${100 * wishes}`);
  };
  return { store, prompts, open: () => volumeOrchestrator(cloud, { store, model: writer([codeStep("volumes")], program) }) };
}

function revise({ approvals }: RunDocument): ApprovalDecision {
  const { id = "", digest = "" } = approvals[0] ?? {};
  return { id, digest, decision: "revise", by: BOSS, comment: WISH };
}

describe("a program that somebody wants changed", { timeout: 60_000 }, () => {
  test("is written again as they said, rehearsed, and waits for an approval of its own, in another process too", async () => {
    const { store, prompts, open } = world();
    const first = await open().ask(QUESTION);
    const before = await requestsTo(cloud);
    const second = await open()
      .resume(first.runId, [revise(first)])
      .result();
    expect(second).toMatchObject({ status: "waiting", error: null });
    expect(second.approvals[0]?.id).not.toBe(first.approvals[0]?.id);
    expect(second.approvals[0]?.digest).not.toBe(first.approvals[0]?.digest);
    expect(await requestsTo(cloud)).toBe(before);
    expect(prompts.at(-1)).toContain(WISH);

    const answered = await approve(open(), second);
    expect(answered.status).toBe("answered");
    const size = answered.answer?.table?.columns.findIndex(({ name }) => name === "size") ?? -1;
    const sizes = answered.answer?.table?.rows.map((row) => Number(row[size])) ?? [];
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThan(100);
    const events = await store.events(first.runId, 0);
    expect(storedEventProblems(events)).toEqual([]);
    expect(events.filter(({ type }) => type === "approval-response").map((event) => "decision" in event && event.decision)).toEqual([
      "revised",
      "approved",
    ]);
    await expectSoundStore(store);
  });

  test("waits anew also where the model writes the same again, and no more often than attempts are allowed", async () => {
    const { open } = world(true);
    const orchestrator = open();
    let waiting = await orchestrator.ask(QUESTION);
    const ids = new Set(waiting.approvals.map(({ id }) => id));
    for (let revision = 1; revision <= 3; revision++) {
      waiting = await orchestrator.resume(waiting.runId, [revise(waiting)]).result();
      expect(waiting.status).toBe("waiting");
      ids.add(waiting.approvals[0]?.id ?? "");
      expect(ids.size).toBe(revision + 1);
    }
    await expect(orchestrator.decide(revise(waiting))).rejects.toMatchObject({ code: "APPROVAL_FORBIDDEN" });
    expect((await approve(orchestrator, waiting)).status).toBe("answered");
  });

  test("cannot be approved any more by who looked at the first one", async () => {
    const { open } = world();
    const orchestrator = open();
    const first = await orchestrator.ask(QUESTION);
    await orchestrator.resume(first.runId, [revise(first)]).result();
    const late = await approve(orchestrator, first);
    expect(late).toMatchObject({ status: "failed", error: { code: "APPROVAL_DECIDED" } });
  });
});
