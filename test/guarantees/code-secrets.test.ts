import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { LLMock } from "@copilotkit/aimock";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approvalLines } from "../../src/cli/render/approval.ts";
import { createStyle } from "../../src/cli/render/style.ts";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import type { Approval, Knowledge, Provider, RunEvent, Sandbox, Store } from "../../src/index.ts";
import { Orchestrator, toOrchestratorError } from "../../src/index.ts";
import { chroma } from "../../src/knowledge/chroma/index.ts";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { openai } from "../../src/models/openai/index.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { extism } from "../../src/sandboxes/extism/index.ts";
import { postgres } from "../../src/stores/postgres/index.ts";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { runInProcess } from "../cli/fake-host.ts";
import { before, CODE_CASES, type CodeCase, written } from "./code/every-cloud-code.ts";
import { EVERY_CLOUD } from "./every-cloud.ts";
import { CLOCK, limitOf, NOW_MS } from "./standing-clock.ts";

/** Names of fields of `/_emulator/credentials` that nobody but the provider may see. */
const SECRET_FIELDS = /secret|private_key$/i;
const MODEL_KEY = "sk-canary-8f14e45fceea167a5a36dedd4bea2543";
const EMBEDDING_KEY = "sk-canary-c9f0f895fb98ab9159f51fd0297e236d";
const STORE_PASSWORD = "canary-45c48cce2e2d7fbdea1afc51c7c6ad26";
const CHROMA_TOKEN = "canary-d3d9446802a44259755d38e6d163e820";
/** In the environment beside the emulator's, where a careless driver would find it. */
const STRAY = "canary-6512bd43d9caa6e02c990b0a82652dca";
const CANARIES = [MODEL_KEY, EMBEDDING_KEY, STORE_PASSWORD, CHROMA_TOKEN, STRAY];
const SOMEBODY = { via: "sdk", id: "somebody" } as const;

let emulator: Emulator;
let secrets: readonly string[];
let folder: string;
const sandbox = extism();
const mock = new LLMock({ port: 0 });
/** Filled once: all clouds take their time. */
const words = lexical();
const unclosed: Knowledge = {
  contractVersion: "knowledge-v1",
  id: words.id,
  sync: (...given) => words.sync(...given),
  search: (...given) => words.search(...given),
  size: () => words.size(),
  close: async () => {},
};

beforeAll(async () => {
  [emulator] = await Promise.all([startEmulator({ instances: 60, seed: 7, now: () => NOW_MS }), mock.start()]);
  const handedOut: unknown = await (await fetch(`${emulator.url}/_emulator/credentials`)).json();
  secrets = [...secretsIn(handedOut), ...CANARIES];
  expect(secrets.length).toBeGreaterThanOrEqual(EVERY_CLOUD.length + CANARIES.length);
}, 60_000);
afterAll(async () => {
  await Promise.all([emulator.close(), mock.stop(), sandbox.close()]);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "code-secrets-"));
  mock.reset();
  await rules([]);
  return () => rm(folder, { recursive: true });
});

async function rules(faults: readonly string[]): Promise<void> {
  await fetch(`${emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
}

function secretsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") return SECRET_FIELDS.test(name) ? [value.split("\n")[1] ?? value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, key));
}

/** The real sandbox, with all that goes in and out written down. */
function watched(seen: unknown[]): Sandbox {
  return {
    ...sandbox,
    id: sandbox.id,
    fingerprint: () => sandbox.fingerprint(),
    load: () => sandbox.load(),
    close: async () => {},
    async run(program, host, signal) {
      seen.push(program);
      const call: typeof host.call = async (made, until) => {
        const reply = await host.call(made, until).catch((error: unknown) => {
          seen.push(made, toOrchestratorError(error).message);
          throw error;
        });
        seen.push(made, reply);
        return reply;
      };
      const outcome = await sandbox.run(program, { call }, signal);
      seen.push(outcome);
      return outcome;
    },
  };
}

/** An index whose server does not answer, with a key for its vectors. */
function index(logger: NonNullable<ConstructorParameters<typeof Orchestrator>[0]["runtime"]>["logger"]): Knowledge {
  const env = {
    NEPHOSCOPE_EMBEDDING_BASE_URL: `${mock.url}/v1`,
    NEPHOSCOPE_EMBEDDING_API_KEY: EMBEDDING_KEY,
    NEPHOSCOPE_EMBEDDING_MODEL: "bge",
  };
  return chroma({
    lexical: unclosed,
    url: "http://127.0.0.1:1",
    runtime: { clock: CLOCK, env, ...(logger === undefined ? {} : { logger }) },
  });
}

interface Exits {
  readonly [name: string]: string;
}

/** A question that needs code, from asking to the answer, and everything that leaves the core on the way. */
async function exitsOf(code: CodeCase, provider: Provider, store: Store, faults: readonly string[] = []): Promise<Exits> {
  const [intent = ""] = before(code, "en");
  mock.onMessage(/Declarations/, { content: written(code.program) });
  mock.onMessage(/[\s\S]*/, { content: intent });
  const lines: unknown[] = [];
  const inside: unknown[] = [];
  const events: RunEvent[] = [];
  const errors: unknown[] = [];
  const logger = { debug: (...line: unknown[]) => lines.push(line), warn: (...line: unknown[]) => lines.push(line) };
  const orchestrator = new Orchestrator({
    providers: [provider],
    model: openai({ baseUrl: `${mock.url}/v1`, apiKey: MODEL_KEY, model: "Qwen/Qwen3-32B", runtime: { clock: CLOCK, logger } }),
    knowledge: index(logger),
    sandbox: watched(inside),
    store,
    timezone: "UTC",
    limits: { timeoutMs: limitOf(60_000) },
    runtime: { clock: CLOCK, random: () => 0, logger },
  });
  const run = orchestrator.stream(code.question.en);
  for await (const event of run) events.push(event);
  const [approval] = await store.listApprovals({ runId: run.id }).catch(() => []);
  const waiting = await filesIn(folder);
  let learned = "";
  if (approval !== undefined) {
    await rules(faults);
    const { id, digest } = approval;
    await orchestrator.decide({ id, digest: "0", decision: "approve", by: SOMEBODY }).catch((error: unknown) => errors.push(error));
    const resumed = orchestrator.resume(run.id, [{ id, digest, decision: "approve", by: SOMEBODY }]);
    for await (const event of resumed) events.push(event);
    if ((await resumed.result()).status === "answered") learned = JSON.stringify(await orchestrator.learn(id, "kept"));
  }
  const document = events.flatMap((event) => ("document" in event ? [event.document] : [])).at(-1);
  if (document === undefined) throw new Error("no document");
  const audit: unknown[] = [];
  if (approval !== undefined) for await (const record of store.audit()) audit.push(record);
  const rows = document.answer?.table?.rows.length ?? 0;
  const exits = {
    status: `${document.status} ${document.error?.code ?? ""} ${document.receipt?.complete} ${rows}`,
    requests: JSON.stringify(mock.getRequests().map(({ body }) => body)),
    events: JSON.stringify(events) + inspect(events, { depth: 20 }),
    lines: inspect(lines, { depth: 12, maxStringLength: null }),
    inside: JSON.stringify(inside),
    waiting,
    answered: await filesIn(folder),
    audit: JSON.stringify(audit),
    approval: approval === undefined ? "" : JSON.stringify(approval) + shown(approval),
    learned,
    document: JSON.stringify(document) + inspect(document, { depth: 20 }),
    errors: inspect(errors, { depth: 12 }) + JSON.stringify(errors),
    drivers: inspect(orchestrator, { depth: 3 }) + JSON.stringify(orchestrator),
  };
  await orchestrator.close();
  return exits;
}

function shown(approval: Approval): string {
  const style = createStyle({ terminal: false, env: {} });
  return approvalLines(approval, { style, accountNames: {}, nowMs: NOW_MS, width: null } as never).join("\n");
}

async function filesIn(path: string): Promise<string> {
  const names = await readdir(path);
  return (await Promise.all(names.filter((name) => name.startsWith("runs")).map((name) => readFile(join(path, name), "latin1")))).join(
    "\n",
  );
}

function expectNowhere(exits: Exits): void {
  for (const secret of secrets) {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")];
    for (const [exit, text] of Object.entries(exits))
      for (const form of forms) expect(text.includes(form), `${exit} holds ${secret.slice(0, 8)}…`).toBe(false);
  }
}

/** What every store sees of a run that was asked and answered. */
function expectSomething(exits: Exits): void {
  for (const exit of ["requests", "events", "inside", "approval", "audit", "document"])
    expect(exits[exit]?.length, exit).toBeGreaterThan(200);
}

describe.each(CODE_CASES)("no secret leaves while code for $id", (code) => {
  const cloud = EVERY_CLOUD.find(({ id }) => id === code.id);
  if (cloud === undefined) throw new Error(`no cloud ${code.id}`);
  const env = () => ({
    ...emulator.env,
    AWS_SECRET_ACCESS_KEY: STRAY,
    AZURE_CLIENT_SECRET: STRAY,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: STRAY,
    VOLCENGINE_SECRET_KEY: STRAY,
    GOOGLE_CREDENTIALS: STRAY,
  });

  test("is written, approved and run", { timeout: 60_000 }, async () => {
    const exits = await exitsOf(code, cloud.create({}, { env: env() }), sqlite({ path: join(folder, "runs.db") }));
    expect(exits.status).toMatch(/^answered {2}true [1-9]/);
    expectSomething(exits);
    expect(exits.waiting?.length).toBeGreaterThan(1_000);
    expect(exits.learned).toContain("kept");
    expectNowhere(exits);
  });

  test.each(["expired", "500", "malformed"])("goes wrong (%s)", { timeout: 60_000 }, async (kind) => {
    const store = sqlite({ path: join(folder, "runs.db") });
    const exits = await exitsOf(code, cloud.create({}, { env: env() }), store, [`${code.id}:${code.faulty}:${kind}`]);
    expect(exits.status).not.toMatch(/^answered {2}true/);
    expectSomething(exits);
    expectNowhere(exits);
  });
});

describe("no secret leaves while code runs with credentials", () => {
  const [code] = CODE_CASES;
  if (code === undefined) throw new Error("no case");
  const KEY = { id: "AKIAEMULATOR00000000", secret: "emulator-secret-key-for-tests-only" };
  const real = () => ({ AWS_EC2_METADATA_DISABLED: "true", HOME: folder, AWS_ENDPOINT_URL: emulator.url });

  test("of the environment", async () => {
    const env = { ...real(), AWS_ACCESS_KEY_ID: KEY.id, AWS_SECRET_ACCESS_KEY: KEY.secret };
    const exits = await withEnvironment(env, () => exitsOf(code, aws({}, { env }), sqlite({ path: join(folder, "runs.db") })));
    expect(exits.status).toMatch(/^answered {2}true [1-9]/);
    expectNowhere(exits);
    for (const [exit, text] of Object.entries(exits)) expect(text.includes(KEY.secret), exit).toBe(false);
  });

  test("of a file", async () => {
    await mkdir(join(folder, ".aws"));
    await writeFile(join(folder, ".aws/credentials"), `[default]\naws_access_key_id=${KEY.id}\naws_secret_access_key=${KEY.secret}\n`);
    const env = { ...real(), AWS_SHARED_CREDENTIALS_FILE: join(folder, ".aws/credentials") };
    const exits = await withEnvironment(env, () => exitsOf(code, aws({}, { env }), sqlite({ path: join(folder, "runs.db") })));
    expect(exits.status).toMatch(/^answered {2}true [1-9]/);
    for (const [exit, text] of Object.entries(exits)) expect(text.includes(KEY.secret), exit).toBe(false);
  });

  test("and the store's server, whose address has a password, does not answer", async () => {
    const store = postgres({ url: `postgres://nephoscope:${STORE_PASSWORD}@127.0.0.1:1/nephoscope` });
    const provider = aws({}, { env: emulator.env });
    const orchestrator = new Orchestrator({ providers: [provider], store, runtime: { clock: CLOCK } });
    const errors = await Promise.all([
      orchestrator.ask(code.question.en).catch((error: unknown) => error),
      orchestrator.approvals().catch((error: unknown) => error),
      orchestrator.learn("approval_1", "kept").catch((error: unknown) => error),
    ]);
    expectNowhere({
      errors: inspect(errors, { depth: 12, showHidden: true }),
      json: JSON.stringify(errors.map((error) => (error instanceof Error ? [error.message, error.stack, error] : error))),
      drivers: inspect(orchestrator, { depth: 2 }) + inspect(store, { depth: 2 }),
    });
    await orchestrator.close();
  });
});

test("no secret is printed while a question is asked, and its code approved, at a terminal", { timeout: 60_000 }, async () => {
  const code = CODE_CASES.find(({ id }) => id === "gcp");
  mock.onMessage(/Declarations/, { content: written(code?.program ?? "") });
  mock.onMessage(/[\s\S]*/, { content: (code === undefined ? [] : before(code, "en"))[0] ?? "" });
  const env = {
    ...emulator.env,
    HOME: folder,
    NEPHOSCOPE_LLM_BASE_URL: `${mock.url}/v1`,
    NEPHOSCOPE_LLM_API_KEY: MODEL_KEY,
    NEPHOSCOPE_LLM_MODEL: "Qwen/Qwen3-32B",
    NEPHOSCOPE_STORE: `sqlite:${join(folder, "runs.db")}`,
    NEPHOSCOPE_EMBEDDING_API_KEY: EMBEDDING_KEY,
    GOOGLE_CREDENTIALS: STRAY,
  };
  const asked = await runInProcess(["ask", code?.question.en ?? ""], env);
  const [id = ""] = /approval_\w+/.exec(asked.stdout + asked.stderr) ?? [];
  const approvals = await runInProcess(["approvals"], env);
  const looked = await runInProcess(["approvals", id], env);
  const approved = await runInProcess(["approve", id, "--json"], env);
  const broken = await runInProcess(["approvals"], { ...env, NEPHOSCOPE_STORE: `postgres://me:${STORE_PASSWORD}@127.0.0.1:1/x` });
  expect(asked.status).toBe(4);
  expect(approvals.stdout).toContain(id);
  expect(approved.stdout).toContain('"answered"');
  expect(broken.status).not.toBe(0);
  expectNowhere({ printed: JSON.stringify([asked, approvals, looked, approved, broken]), files: await filesIn(folder) });
});

test.each([
  `http://nephoscope:${CHROMA_TOKEN}@127.0.0.1:8000`,
  `http://127.0.0.1:8000/${CHROMA_TOKEN}`,
  `http://127.0.0.1:8000/?token=${CHROMA_TOKEN}`,
  `not a url ${CHROMA_TOKEN}`,
])("an address of Chroma that is refused is not repeated: %s", (url) => {
  const env = { NEPHOSCOPE_CHROMA_URL: url, NEPHOSCOPE_EMBEDDING_BASE_URL: mock.url, NEPHOSCOPE_EMBEDDING_MODEL: "bge" };
  let thrown: unknown;
  try {
    chroma({ lexical: lexical(), runtime: { env } });
  } catch (error) {
    thrown = error;
  }
  expect(toOrchestratorError(thrown).code).toBe("CONFIGURATION_INVALID");
  expectNowhere({ error: inspect(thrown, { depth: 12, showHidden: true }), json: JSON.stringify(thrown) });
});

/** The vendor's SDK reads the process's own environment. */
async function withEnvironment<Result>(env: Readonly<Record<string, string>>, work: () => Promise<Result>): Promise<Result> {
  const saved = { ...process.env };
  for (const name of Object.keys(process.env)) if (/^(AWS_|NEPHOSCOPE_)/.test(name)) delete process.env[name];
  Object.assign(process.env, env);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
    Object.assign(process.env, saved);
  }
}
