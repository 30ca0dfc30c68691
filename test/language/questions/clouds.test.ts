import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { Orchestrator } from "../../../src/orchestrator.ts";
import { alicloud } from "../../../src/providers/alicloud/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { azure } from "../../../src/providers/azure/index.ts";
import { gcp } from "../../../src/providers/gcp/index.ts";
import { volcengine } from "../../../src/providers/volcengine/index.ts";
import { BLIND_CLOUDS_EN } from "./blind-clouds-en.ts";
import { BLIND_CLOUDS_ZH } from "./blind-clouds-zh.ts";
import { checkCloudQuestion } from "./cloud-questions.ts";
import type { Truth, World } from "./question.ts";

// Friday, 16:37 in Shanghai.
const NOW = Date.parse("2026-11-20T08:37:20Z");
const FIVE_MINUTES = 300_000;

let emulator: Emulator;
let orchestrator: Orchestrator;
const truths = new Map<string, Promise<Truth>>();

beforeAll(async () => {
  emulator = await startEmulator({ instances: 60, seed: 7, now: () => NOW });
  const clock = {
    now: () => NOW,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      }),
  };
  orchestrator = new Orchestrator({
    providers: [aws({}, emulator), azure({}, emulator), gcp({}, emulator), alicloud({}, emulator), volcengine({}, emulator)],
    timezone: "Asia/Shanghai",
    runtime: { clock },
  });
}, 30_000);

afterAll(async () => {
  await orchestrator.close();
  await emulator.close();
});

function truthAt(from: number, to: number): Promise<Truth> {
  const key = `${from}/${to}`;
  let truth = truths.get(key);
  if (truth === undefined) {
    const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    truth = fetch(`${emulator.url}/_emulator/truth?${query}`).then((reply) => reply.json() as Promise<Truth>);
    truths.set(key, truth);
  }
  return truth;
}

// Written by somebody who had not seen the grammar.
describe.each([
  ["English", BLIND_CLOUDS_EN],
  ["Chinese", BLIND_CLOUDS_ZH],
] as const)("questions about several clouds in %s, without a model, against the ground truth", (_language, questions) => {
  // The first question loads the vendors' packages.
  test.each(questions.map((question) => [question.id, question] as const))(
    "%s",
    async (id, question) => {
      const document = await orchestrator.ask(question.text, { thread: `thread-${id}` });
      const to = document.window === null ? Math.floor((NOW - 120_000) / FIVE_MINUTES) * FIVE_MINUTES : Date.parse(document.window.to);
      const from = document.window === null ? to - FIVE_MINUTES : Date.parse(document.window.from);
      const world: World = { now: NOW, truth: await truthAt(from, to), truthAt };
      const problems = await checkCloudQuestion(question, document, world);
      expect(problems, `${question.text}\n${document.error?.message ?? document.answer?.text}`).toEqual([]);
    },
    30_000,
  );
});
