import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Host } from "../../src/cli/host.ts";
import { main } from "../../src/cli/main.ts";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import type { Approval, RunDocument } from "../../src/index.ts";
import { CHINESE_QUESTION, codeStep, isCodePrompt, PROGRAM, QUESTION } from "../guarantees/durability/volume-question.ts";
import { requestsTo } from "../guarantees/durability/volume-world.ts";
import { fakeHost } from "./fake-host.ts";
import { type SaidModel, startSaidModel } from "./said-model.ts";

const CHINESE = { LANG: "zh_CN.UTF-8" };
/** Of our insides, which nobody should read. */
const INSIDES = /\n\s+at [^\n]*:\d+:\d+|\.[jt]s:\d+|undefined|\[object|NaN|TypeError|SyntaxError|ZodError/;

let folder: string;
let cloud: Emulator;
let model: SaidModel;
let count = 0;
let path: string;
/** Where the index of operations is kept meanwhile. */
const { XDG_CACHE_HOME: cache, XDG_STATE_HOME: state } = process.env;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "approvals-"));
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  process.env.XDG_STATE_HOME = join(folder, "state");
  cloud = await startEmulator({ providers: ["aws"], instances: 60, seed: 7 });
  model = await startSaidModel((prompt) => {
    if (isCodePrompt(prompt)) return `\`\`\`ts\n${PROGRAM}\n\`\`\``;
    return prompt.includes('"kind":"plan"') || prompt.includes("code.run")
      ? JSON.stringify({ kind: "plan", steps: [codeStep("volumes")] })
      : "volumes snapshots";
  });
});
afterAll(async () => {
  restore("XDG_CACHE_HOME", cache);
  restore("XDG_STATE_HOME", state);
  await cloud.close();
  await model[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  path = join(folder, `runs-${count++}.db`);
});
afterEach(() => {
  expect(existsSync(path)).toBe(true);
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

interface Person {
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** What the person answers to questions; there is a terminal then. */
  readonly says?: string;
}

/** A command in this process, with an emulated AWS and a model that writes what it is told to. */
async function nephoscope(words: readonly string[], { env = {}, user = "anna", says }: Person = {}) {
  const { host, written } = fakeHost({ ...cloud.env, ...model.env, NEPHOSCOPE_STORE: `sqlite:${path}`, TZ: "UTC", ...env });
  const asked: string[] = [];
  const person: Host = {
    ...host,
    user,
    now: Date.now,
    ...(says === undefined ? {} : { stderr: { ...host.stderr, columns: 120 } }),
    async ask(question) {
      asked.push(question);
      return says ?? null;
    },
  };
  const status = await main(words, person);
  expect(`${written.stdout}${written.stderr}`).not.toMatch(INSIDES);
  return { status, asked, ...written };
}

/** Stores with a run of each question that waits. */
const prepared = new Map<string, { readonly document: RunDocument; readonly file: string }>();

/** A run that waits, in a store of its own. */
async function waiting(question: string): Promise<RunDocument> {
  const known = prepared.get(question) ?? (await prepare(question));
  prepared.set(question, known);
  await copyFile(known.file, path);
  return known.document;
}

async function prepare(question: string) {
  const file = join(folder, `prepared-${prepared.size}.db`);
  const { status, stdout } = await nephoscope(["ask", question, "--json"], { env: { NEPHOSCOPE_STORE: `sqlite:${file}` } });
  expect(status).toBe(4);
  return { document: JSON.parse(stdout) as RunDocument, file };
}

function idOf({ approvals }: RunDocument): string {
  return approvals[0]?.id ?? "";
}

const inHan = /\p{Script=Han}/u;
const LANGUAGES = [
  [QUESTION, {}],
  [CHINESE_QUESTION, CHINESE],
] as const;

describe("ask", { timeout: 240_000 }, () => {
  test.each(LANGUAGES)("%s: without a terminal ends with 4 and says how to look and to decide", async (question, env) => {
    const { status, stdout, stderr, asked } = await nephoscope(["ask", question], { env });
    const id = /approval_\w+/.exec(stdout)?.[0];
    expect({ status, stderr, asked }).toEqual({ status: 4, stderr: "", asked: [] });
    expect(stdout).toContain(`nephoscope approvals ${id}`);
    expect(stdout).toContain(`nephoscope approve ${id}`);
    expect(stdout).toMatch(
      question === QUESTION ? /EMULATED[\s\S]*Waiting for approval[\s\S]*nothing yet/ : /【模拟】[\s\S]*等待批准[\s\S]*尚无结果/,
    );
    expect(await requestsTo(cloud)).toBe(0);
  });

  test("as JSON is one document that waits, with what there is to decide", async () => {
    const document = await waiting(QUESTION);
    expect(document).toMatchObject({ status: "waiting", answer: null, error: null, emulated: true });
    expect(document.approvals).toEqual([
      {
        id: expect.stringMatching(/^approval_/),
        kind: "code",
        summary: expect.stringContaining("aws.ec2.DescribeVolumes"),
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        expiresAt: expect.stringMatching(/Z$/),
      },
    ]);
  });

  test.each([
    ["y", 0, "answered", /11 results/],
    ["n", 1, "failed", /anna rejected the approval/],
    ["", 4, "waiting", /Waiting for approval/],
  ])("at a terminal shows the program and asks at once: %j ends with %i", async (says, status, standing, said) => {
    const ended = await nephoscope(["ask", QUESTION], { says });
    expect(ended.asked).toEqual(["Run it? y approve · n reject · Enter to decide later: "]);
    expect(ended.stderr).toContain('cloud.call("aws", "ec2", "DescribeVolumes", { MaxResults: 5 })');
    expect(ended.status).toBe(status);
    expect(`${ended.stdout}${ended.stderr}`).toMatch(said);
    const runId = /run_\w+/.exec(`${ended.stdout}${ended.stderr}`)?.[0];
    if (runId !== undefined) expect(JSON.parse((await nephoscope(["resume", runId, "--json"])).stdout).status).toBe(standing);
  });
});

describe("approvals", { timeout: 240_000 }, () => {
  test("lists what waits and shows all of one, in both languages, and as JSON", async () => {
    const none = await nephoscope(["approvals"]);
    expect(none).toMatchObject({ status: 0, stdout: "Nothing waits for a decision.\n" });
    expect((await nephoscope(["approvals"], { env: CHINESE })).stdout).toBe("没有待审批的请求。\n");
    expect(JSON.parse((await nephoscope(["approvals", "--json"])).stdout)).toEqual({ approvals: [] });

    const [english, chinese] = [
      idOf(await waiting(QUESTION)),
      idOf(JSON.parse((await nephoscope(["ask", CHINESE_QUESTION, "--json"])).stdout)),
    ];
    const list = await nephoscope(["approvals"]);
    for (const text of [english, chinese, QUESTION, CHINESE_QUESTION, "anna"]) expect(list.stdout).toContain(text);
    const { approvals } = JSON.parse((await nephoscope(["approvals", "--json"])).stdout) as { approvals: Approval[] };
    expect(approvals.map(({ id, status }) => [id, status])).toEqual([
      [chinese, "pending"],
      [english, "pending"],
    ]);

    const one = await nephoscope(["approvals", english]);
    for (const title of ["Approval needed", QUESTION, "Code", "Calls", "Where", "Rehearsal", "sha256", "eu-west-1"])
      expect(one.stdout).toContain(title);
    expect(one.stdout).not.toMatch(inHan);
    const other = await nephoscope(["approvals", chinese], { env: CHINESE });
    for (const title of ["需要批准", CHINESE_QUESTION, "代码", "调用的接口", "范围", "预演", "有效期"])
      expect(other.stdout).toContain(title);
    expect(JSON.parse((await nephoscope(["approvals", english, "--json"])).stdout)).toMatchObject({
      id: english,
      status: "pending",
      decidedBy: null,
    });
  });

  test.each(["approvals", "approve", "reject"])("%s of an unknown id says so, in both languages", async (command) => {
    await nephoscope(["approvals"]);
    const english = await nephoscope([command, "approval_nowhere"]);
    expect(english).toMatchObject({ status: 1, stdout: "" });
    expect(english.stderr).toMatch(/There is no approval approval_nowhere\.\n {2}.*nephoscope approvals/);
    expect((await nephoscope([command, "approval_nowhere"], { env: CHINESE })).stderr).toMatch(/没有编号为 approval_nowhere 的审批。/);
  });
});

describe("approve and reject", { timeout: 240_000 }, () => {
  test("approve goes on with the run, whoever asked; as JSON it is the run's document", async () => {
    const before = await requestsTo(cloud);
    const asked = await waiting(QUESTION);
    const { status, stdout, stderr } = await nephoscope(["approve", idOf(asked), "--json"], { user: "berta" });
    const document = JSON.parse(stdout) as RunDocument;
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(document).toMatchObject({ runId: asked.runId, status: "answered", approvals: [], receipt: { complete: true } });
    expect(document.answer?.table?.rows).toHaveLength(11);
    expect(await requestsTo(cloud)).toBe(before + 12);
  });

  test.each(LANGUAGES)("%s: a rejection is told with who and why, also to who approves later", async (question, env) => {
    const asked = await waiting(question);
    const id = idOf(asked);
    const isEnglish = question === QUESTION;
    const rejected = await nephoscope(["reject", id, "--comment", "太贵 too dear"], { user: "berta", env });
    expect({ status: rejected.status, stderr: rejected.stderr }).toEqual({ status: 0, stderr: "" });
    expect(rejected.stdout).toContain(id);
    const resumed = await nephoscope(["resume", asked.runId], { env });
    expect(resumed.status).toBe(1);
    expect(resumed.stderr).toMatch(isEnglish ? /berta rejected the approval/ : /berta 拒绝了审批/);
    expect(resumed.stderr).toContain("太贵 too dear");
    expect(JSON.parse((await nephoscope(["resume", asked.runId, "--json"], { env })).stdout).error.code).toBe("APPROVAL_REJECTED");
    const late = await nephoscope(["approve", id], { env });
    expect({ status: late.status, stdout: late.stdout }).toEqual({ status: 1, stdout: "" });
    expect(late.stderr).toMatch(isEnglish ? /was rejected by berta before/ : /已由 berta 拒绝/);
    expect((await nephoscope(["approvals"], { env })).stdout).not.toContain(id);
  });
});

describe("approve --keep", { timeout: 240_000 }, () => {
  test("has the same question answered without a model and without asking; another region asks again", async () => {
    const kept = await nephoscope(["approve", idOf(await waiting(QUESTION)), "--keep", "open-volumes"]);
    expect(kept.status).toBe(0);
    expect(kept.stderr).toMatch(/^Kept as open-volumes: .* until \d{4}-\d\d-\d\d/);
    const prompts = model.prompts.length;
    const again = await nephoscope(["ask", `  ${QUESTION.toUpperCase()}? `, "--no-model", "--json"]);
    const document = JSON.parse(again.stdout) as RunDocument;
    expect({ status: again.status, rows: document.answer?.table?.rows.length }).toEqual({ status: 0, rows: 11 });
    expect(document.usage).toMatchObject({
      modelCalls: 0,
      apiCalls: { byOperation: { "aws.ec2.DescribeVolumes": 8, "aws.ec2.DescribeSnapshots": 4 } },
    });
    expect(model.prompts).toHaveLength(prompts);
    expect((await nephoscope(["ask", QUESTION, "--region", "us-east-1"])).status).toBe(4);
  });

  test("takes no name that could not be typed, before anything is decided", async () => {
    const id = idOf(await waiting(QUESTION));
    const { status, stderr } = await nephoscope(["approve", id, "--keep", "Open Volumes"]);
    expect(status).toBe(2);
    expect(stderr).toContain("Open Volumes");
    expect((await nephoscope(["approve", id, "--keep", "开放"], { env: CHINESE })).stderr).toMatch(/不能用 开放 作为程序名称/);
    expect((await nephoscope(["approvals"])).stdout).toContain(id);
  });
});

describe("audit verify", { timeout: 240_000 }, () => {
  test("tells an intact trail from one in which a byte was changed, in both languages and as JSON", async () => {
    await nephoscope(["approve", idOf(await waiting(QUESTION))]);
    expect(await nephoscope(["audit", "verify"])).toMatchObject({ status: 0, stdout: expect.stringMatching(/is intact: \d+ records/) });
    expect((await nephoscope(["audit", "verify"], { env: CHINESE })).stdout).toMatch(/审计记录完整：\d+ 条/);
    expect(JSON.parse((await nephoscope(["audit", "verify", "--json"])).stdout)).toMatchObject({ intact: true, broken: null });

    const database = new DatabaseSync(path);
    database.exec("UPDATE audit SET record = replace(record, 'anna', 'anne') WHERE sequence = 2");
    database.close();
    expect(await nephoscope(["audit", "verify"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/was changed: record 2/),
    });
    expect((await nephoscope(["audit", "verify"], { env: CHINESE })).stderr).toMatch(/审计记录被改动过：第 2 条/);
    const broken = await nephoscope(["audit", "verify", "--json"]);
    expect(broken.status).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ intact: false, broken: { sequence: 2 } });
  });
});

describe("knowledge", { timeout: 240_000 }, () => {
  test("sync tells what has changed, search finds operations by words of both languages, as text and as JSON", async () => {
    await nephoscope(["approvals"]);
    expect((await nephoscope(["knowledge", "sync", "--provider", "aws"])).stdout).toMatch(
      /^\d+ added, \d+ updated, \d+ removed, \d+ unchanged\n$/,
    );
    const again = await nephoscope(["knowledge", "sync", "--provider", "aws", "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ added: 0, updated: 0, removed: 0 });
    expect((await nephoscope(["knowledge", "sync", "--provider", "aws"], { env: CHINESE })).stdout).toMatch(
      /^新增 0，更新 0，删除 0，未变 \d+\n$/,
    );
    for (const words of [["snapshots", "of", "volumes"], ["云盘快照"]]) {
      const text = await nephoscope(["knowledge", "search", ...words, "--provider", "aws"]);
      expect({ status: text.status, stderr: text.stderr }).toEqual({ status: 0, stderr: "" });
      expect(text.stdout).toMatch(/^ +\d+\.\d {2}aws\.ec2\.\w+\n/);
      const { hits } = JSON.parse((await nephoscope(["knowledge", "search", ...words, "--provider", "aws", "--json"])).stdout);
      expect(hits[0]).toMatchObject({ id: "aws.ec2.DescribeSnapshots", score: expect.any(Number) });
    }
    expect(await nephoscope(["knowledge", "search", "qqqqzzzz"])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^Nothing was found/),
    });
    expect((await nephoscope(["knowledge", "search", "龘龘"])).stdout).toMatch(/^没有找到/);
  });
});
