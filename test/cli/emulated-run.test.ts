import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunDocument, RunEvent } from "nephoscope";
import { type Emulator, startEmulator } from "nephoscope/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, sitDown } from "./run-nephoscope.ts";

const QUESTION = "列出 CPU > 80% 的服务器";
let desk: Desk;
let emulator: Emulator;
let env: Record<string, string>;
beforeAll(async () => {
  desk = sitDown();
  emulator = await startEmulator({ providers: ["aws"], instances: 60 });
  env = { ...emulator.env };
});
afterAll(async () => {
  await emulator.close();
  desk.leave();
});

// A process each, on machines that do other things too.
describe("ask", { timeout: 120_000 }, () => {
  it("prints one JSON document with rows and a complete receipt, and 0", async () => {
    const { status, stdout, stderr } = await desk.run(["ask", QUESTION, "--json"], env);
    const document: RunDocument = JSON.parse(stdout);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(document).toMatchObject({ status: "answered", emulated: true, receipt: { complete: true }, error: null });
    const cpu = document.answer?.table?.columns.findIndex(({ name }) => name === "cpu.utilization") ?? -1;
    expect(document.answer?.table?.columns.slice(0, 5).map(({ name }) => name)).toEqual(["provider", "account", "region", "id", "name"]);
    expect(document.answer?.table?.rows.length).toBeGreaterThan(0);
    for (const row of document.answer?.table?.rows ?? []) expect(row[cpu]).toBeGreaterThan(80);
  });

  it("prints events, one a line, numbered without gaps, the last with the document", async () => {
    const { status, stdout } = await desk.run(["ask", QUESTION, "--jsonl"], env);
    const events: RunEvent[] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(["run-start", "run-end"]);
  });

  it("writes on a pipe text without any escape sequence, and the files that were asked for", async () => {
    const { status, stdout, stderr } = await desk.run(["ask", QUESTION, "--csv", "a.csv", "--chart", "a.png", "--links"], env);
    expect(status).toBe(0);
    expect(stdout).not.toContain("\x1b");
    expect(stdout).toContain("【模拟】");
    expect(stdout).toContain("收据  ✔ 完整");
    expect(stdout).toContain("aws cloudwatch get-metric-data");
    expect(stderr).toContain(join(desk.folder, "a.csv"));
    expect(readFileSync(join(desk.folder, "a.csv"), "utf8")).toMatch(/^provider,account,region,id,name,.*cpu\.utilization \(percent\)\r\n/);
    const png = readFileSync(join(desk.folder, "a.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 900]);
  });

  it("answers what a refused region leaves, with the warning first and 3", async () => {
    const refusing = await startEmulator({ providers: ["aws"], instances: 60, deny: ["aws:eu-west-1"] });
    const { status, stdout } = await desk.run(["ask", QUESTION], refusing.env);
    const json = await desk.run(["ask", QUESTION, "--json"], refusing.env);
    await refusing.close();
    expect(status).toBe(3);
    expect(stdout.split("\n")[2]).toMatch(/^⚠ 不完整.*eu-west-1/);
    expect(json.status).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ status: "answered", receipt: { complete: false } });
  });

  it("restricts the question to what the options say", async () => {
    const { stdout } = await desk.run(["ask", "list servers", "--region", "us-east-1,us-west-2", "--tag", "env=prod", "--json"], env);
    const document: RunDocument = JSON.parse(stdout);
    expect([...new Set(document.receipt?.scopes.map(({ region }) => region))].sort()).toEqual(["us-east-1", "us-west-2"]);
    expect(document.answer?.table?.rows.length).toBeGreaterThan(0);
  });

  it("goes on from the answer before in a thread, over processes", async () => {
    await desk.run(["ask", QUESTION, "--thread", "t"], env);
    const { status, stdout } = await desk.run(["ask", "of those, which are in us-east-1?", "--thread", "t", "--json"], env);
    const document: RunDocument = JSON.parse(stdout);
    expect({ status, calls: document.usage.apiCalls.total }).toEqual({ status: 0, calls: 0 });
    for (const row of document.answer?.table?.rows ?? []) expect(row[2]).toBe("us-east-1");
  });

  it("shows the plan only, saves it, and runs what was saved", async () => {
    const shown = await desk.run(["ask", QUESTION, "--plan-only"], env);
    expect(shown.stdout).toMatch(/^计划\n {2}1 {2}列出服务器\n/);
    expect((await desk.run(["plan", QUESTION, "-o", "plan.json"], env)).status).toBe(0);
    const saved = await desk.run(["run", "plan.json", "--json"], env);
    const document: RunDocument = JSON.parse(saved.stdout);
    expect(document).toMatchObject({ status: "answered", planner: "saved" });
    expect(document.answer?.warnings).toEqual([]);
    expect(saved.status).toBe(0);
  });

  it("stops at the first Ctrl-C with one document, what was looked at, and 130; resume answers the rest", async () => {
    const slow = await startEmulator({ providers: ["aws"], instances: 60, latencyMs: 400 });
    const asked = desk.start(["ask", QUESTION, "--jsonl"], slow.env);
    await asked.printed('"step-start"');
    asked.process.kill("SIGINT");
    const { status, stdout, stderr } = await asked.ended;
    const document = JSON.parse(stdout.trim().split("\n").at(-1) ?? "").document;
    expect({ status, stderr }).toEqual({ status: 130, stderr: "" });
    expect(document).toMatchObject({ status: "failed", error: { code: "RUN_INTERRUPTED" } });
    const resumed = await desk.run(["resume", document.runId, "--json"], slow.env);
    await slow.close();
    expect(JSON.parse(resumed.stdout)).toMatchObject({ runId: document.runId, status: "answered" });
  });

  it("is quiet when nobody reads the rest", async () => {
    const asked = desk.start(["ask", QUESTION, "--jsonl"], env);
    await asked.printed("run-start");
    asked.process.stdout?.destroy();
    const { stderr } = await asked.ended;
    expect(stderr).toBe("");
  });
});

describe("demo", { timeout: 120_000 }, () => {
  it("is a tour without words: what is emulated, question, plan, steps, answer, receipt, what to set for real clouds", async () => {
    const { status, stdout, stderr } = await desk.run(["demo"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const places = [
      "云是模拟的",
      "the clouds are emulated",
      QUESTION,
      "计划",
      "✔ 列出服务器",
      "【模拟】",
      "CPU 使用率 (%)",
      "收据",
      "AWS_PROFILE",
    ];
    const found = places.map((text) => stdout.indexOf(text));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((left, right) => left - right));
  });

  it("answers a question of one's own", async () => {
    const { status, stdout } = await desk.run(["demo", "how many servers are there", "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "answered", emulated: true, language: "en" });
  });
});

describe("doctor", { timeout: 120_000 }, () => {
  it("says that the emulated cloud answers", async () => {
    const { status, stdout } = await desk.run(["doctor"], env);
    expect(stdout).toMatch(/✔ cloud +aws \(emulated\)/);
    expect(status).toBe(0);
  });
});

describe("emulator", { timeout: 120_000 }, () => {
  it("begins with one line of JSON that says what to export, and ends when told to", async () => {
    const running = desk.start(["emulator", "--instances", "10", "--seed", "3"]);
    await running.printed("\n");
    running.process.kill("SIGTERM");
    const { status, stdout, stderr } = await running.ended;
    const { url, env: exported } = JSON.parse(stdout);
    expect(exported).toEqual({ NEPHOSCOPE_EMULATOR: url });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
