import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { LLMock } from "@copilotkit/aimock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ANSWER_STEP } from "../../src/contracts/index.ts";
import { Orchestrator } from "../../src/index.ts";
import { openai } from "../../src/models/openai/index.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { CLOCK } from "./standing-clock.ts";
import { startWorld, type World } from "./world.ts";

const ROLE = "arn:aws:iam::444455556666:role/nephoscope-read";
const KEY = { accessKeyId: "AKIAEMULATOR00000000", secretAccessKey: "emulator-secret-key-for-tests-only" };
const API_KEY = "sk-canary-8f14e45fceea167a5a36dedd4bea2543";
const QUESTION = "which of our boxes are sweating";
const PLAN = JSON.stringify({
  kind: "plan",
  steps: [
    { id: "list", tool: "resources.list", input: { kind: "virtual-machine" } },
    {
      id: "cpu",
      tool: "metrics.query",
      input: { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: { lastMs: 300_000 } },
    },
    { id: "why", tool: "table.analyze", input: { rows: { from: "cpu" }, instruction: "say which are hot" } },
  ],
});

let world: World;
let folder: string;
let saved: NodeJS.ProcessEnv;
const mock = new LLMock({ port: 0 });

beforeAll(async () => {
  [world] = await Promise.all([startWorld(), mock.start()]);
});
afterAll(async () => {
  await mock.stop();
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "guarantees-"));
  saved = { ...process.env };
  for (const name of Object.keys(process.env)) if (/^(AWS_|NEPHOSCOPE_)/.test(name)) delete process.env[name];
  Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: "true", HOME: folder, AWS_ENDPOINT_URL: world.emulator.url });
  mock.reset();
  await world.rules({});
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
  Object.assign(process.env, saved);
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Everything that leaves the core while a question is asked: events, document, store, logs, errors, what the model is told. */
async function exitsOf(secrets: Readonly<Record<string, string>>, options: { readonly accounts?: { roleArn: string }[] } = {}) {
  Object.assign(process.env, secrets);
  const lines: unknown[] = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => {
      lines.push(words);
    });
  }
  const logger = { debug: (...line: unknown[]) => lines.push(line), warn: (...line: unknown[]) => lines.push(line) };
  const path = join(folder, "runs.db");
  const store = sqlite({ path });
  const provider = aws(options, { env: process.env });
  const model = openai({ baseUrl: `${mock.url}/v1`, apiKey: API_KEY, model: "Qwen/Qwen3-32B", runtime: { clock: CLOCK } });
  const runtime = { clock: CLOCK, random: () => 0, logger };
  await using orchestrator = new Orchestrator({ providers: [provider], model, store, timezone: "UTC", runtime });
  const run = orchestrator.stream(QUESTION);
  const events: unknown[] = [];
  for await (const event of run) events.push(event);
  const document = await run.result();
  const thrown = await orchestrator.plan(QUESTION).catch((error: unknown) => error);
  const results = await Promise.all(["list", "cpu", "why", ANSWER_STEP].map((step) => store.getResult(run.id, step)));
  const stored = [await store.getRun(run.id), await store.events(run.id, 0), results];
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "latin1")));
  const requests = mock.getRequests().map(({ body }) => body);
  const exits = {
    events: JSON.stringify(events),
    document: JSON.stringify(document),
    stored: JSON.stringify(stored),
    files: files.join("\n"),
    requests: JSON.stringify(requests),
    lines: inspect(lines, { depth: 12 }),
    thrown: thrown instanceof Error ? `${thrown.message}\n${thrown.stack}\n${JSON.stringify(thrown)}` : JSON.stringify(thrown),
    drivers: inspect([provider, model, orchestrator, store], { depth: 1 }) + JSON.stringify([provider, model, orchestrator]),
  };
  // What is searched must be there.
  for (const exit of ["events", "document", "stored"] as const) expect(exits[exit]).toContain(run.id);
  expect(exits.requests).toContain(QUESTION);
  expect(files.join("").length).toBeGreaterThan(1_000);
  return { document, exits, requests };
}

function expectNowhere(exits: Readonly<Record<string, string>>, canaries: readonly string[]): void {
  for (const canary of canaries) {
    expect(canary.length).toBeGreaterThan(12);
    const forms = [canary, encodeURIComponent(canary), Buffer.from(canary).toString("base64").replace(/=+$/, "")];
    for (const [exit, text] of Object.entries(exits))
      for (const form of forms) expect(text.includes(form), `${exit} holds ${canary}`).toBe(false);
  }
}

describe("no secret leaves", () => {
  test("while a question is answered with a user's key, an assumed role and a model", async () => {
    mock.onMessage(/sweating/, { content: PLAN });
    mock.onMessage(/[\s\S]*/, { content: "Three of them are hot." });
    const { document, exits, requests } = await exitsOf(
      { AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey },
      { accounts: [{} as { roleArn: string }, { roleArn: ROLE }] },
    );
    expect(document).toMatchObject({ status: "answered", receipt: { complete: true } });
    expect(document.answer?.text).toContain("Three of them are hot.");
    expect(requests.length).toBeGreaterThanOrEqual(2);
    expectNowhere(exits, [KEY.secretAccessKey, API_KEY]);
  });

  test("while it is answered with a session's keys", async () => {
    const sts = new STSClient({ region: "us-east-1", endpoint: world.emulator.url, credentials: KEY });
    const { Credentials: session } = await sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: "canary" }));
    sts.destroy();
    const [secret, token] = [session?.SecretAccessKey ?? "", session?.SessionToken ?? ""];
    mock.onMessage(/sweating/, { content: PLAN });
    mock.onMessage(/[\s\S]*/, { content: "None of them is hot." });
    const { document, exits } = await exitsOf({
      AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_SESSION_TOKEN: token,
    });
    expect(document).toMatchObject({ status: "answered", receipt: { complete: true } });
    expectNowhere(exits, [secret, token, API_KEY]);
  });

  test("while everything refuses them", async () => {
    const secrets = {
      AWS_ACCESS_KEY_ID: "AKIACANARY0000000000",
      AWS_SECRET_ACCESS_KEY: "canary-secret/with+signs=and-length-40ch",
      AWS_SESSION_TOKEN: "canary-token-FwoGZXIvYXdzEBYaDCanary//////////wEaDCanary",
    };
    mock.onMessage(/sweating/, { content: PLAN });
    const { document, exits } = await exitsOf(secrets);
    expect(document).toMatchObject({ status: "failed", error: { code: "PROVIDER_UNAUTHENTICATED" } });
    expectNowhere(exits, [secrets.AWS_SECRET_ACCESS_KEY, secrets.AWS_SESSION_TOKEN, API_KEY]);
  });

  test("while a model's server repeats the key it refuses", async () => {
    mock.on({ userMessage: /[\s\S]*/ }, { error: { message: `Incorrect API key provided: ${API_KEY}`, type: "error" }, status: 401 });
    const { document, exits } = await exitsOf({ AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey });
    expect(document).toMatchObject({ status: "failed", error: { code: "MODEL_UNAUTHENTICATED" } });
    expectNowhere(exits, [KEY.secretAccessKey, API_KEY]);
  });

  test("by a look at the credentials", async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey });
    const provider = aws({}, { env: process.env });
    const { signal } = new AbortController();
    const check = await provider.check({
      signal,
      runtime: { clock: CLOCK, random: () => 0, newId: String, env: process.env, logger: { debug() {}, warn() {} } },
      call: (_operation, _scope, send) => send(signal),
      shared: (_key, start) => start(),
      note() {},
    });
    expect(check.status).toBe("ok");
    expectNowhere({ check: JSON.stringify(check) }, [KEY.secretAccessKey, KEY.accessKeyId]);
    await provider.close?.();
  });
});
