import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDuration } from "../../src/cli/durations.ts";
import { exitStatusOf } from "../../src/cli/exit-status.ts";
import { languageOf } from "../../src/presentation/question-language.ts";
import { answered, receipt, scope } from "./document-samples.ts";
import { runInProcess } from "./fake-host.ts";

const STACK = /^\s+at /m;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nephoscope-usage-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("wrong usage", () => {
  it("shows its commands when none is given, in the language of the terminal", async () => {
    const english = await runInProcess([]);
    expect(english.status).toBe(2);
    expect(english.stderr).toContain("Usage: nephoscope");
    const chinese = await runInProcess(["--help"], { LANG: "zh_CN.UTF-8" });
    expect(chinese.status).toBe(0);
    expect(chinese.stdout).toContain("用法：");
    expect(chinese.stdout).toContain("回答问题");
  });

  it.each([
    [["aks"], "There is no command aks.", "Did you mean ask?"],
    [["ask", "--providr", "aws", "x"], "There is no option --providr.", "Did you mean --provider?"],
    [["ask"], "The argument <question> is missing.", "nephoscope ask --help"],
    [["ask", "x", "--csv"], "The option --csv <file> needs a value.", "nephoscope ask --help"],
    [["doctor", "now"], "Too many arguments for doctor.", "nephoscope doctor --help"],
    [["ask", "x", "--json", "--jsonl"], "--json and --jsonl cannot be used together.", "Choose one"],
    [["ask", "x", "--provider", "asw"], "--provider names a cloud that is not known: asw", "Did you mean aws?"],
    [["ask", "x", "--tag", "prod"], "--tag is not of the form key=value: prod", "--tag env=prod"],
    [["ask", "x", "--tag", "env=prod", "--tag", "env=dev"], "--tag gives env twice.", ""],
    [["ask", "x", "--timeout", "soon"], "--timeout is no length of time: soon", "30s"],
    [["ask", "x", "--timezone", "Mars/One"], "--timezone is no IANA time zone: Mars/One", "Asia/Shanghai"],
    [["ask", "x", "--chart", "x.svg"], "--chart writes PNG files only: x.svg", "cpu.png"],
    [["ask", "x", "--csv", "/nowhere/x.csv"], "--csv cannot be written: /nowhere/x.csv", "a folder that exists"],
    [["ask", "x", "--config", "none.json"], "none.json: there is no such file", "--config"],
    [["run", "none.json"], "none.json cannot be read", "nephoscope plan"],
    [["emulator", "--port", "x"], "--port is no number: x", ""],
    [["emulator", "--fault", "aws:Nothing:throttle"], 'names the operation "Nothing"', "Known:"],
    [["prune", "--older-than", "old"], "--older-than is no length of time: old", "30d"],
  ])("answers wrong usage %j with a sentence, a hint and 2", async (words, sentence, hint) => {
    const format = words.includes("--json");
    const { status, stdout, stderr } = await runInProcess(words);
    const said = format ? stdout : stderr;
    expect(said).toContain(sentence);
    expect(said).toContain(hint);
    expect(said).not.toMatch(STACK);
    expect(status).toBe(2);
  });

  it("prints one JSON document also for wrong usage", async () => {
    const { status, stdout, stderr } = await runInProcess(["ask", "列出服务器", "--json", "--provder", "aws"]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      status: "failed",
      answer: null,
      receipt: null,
      error: { code: "CONFIGURATION_INVALID", message: "There is no option --provder." },
    });
  });

  it.each([
    ['{ "timezone": "Mars/One" }', "timezone: not an IANA time zone"],
    ['{ "zone": 1 }', "zone: there is no such setting. Known: timezone, store, providers, knowledge, code, bots, model"],
    ['{ "store": "runs.db" }', "store: not of the form sqlite:PATH"],
    ['{ "providers": { "asw": {} } }', "providers.asw: there is no such cloud. Did you mean aws?"],
    ['{ "providers": { "aws": { "accounts": [{ "roleArn": "x" }] } } }', "accounts.0.roleArn"],
    ['{ "timezone": ', "it is not valid JSON"],
  ])("names file, path and fact of a wrong configuration file: %s", async (text, fact) => {
    const file = join(folder, "wrong.json");
    writeFileSync(file, text);
    const { status, stderr } = await runInProcess(["ask", "list servers", "--config", file]);
    expect(stderr).toContain(file);
    expect(stderr).toContain(fact);
    expect(status).toBe(2);
  });
});

describe("small parts", () => {
  it("reads lengths of time", () => {
    expect(["30", "30s", "1.5m", "2h", "250ms"].map((text) => parseDuration(text, "--timeout", "s"))).toEqual([
      30_000, 30_000, 90_000, 7_200_000, 250,
    ]);
    expect(parseDuration("30", "--older-than", "d")).toBe(30 * 86_400_000);
    for (const text of ["", "0", "-1", "1e3", "5 years", "0.1ms", "9".repeat(30)]) {
      expect(() => parseDuration(text, "--timeout", "s")).toThrow("--timeout is no length of time");
    }
  });

  it("never takes a length of time for something else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom("s", "m", "h", "d"), (amount, unit) => {
        const ms = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 0;
        expect(parseDuration(`${amount}${unit}`, "--timeout", "s")).toBe(amount * ms);
      }),
    );
  });

  it("speaks the language of the question, else that of the terminal", () => {
    expect(languageOf("列出 CPU", { LANG: "en_US.UTF-8" })).toBe("zh");
    expect(languageOf("list servers", { LANG: "zh_CN.UTF-8" })).toBe("en");
    expect(languageOf("", { LANG: "zh_CN.UTF-8" })).toBe("zh");
    expect(languageOf("", { LC_ALL: "C", LANG: "zh_CN.UTF-8" })).toBe("en");
  });

  it("ends with the status that scripts rely on", () => {
    const failed = (code: "CREDENTIAL_MISSING" | "QUESTION_NOT_UNDERSTOOD") =>
      answered([], { status: "failed", error: { code, message: "", hint: null } });
    expect(exitStatusOf(answered([]))).toBe(0);
    expect(exitStatusOf(answered([], { receipt: receipt([scope({ denied: 1 })], [], false) }))).toBe(3);
    expect(exitStatusOf(answered([], { status: "waiting" }))).toBe(4);
    expect(exitStatusOf(failed("QUESTION_NOT_UNDERSTOOD"))).toBe(1);
    expect(exitStatusOf(failed("CREDENTIAL_MISSING"))).toBe(2);
  });
});
