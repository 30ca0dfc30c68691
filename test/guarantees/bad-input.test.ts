import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PLAN_VERSION } from "../../src/contracts/index.ts";
import type { ErrorCode, RunDocument } from "../../src/index.ts";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { PAYMENTS } from "./fleet-questions.ts";
import { watch } from "./watched-run.ts";
import { type AskOptions, startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** What an error must be to be of use to the person who asked. */
function expectUseful({ error, language, answer }: RunDocument, about: RegExp): void {
  const text = `${error?.message}\n${error?.hint}`;
  expect(answer).toBeNull();
  expect(error?.message).toMatch(about);
  expect(error?.hint ?? "", "a hint").not.toBe("");
  for (const part of [error?.message, error?.hint]) expect(part).toMatch(language === "zh" ? /\p{Script=Han}/u : /^[^\p{Script=Han}]*$/u);
  expect(text).not.toMatch(/undefined|\[object|null|Error:|node_modules|\.[jt]s:\d+/);
}

interface Row {
  readonly question: string;
  readonly code: ErrorCode;
  readonly about: RegExp;
  readonly hint?: RegExp;
}

const ENGLISH: readonly Row[] = [
  { question: "list servers in eu-wset-1", code: "REGION_UNKNOWN", about: /eu-wset-1/, hint: /eu-west-1/ },
  { question: "servers in Atlantis with CPU over 80%", code: "REGION_UNKNOWN", about: /Atlantis/ },
  { question: "servers with cpu.utilisation over 80%", code: "METRIC_UNKNOWN", about: /cpu\.utilisation/, hint: /cpu\.utilization/ },
  { question: "list servers in azure", code: "PROVIDER_UNKNOWN", about: /azure/, hint: /AWS/ },
  { question: "servers in account nobody with CPU over 80%", code: "ACCOUNT_UNKNOWN", about: /nobody/ },
  { question: "what is the weather in Paris", code: "QUESTION_OFF_TOPIC", about: /no question about/ },
  { question: "write me a poem", code: "QUESTION_OFF_TOPIC", about: /no question about/ },
  { question: "reboot all servers in prod", code: "QUESTION_WRITE_REQUEST", about: /reboot/ },
  { question: "reboot them all", code: "QUESTION_WRITE_REQUEST", about: /reboot/ },
  { question: "delete the stopped servers", code: "QUESTION_WRITE_REQUEST", about: /delete/ },
  { question: "servers with network in over 100", code: "UNIT_MISSING", about: /100.*bytes/, hint: /MB\/s/ },
  { question: "databases with free memory under 5", code: "UNIT_MISSING", about: /5.*bytes/, hint: /GB/ },
  { question: "servers with CPU over 5 GB", code: "UNIT_MISMATCH", about: /GB/, hint: /80%/ },
  { question: "servers with CPU over 80% tomorrow", code: "WINDOW_INVALID", about: /future/ },
  { question: "error logs of checkout from 11:00 to 09:00 yesterday", code: "WINDOW_INVALID", about: /ends before it begins/ },
  { question: "running servers that are stopped", code: "QUESTION_CONTRADICTORY", about: /running.*stopped/ },
  { question: "servers with CPU over 80% and CPU under 20%", code: "QUESTION_CONTRADICTORY", about: /contradict/ },
  { question: "servers in eu-west-1 and not in eu-west-1", code: "QUESTION_CONTRADICTORY", about: /eu-west-1/ },
  { question: "of those, which are in prod?", code: "QUESTION_WITHOUT_CONTEXT", about: /of those/ },
  { question: "frobnicate the servers quaintly", code: "QUESTION_NOT_UNDERSTOOD", about: /frobnicate/, hint: /model/ },
];

const CHINESE: readonly Row[] = [
  { question: "列出 eu-wset-1 的服务器", code: "REGION_UNKNOWN", about: /eu-wset-1/, hint: /eu-west-1/ },
  { question: "列出磁通量 > 80% 的服务器", code: "METRIC_UNKNOWN", about: /磁通量/ },
  { question: "列出 Azure 的服务器", code: "PROVIDER_UNKNOWN", about: /Azure/, hint: /AWS/ },
  { question: "今天天气怎么样", code: "QUESTION_OFF_TOPIC", about: /不是关于云/ },
  { question: "重启所有服务器", code: "QUESTION_WRITE_REQUEST", about: /重启/ },
  { question: "把它们都重启", code: "QUESTION_WRITE_REQUEST", about: /重启/ },
  { question: "列出入流量大于 100 的服务器", code: "UNIT_MISSING", about: /100/, hint: /MB\/s/ },
  { question: "可用内存小于 5 的数据库", code: "UNIT_MISSING", about: /5/, hint: /GB/ },
  { question: "明天 CPU > 80% 的服务器", code: "WINDOW_INVALID", about: /将来/ },
  { question: "昨天 11 点到 9 点的错误日志", code: "WINDOW_INVALID", about: /结束早于开始/ },
  { question: "正在运行且已停止的服务器", code: "QUESTION_CONTRADICTORY", about: /矛盾/ },
  { question: "CPU 大于 80% 且小于 20% 的服务器", code: "QUESTION_CONTRADICTORY", about: /矛盾/ },
  { question: "env=prod 且 env=dev 的服务器", code: "QUESTION_CONTRADICTORY", about: /prod.*dev/ },
  { question: "其中哪些在生产环境", code: "QUESTION_WITHOUT_CONTEXT", about: /其中/ },
];

describe.each([
  ["en", ENGLISH],
  ["zh", CHINESE],
] as const)("a question that cannot be answered (%s)", (language, rows) => {
  test.each(rows)("$question", async ({ question, code, about, hint }) => {
    await world.rules({});
    const { document, exitStatus, events } = await world.ask(question);
    expect(document).toMatchObject({ status: "failed", language, question, plan: null, receipt: null, error: { code } });
    expectUseful(document, about);
    if (hint !== undefined) expect(document.error?.hint).toMatch(hint);
    expect(exitStatus).toBe(1);
    expect(events.at(-1)?.type).toBe("run-error");
    // Nobody was asked anything.
    expect(await world.calls()).toEqual([]);
    expect(document.usage.apiCalls.total).toBe(0);
  });
});

test.each(["", " \t\n", "\u3000"])("an empty question (%j)", async (question) => {
  const { document, exitStatus } = await world.ask(question);
  expect(document).toMatchObject({ status: "failed", error: { code: "QUESTION_EMPTY" }, usage: { apiCalls: { total: 0 } } });
  expectUseful(document, /./);
  expect(exitStatus).toBe(2);
});

test.each([
  ["servers in account payments", "en"],
  ["payments 账号的服务器", "zh"],
])("an account by its name, in the first question of a process: %s", async (question, language) => {
  const { document } = await world.ask(question);
  expect(document).toMatchObject({ status: "answered", language, receipt: { complete: true } });
  expect(new Set(document.receipt?.scopes.map(({ account }) => account))).toEqual(new Set([PAYMENTS]));
});

test("plan() rejects with the same error, and asks nobody", async () => {
  await world.rules({});
  await using orchestrator = world.orchestrator();
  await expect(orchestrator.plan("reboot them all")).rejects.toMatchObject({ code: "QUESTION_WRITE_REQUEST" });
  expect(await world.calls()).toEqual([]);
});

describe("nothing matches", () => {
  test.each([
    ["servers with CPU over 99.99%", /99\.99%/, /120 servers in 2 accounts and 6 regions/],
    ["CPU > 99.99% 的服务器", /99\.99%/, /2 个账号、6 个区域中的 120 台服务器/],
    ["servers in eu-west-1 with CPU over 99.99%", /eu-west-1/, /21 servers in 2 accounts/],
  ])("%s: the conditions and what was looked at are said", async (question, condition, lookedAt) => {
    await world.rules({});
    const { document, exitStatus } = await world.ask(question);
    expect(document).toMatchObject({ status: "answered", receipt: { complete: true }, answer: { table: { rows: [] } } });
    expect(document.answer?.text).toMatch(condition);
    expect(document.answer?.text).toMatch(lookedAt);
    expect(exitStatus).toBe(0);
  });

  test.each([
    ["databases with memory utilization over 80%", /AWS has no memory/, /Nothing matched/],
    ["内存使用率超过 80% 的数据库", /AWS.*没有.*(内存|memory)/, /没有匹配的结果/],
  ])("%s: nothing has the metric, which is something else", async (question, told, untold) => {
    await world.rules({});
    const { document } = await world.ask(question);
    expect(document).toMatchObject({ status: "answered", answer: { table: { rows: [] } } });
    expect(document.answer?.text).toMatch(told);
    expect(document.answer?.text).not.toMatch(untold);
  });

  // The cloud filters names and tags itself, so how many it looked through is not known; none is not what it was.
  test.each([
    ["servers named zzz", /zzz/, /2 accounts and 6 regions/],
    ["名称包含 zzz 的服务器", /zzz/, /2 个账号、6 个区域/],
  ])("%s: no number is made up", async (question, condition, lookedAt) => {
    await world.rules({});
    const { document } = await world.ask(question);
    expect(document).toMatchObject({ status: "answered", receipt: { complete: true }, answer: { table: { rows: [] } } });
    expect(document.answer?.text).toMatch(condition);
    expect(document.answer?.text).toMatch(lookedAt);
    expect(document.answer?.text).not.toMatch(/\b0 (servers|items)|0 台/);
  });

  test.each([
    ["servers with tag flavour=vanilla", /no .*tag .*flavour|tag .*flavour.* (not|no) /i],
    ["列出标签 flavour=vanilla 的服务器", /(没有|不存在).*标签.*flavour|标签.*flavour.*(没有|不存在)/],
  ])("%s: it is said that nothing has such a tag", async (question, told) => {
    await world.rules({});
    const { document } = await world.ask(question);
    expect(document).toMatchObject({ status: "answered", answer: { table: { rows: [] } } });
    expect([document.answer?.text, ...(document.receipt?.notes ?? [])].join("\n")).toMatch(told);
  });
});

describe("credentials", () => {
  let home: string;
  let saved: NodeJS.ProcessEnv;
  // The SDK reads the environment of the process itself.
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "guarantees-"));
    saved = { ...process.env };
    for (const name of Object.keys(process.env)) if (/^(AWS_|NEPHOSCOPE_)/.test(name)) delete process.env[name];
    Object.assign(process.env, { HOME: home, AWS_EC2_METADATA_DISABLED: "true" });
  });
  afterAll(async () => {
    for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
    Object.assign(process.env, saved);
    await rm(home, { recursive: true });
  });

  const nobody: AskOptions = { env: {} };

  test.each([
    ["which servers have CPU over 80%", /No AWS credentials/, /AWS_PROFILE/],
    ["列出 CPU > 80% 的服务器", /没有可用的 AWS 凭证/, /AWS_PROFILE/],
    ["what is alarming now", /No AWS credentials/, /AWS_PROFILE/],
    ["error logs of checkout in the last hour", /No AWS credentials/, /AWS_PROFILE/],
  ])("there are none: %s", async (question, message, hint) => {
    const { document, exitStatus } = await world.ask(question, nobody);
    expect(document).toMatchObject({ status: "failed", emulated: false, error: { code: "CREDENTIAL_MISSING" } });
    expectUseful(document, message);
    expect(document.error?.hint).toMatch(hint);
    expect(exitStatus).toBe(2);
  });

  test.each([
    ["which servers have CPU over 80%", /expired/i, /[Rr]enew/],
    ["列出 CPU > 80% 的服务器", /expired/i, /更新凭证/],
  ])("they have expired: %s", async (question, message, hint) => {
    await world.rules({ faults: ["aws:*:expired"] });
    const { document, exitStatus } = await world.ask(question);
    expect(document).toMatchObject({ status: "failed", error: { code: "PROVIDER_UNAUTHENTICATED" } });
    expectUseful(document, message);
    expect(document.error?.hint).toMatch(hint);
    expect(document.usage.retries).toBe(0);
    expect(exitStatus).toBe(1);
  });

  test("they are refused", async () => {
    await world.rules({});
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: "AKIANOBODYKNOWSTHIS0",
      AWS_SECRET_ACCESS_KEY: "wrong",
      AWS_ENDPOINT_URL: world.emulator.url,
    });
    try {
      const { document, exitStatus } = await world.ask("list all servers", nobody);
      expect(document).toMatchObject({ status: "failed", error: { code: "PROVIDER_UNAUTHENTICATED" } });
      expectUseful(document, /AWS/);
      expect(exitStatus).toBe(1);
    } finally {
      for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"]) delete process.env[name];
    }
  });

  test("the emulator is not there", async () => {
    const { document, exitStatus } = await world.ask("list all servers", { env: { NEPHOSCOPE_EMULATOR: "http://127.0.0.1:9" } });
    expect(document).toMatchObject({ status: "failed", error: { code: "PROVIDER_UNAVAILABLE" } });
    expectUseful(document, /127\.0\.0\.1:9/);
    expect(document.error?.hint).toMatch(/nephoscope emulator/);
    expect(exitStatus).toBe(1);
  });
});

describe("a store that cannot be opened", () => {
  test.each([
    ["list all servers", /runs\.db/],
    ["列出所有服务器", /runs\.db/],
  ])("%s", async (question, about) => {
    await world.rules({});
    const { document, exitStatus } = await world.ask(question, { store: sqlite({ path: "/proc/nowhere/runs.db" }) });
    expect(document).toMatchObject({ status: "failed", error: { code: "STORE_FAILED" } });
    expectUseful(document, about);
    expect(exitStatus).toBe(1);
    expect(await world.calls()).toEqual([]);
  });
});

describe("a saved plan", () => {
  const list = { id: "list", tool: "resources.list", input: { kind: "virtual-machine" }, dependsOn: [] };
  const sort = (id: string, from: string) => ({
    id,
    tool: "table.sort",
    input: { rows: { from }, by: [{ column: "name", direction: "ascending" }] },
    dependsOn: [from],
  });
  const planOf = (steps: readonly object[], more: object = {}) => ({
    version: PLAN_VERSION,
    question: "列出所有服务器",
    language: "zh",
    timezone: "UTC",
    emulated: true,
    steps,
    ...more,
  });

  const CASES: readonly (readonly [what: string, plan: unknown, code: ErrorCode, about: RegExp, exitStatus: number])[] = [
    ["of a newer version", planOf([list], { version: 2 }), "PLAN_VERSION", /2.*1/, 1],
    ["without a version", { steps: [list] }, "PLAN_VERSION", /version|版本/, 1],
    ["that is no object", "plan", "PLAN_VERSION", /version|版本/, 1],
    ["with a field nobody knows", planOf([list], { consent: true }), "PLAN_INVALID", /consent/, 1],
    ["without steps", planOf([]), "PLAN_INVALID", /steps/, 1],
    ["with a tool that does not exist", planOf([{ ...list, tool: "resources.reboot" }]), "TOOL_UNKNOWN", /resources\.reboot/, 1],
    ["with an input the tool does not take", planOf([{ ...list, input: { kind: "spaceship" } }]), "TOOL_INPUT_INVALID", /kind/, 1],
    ["that goes round in circles", planOf([list, sort("a", "b"), sort("b", "a")]), "PLAN_INVALID", /\ba\b.*\bb\b/, 1],
    ["that reads a step that is not there", planOf([sort("a", "nowhere")]), "PLAN_INVALID", /nowhere/, 1],
    ["with two answers", planOf([list, sort("a", "list"), sort("b", "list")]), "PLAN_INVALID", /\ba\b.*\bb\b/, 1],
    [
      "with more steps than are allowed",
      planOf([list, ...Array.from({ length: 60 }, (_, n) => sort(`s${n}`, n === 0 ? "list" : `s${n - 1}`))]),
      "PLAN_TOO_LARGE",
      /40/,
      1,
    ],
    ["made for real clouds", planOf([list], { emulated: false }), "CONFIGURATION_INVALID", /模拟云/, 2],
  ];

  test.each(CASES)("%s", async (_what, plan, code, about, status) => {
    await world.rules({});
    await using orchestrator = world.orchestrator();
    const { document, exitStatus } = await watch(orchestrator.run(plan));
    expect(document).toMatchObject({ status: "failed", error: { code } });
    expect(document.error?.message).toMatch(about);
    expect(document.error?.hint ?? "", "a hint").not.toBe("");
    expect(document.error?.message).not.toMatch(/undefined|\[object|Error:/);
    expect(exitStatus).toBe(status);
    expect(await world.calls()).toEqual([]);
  });

  test("speaks the language of its question where that can be read", async () => {
    await using orchestrator = world.orchestrator();
    const { document } = await watch(orchestrator.run(planOf([{ ...list, tool: "resources.reboot" }])));
    expect(document).toMatchObject({ language: "zh", question: "列出所有服务器" });
    expect(document.error?.message).toMatch(/\p{Script=Han}/u);
  });

  test("of another version speaks the language of its question too", async () => {
    await using orchestrator = world.orchestrator();
    const { document } = await watch(orchestrator.run(planOf([list], { version: 2 })));
    expect(document.error?.message).toMatch(/\p{Script=Han}/u);
  });
});
