import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { type Desk, sitDown } from "./run-nephoscope.ts";

let desk: Desk;
beforeAll(() => {
  desk = sitDown();
});
afterAll(() => desk.leave());

const STACK = /^\s+at /m;

// A process each, on machines that do other things too.
describe("the command line", { timeout: 120_000 }, () => {
  it("tells its version", async () => {
    expect(await desk.run(["--version"])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("tells an old Node in one sentence per language what it needs", async () => {
    const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.19.0"}})';
    const { status, stdout, stderr } = await desk.run(["demo"], { NODE_FLAGS: `--import ${old}` });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringContaining("nephoscope needs Node.js 22.13 or newer"),
      expect.stringContaining("nephoscope 需要 Node.js 22.13 或更新版本"),
    ]);
  });

  it("ends wrong usage with a sentence and 2", async () => {
    const { status, stdout, stderr } = await desk.run(["ask", "--providr", "aws", "list servers"]);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: "✖ There is no option --providr.\n  Did you mean --provider? See: nephoscope ask --help\n",
    });
  });

  it("says without credentials where they can come from, with 2", async () => {
    const { status, stderr } = await desk.run(["ask", "列出服务器"]);
    expect(stderr).toContain("nephoscope doctor");
    expect(stderr).toMatch(/[\u4e00-\u9fff]/);
    expect(stderr).not.toMatch(STACK);
    expect(status).toBe(2);
  });

  it("says in doctor that no cloud answers, and counts one that something points at as failed", async () => {
    const nothing = await desk.run(["doctor"], { LANG: "en_US.UTF-8" });
    expect(nothing.stdout.trim().split("\n").at(-1)).toMatch(/^No cloud answers.*nephoscope demo$/);
    expect(nothing.stdout).toMatch(/^· cloud +aws +nothing configured: left out of questions\n {4}AWS_PROFILE,/m);
    const half = await desk.run(["doctor", "--json"], { LANG: "en_US.UTF-8", VOLCENGINE_ACCESS_KEY: "AKLTHALFHALFHALF7Q2X" });
    expect(JSON.parse(half.stdout).findings).toContainEqual(
      expect.objectContaining({
        kind: "cloud",
        name: "volcengine",
        status: "failed",
        detail: expect.stringContaining("VOLCENGINE_SECRET_KEY is not"),
      }),
    );
  });

  it("ends a request to change something with a sentence and 1", async () => {
    const { status, stdout, stderr } = await desk.run(["ask", "reboot all servers"]);
    expect(stderr).toContain("would change something");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  it("says so, with 1, when it comes to a standstill", async () => {
    const source = "export const prune = () => new Promise(() => {})";
    const hooks = `registerHooks({load:(url,context,next)=>url.endsWith("/commands/prune.ts")?${JSON.stringify({ format: "module", source, shortCircuit: true })}:next(url,context)})`;
    const preload = encodeURIComponent(`import{registerHooks}from"node:module";${hooks}`);
    const env = { NODE_FLAGS: `--import data:text/javascript,${preload}` };
    const { status, stdout, stderr } = await desk.run(["prune"], env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^✖ nephoscope came to a standstill: .*\n {2}This is a defect of nephoscope/);
    expect(stderr).not.toMatch(STACK);
    const json = await desk.run(["prune", "--json"], env);
    expect({ status: json.status, stderr: json.stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(json.stdout)).toMatchObject({ status: "failed", error: { code: "INTERNAL" } });
  });

  it("takes the configuration file of the folder, and prunes the store it names", async () => {
    const folder = join(desk.folder, "project");
    mkdirSync(folder);
    writeFileSync(join(folder, "nephoscope.config.json"), '{ "store": "sqlite:own.db", "timezone": "Asia/Tokyo" }');
    const config = join(folder, "nephoscope.config.json");
    const { status, stdout } = await desk.run(["prune", "--config", config, "--json", "--older-than", "7d"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dropped: 0 });
    const doctor = await desk.run(["doctor", "--config", config, "--json"], { TZ: "" });
    const { findings } = JSON.parse(doctor.stdout);
    expect(findings).toContainEqual(expect.objectContaining({ kind: "timezone", name: "Asia/Tokyo", source: config }));
    expect(findings).toContainEqual(expect.objectContaining({ kind: "store", source: config, status: "ok" }));
    expect(findings).toContainEqual(expect.objectContaining({ kind: "cloud", name: "aws", status: "not-configured" }));
    expect(doctor.status).toBe(1);
  });
});
