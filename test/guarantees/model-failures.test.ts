import { LLMock } from "@copilotkit/aimock";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ErrorCode, Model, RunDocument } from "../../src/index.ts";
import { openai } from "../../src/models/openai/index.ts";
import { type ScriptedReply, scripted } from "../../src/models/scripted/index.ts";
import { expectedRows, HOT_SERVERS, rowsOf } from "./fleet-questions.ts";
import { CLOCK, limitOf } from "./standing-clock.ts";
import { type AskOptions, startWorld, type World } from "./world.ts";

// Questions that only a model understands.
const ENGLISH = "which of our boxes are sweating";
const CHINESE = "哪些机器快要撑不住了";

const list = { id: "list", tool: "resources.list", input: { kind: "virtual-machine" } };
const metrics = {
  id: "cpu",
  tool: "metrics.query",
  input: { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: { lastMs: 300_000 } },
};
const filter = (id: string, from: string) => ({
  id,
  tool: "table.filter",
  input: { rows: { from }, all: [{ column: "cpu.utilization", operator: "gt", value: 80, unit: "percent" }] },
});

const PLAN = JSON.stringify({ kind: "plan", steps: [list, metrics, filter("hot", "cpu")] });
const PROSE = "You should look at your servers, some of them look rather hot.";
const CYCLE = JSON.stringify({ kind: "plan", steps: [list, metrics, filter("a", "b"), filter("b", "a")] });
const NO_TOOL = JSON.stringify({ kind: "plan", steps: [list, { id: "stop", tool: "resources.stop", input: { rows: { from: "list" } } }] });
const refusal = (reason: string) => JSON.stringify({ kind: "refusal", reason, explanation: "because" });

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function askModel(question: string, options: AskOptions) {
  await world.rules({});
  const watched = await world.ask(question, options);
  return { ...watched, calls: await world.calls() };
}

/** What a person reads: in his language, with what to do, and nothing of our insides. */
function expectSentence({ error, language }: RunDocument, said: RegExp): void {
  expect(error?.message).toMatch(said);
  expect(error?.hint ?? "", "a hint").not.toBe("");
  for (const part of [error?.message, error?.hint]) if (language === "zh") expect(part).toMatch(/\p{Script=Han}/u);
  expect(`${error?.message} ${error?.hint}`).not.toMatch(/undefined|\[object|TypeError|SyntaxError|ZodError|node_modules|\.[jt]s:\d+/);
}

async function expectRightAnswer(document: RunDocument): Promise<void> {
  expect(document).toMatchObject({ status: "answered", planner: "model", receipt: { complete: true } });
  const truth = await world.truth(document);
  expect(rowsOf(document, HOT_SERVERS.columns)).toEqual(expectedRows(HOT_SERVERS, truth, () => true));
}

interface Bad {
  readonly what: string;
  readonly replies: readonly ScriptedReply[];
  readonly code: ErrorCode;
  readonly said: RegExp;
}

const BAD: readonly Bad[] = [
  { what: "prose", replies: [PROSE, PROSE, PROSE], code: "MODEL_OUTPUT_INVALID", said: /JSON/ },
  { what: "a plan that goes round in circles", replies: [CYCLE, CYCLE, CYCLE], code: "MODEL_OUTPUT_INVALID", said: /\ba\b.*\bb\b/ },
  { what: "a tool that does not exist", replies: [NO_TOOL, NO_TOOL, NO_TOOL], code: "MODEL_OUTPUT_INVALID", said: /resources\.stop/ },
  { what: "nothing at all", replies: ["", ""], code: "MODEL_UNAVAILABLE", said: /empty|空/ },
  { what: "blanks", replies: [" \n", " \n"], code: "MODEL_UNAVAILABLE", said: /empty|空/ },
  { what: "that it declines", replies: [{ text: "no", finishReason: "refused" }], code: "MODEL_REFUSED", said: /declined|拒绝/ },
  { what: "that it is off topic", replies: [refusal("off-topic")], code: "QUESTION_OFF_TOPIC", said: /question|问题/ },
  { what: "that it is a change", replies: [refusal("write")], code: "QUESTION_WRITE_REQUEST", said: /only reads|只读/ },
  { what: "that it is unclear", replies: [refusal("unclear")], code: "QUESTION_NOT_UNDERSTOOD", said: /because/ },
];

const NO_TOOL_DOES_IT = JSON.stringify({ kind: "intent", tool: null, goal: "list dashboards" });
/** A Chinese question is put into the words of the API first. */
const REWRITTEN = JSON.stringify({ terms: "list dashboards" });

describe.each([ENGLISH, CHINESE])("a scripted model, asked «%s», answers", (question) => {
  test.each(BAD)("$what", async ({ replies, code, said }) => {
    const model = scripted(replies);
    const { document, exitStatus, calls } = await askModel(question, { model });
    expect(document).toMatchObject({ status: "failed", answer: null, receipt: null, error: { code } });
    expectSentence(document, said);
    expect(exitStatus).toBe(1);
    model.done();
    expect(document.usage.modelCalls).toBe(replies.length);
    if (code !== "MODEL_UNAVAILABLE") expect(document.usage.promptTokens).toBeGreaterThan(0);
    // No cloud is asked for a plan that does not stand.
    expect(calls).toEqual([]);
  });

  test("that no tool does it, and then no program", async () => {
    const model = scripted([NO_TOOL_DOES_IT, ...(question === CHINESE ? [REWRITTEN] : []), PROSE, PROSE, PROSE]);
    const { document, exitStatus, calls } = await askModel(question, { model });
    expect(document).toMatchObject({ status: "failed", answer: null, receipt: null, error: { code: "CODE_NOT_WRITTEN" } });
    expectSentence(document, question === CHINESE ? /第 3 次/ : /Attempt 3/);
    expect(exitStatus).toBe(1);
    model.done();
    expect(calls).toEqual([]);
  });

  test("nothing within its time", async () => {
    const model = scripted(["hang"]);
    const { document } = await askModel(question, { model, limits: { modelTimeoutMs: limitOf(50) } });
    expect(document).toMatchObject({ status: "failed", error: { code: "MODEL_UNAVAILABLE" }, usage: { modelCalls: 1 } });
    expectSentence(document, /1 seconds|1 秒/);
  });

  test("so much that the budget is used up", async () => {
    const model = scripted([PROSE, PROSE]);
    const { document } = await askModel(question, { model, limits: { maxModelTokens: 100 } });
    expect(document).toMatchObject({ status: "failed", error: { code: "MODEL_BUDGET_EXCEEDED" }, usage: { modelCalls: 1 } });
    expectSentence(document, /100/);
  });

  test("nothing, because it is not asked", async () => {
    const model = scripted([PLAN]);
    const { document } = await askModel(question, { model, run: { model: false } });
    expect(document).toMatchObject({ status: "failed", error: { code: "QUESTION_NOT_UNDERSTOOD" }, usage: { modelCalls: 0 } });
    expect(model.requests).toEqual([]);
  });

  test.each([
    ["prose", PROSE],
    ["a cycle", CYCLE],
    ["a tool that does not exist", NO_TOOL],
  ])("%s first, and a right plan once it is told what is wrong", async (_what, first) => {
    const model = scripted([first, PLAN]);
    const { document, exitStatus } = await askModel(question, { model });
    await expectRightAnswer(document);
    expect(exitStatus).toBe(0);
    expect(document.usage.modelCalls).toBe(2);
    const [asked, corrected] = model.requests;
    expect(corrected?.messages).toHaveLength((asked?.messages.length ?? 0) + 2);
    expect(document.usage.promptTokens).toBeGreaterThan(0);
    expect(document.usage.completionTokens).toBeGreaterThan(0);
  });

  test("prose for ever, and another model a plan", async () => {
    const fallbackModel = scripted([PLAN], { id: "other" });
    const { document } = await askModel(question, { model: scripted([PROSE, PROSE, PROSE]), fallbackModel });
    await expectRightAnswer(document);
    expect(document.usage.modelCalls).toBe(4);
  });
});

describe("a model behind an endpoint", () => {
  const mock = new LLMock({ port: 0 });
  beforeAll(async () => {
    await mock.start();
  });
  afterAll(() => mock.stop());
  beforeEach(() => {
    mock.reset();
  });

  const KEY = "sk-guarantees-0123456789";
  const model = (options: object = {}): Model =>
    openai({ baseUrl: `${mock.url}/v1`, apiKey: KEY, model: "Qwen/Qwen3-32B", runtime: { clock: CLOCK }, ...options });
  const anything = /[\s\S]*/;

  test.each([
    ["prose", PROSE, "MODEL_OUTPUT_INVALID", /JSON/, 3],
    ["a cycle", CYCLE, "MODEL_OUTPUT_INVALID", /\ba\b.*\bb\b/, 3],
    ["a tool that does not exist", NO_TOOL, "MODEL_OUTPUT_INVALID", /resources\.stop/, 3],
    ["nothing", "", "MODEL_UNAVAILABLE", /空/, 2],
  ] as const)("that answers %s", async (_what, content, code, said, requests) => {
    mock.onMessage(anything, { content, usage: { prompt_tokens: 100, completion_tokens: 10 } });
    const { document, exitStatus, calls } = await askModel(CHINESE, { model: model() });
    expect(document).toMatchObject({ status: "failed", error: { code }, usage: { modelCalls: requests } });
    expectSentence(document, said);
    expect(exitStatus).toBe(1);
    expect(mock.getRequests()).toHaveLength(requests);
    if (requests === 3) expect(document.usage).toMatchObject({ promptTokens: 300, completionTokens: 30 });
    expect(calls).toEqual([]);
  });

  test.each([
    [401, "MODEL_UNAUTHENTICATED", /401/, 1],
    [403, "MODEL_UNAUTHENTICATED", /403/, 1],
    [429, "MODEL_RATE_LIMITED", /429/, 2],
    [500, "MODEL_UNAVAILABLE", /500/, 2],
  ] as const)("that refuses with %i", async (status, code, said, requests) => {
    mock.on({ userMessage: anything }, { error: { message: "as it is", type: "error" }, status });
    for (const question of [ENGLISH, CHINESE]) {
      mock.clearRequests();
      const { document, exitStatus } = await askModel(question, { model: model() });
      expect(document).toMatchObject({ status: "failed", error: { code }, usage: { modelCalls: requests, promptTokens: 0 } });
      expectSentence(document, said);
      expect(exitStatus).toBe(1);
      expect(mock.getRequests()).toHaveLength(requests);
    }
  });

  test("that does not answer in time", async () => {
    mock.onMessage(anything, { content: PLAN }, { chaos: { latencyMs: 3_000 } });
    const { document } = await askModel(ENGLISH, { model: model({ timeoutMs: limitOf(100) }) });
    expect(document).toMatchObject({ status: "failed", error: { code: "MODEL_UNAVAILABLE" } });
    expectSentence(document, /within 2 seconds/);
  });

  test("that hangs up", async () => {
    mock.onMessage(anything, { content: PLAN }, { chaos: { disconnectRate: 1 } });
    const { document } = await askModel(ENGLISH, { model: model() });
    expect(document).toMatchObject({ status: "failed", error: { code: "MODEL_UNAVAILABLE" } });
    expectSentence(document, /connection/);
  });

  test("that throttles once, and then plans", async () => {
    mock.nextRequestError(429, { message: "slow down" });
    mock.onMessage(anything, { content: PLAN, usage: { prompt_tokens: 100, completion_tokens: 10 } });
    const { document, exitStatus } = await askModel(CHINESE, { model: model() });
    await expectRightAnswer(document);
    expect(exitStatus).toBe(0);
    expect(document.usage).toMatchObject({ modelCalls: 2, promptTokens: 100, completionTokens: 10 });
  });

  test("that plans right, but in a fence and with prose around it", async () => {
    mock.onMessage(anything, { content: `<think>hm</think>Here you are:\n\`\`\`json\n${PLAN}\n\`\`\`\nEnjoy!` });
    const { document } = await askModel(ENGLISH, { model: model() });
    await expectRightAnswer(document);
    expect(document.usage.modelCalls).toBe(1);
  });

  test("is not asked what the grammar understands", async () => {
    const { document } = await askModel(HOT_SERVERS.text, { model: model() });
    expect(document).toMatchObject({ status: "answered", planner: "grammar", usage: { modelCalls: 0 } });
    expect(mock.getRequests()).toEqual([]);
  });
});
