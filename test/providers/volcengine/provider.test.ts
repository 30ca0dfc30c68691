import { spawnSync } from "node:child_process";
import { describe, expect, it, test } from "vitest";
import { METRICS, type Resource } from "../../../src/contracts/index.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { volcengine } from "../../../src/providers/volcengine/index.ts";
import { providerContract } from "../../../src/testing/index.ts";
import { NOW } from "./world.ts";

providerContract({
  name: "volcengine",
  runner: { describe, it },
  now: () => NOW,
  async createProvider() {
    const emulator = await startEmulator({ providers: ["volcengine"], instances: 40, now: () => NOW });
    const provider = volcengine({}, { env: emulator.env });
    return {
      ...provider,
      async close() {
        await provider.close?.();
        await emulator.close();
      },
    };
  },
});

describe("options", () => {
  test.each([
    [{ regions: ["Beijing"] }, "regions.0"],
    [{ accounts: [{ roleTrn: "arn:aws:iam::1:role/x" }] }, "accounts.0.roleTrn"],
    [{ accounts: [{ accessKeyId: "AKLT1" }] }, "accounts.0"],
    [{ endpoint: "localhost" }, "endpoint"],
    [{ regoins: ["cn-beijing"] } as never, "regoins"],
  ])("that are wrong are named: %j", (options, name) => {
    expect(() => volcengine(options, { env: {} })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.stringContaining(name) }),
    );
  });

  test("a remote emulator is refused before anything is asked", () => {
    expect(() => volcengine({}, { env: { NEPHOSCOPE_EMULATOR: "http://192.0.2.1" } })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID" }),
    );
  });
});

describe("what planners are told", () => {
  const provider = volcengine({}, { env: {} });

  test("each metric of the catalogue is of a kind that the vocabulary allows, once", () => {
    const { catalogue } = provider.metrics!;
    const keys = catalogue.map((native) => `${native.metric} ${native.kind}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const native of catalogue) expect(METRICS[native.metric!].of).toContain(native.kind);
  });

  test("the catalogue is data: it survives JSON", () => {
    const { catalogue } = provider.metrics!;
    expect(JSON.parse(JSON.stringify(catalogue))).toEqual(catalogue);
  });

  test("the console page of a machine names its region and id", () => {
    const place = { provider: "volcengine", account: "1", region: "cn-beijing", state: "running", tags: {}, attributes: {} } as const;
    const machine: Resource = { ...place, kind: "virtual-machine", id: "i-1", name: "i-1" };
    expect(provider.consoleUrl!(machine)).toBe("https://console.volcengine.com/ecs/region:ecs+cn-beijing/instance/detail/i-1");
  });
});

describe("packages", () => {
  /** Runs a program in a process in which the packages of a pattern cannot be found, and every one that is looked for is told. */
  function run(program: string, missing = "$^"): { loaded: string[]; printed: string } {
    const hooks = `
      import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        if (name.startsWith("@volcengine/")) console.error("LOAD " + name);
        if (new RegExp(${JSON.stringify(missing)}).test(name)) {
          const error = new Error("Cannot find package '@volcengine/openapi' imported from here");
          throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
        }
        return next(name, context);
      } });`;
    const source = `${hooks}
      const { volcengine } = await import(${JSON.stringify(new URL("../../../src/providers/volcengine/index.ts", import.meta.url).href)});
      const provider = volcengine({}, { env: {} });
      ${program}`;
    const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
      encoding: "utf8",
    });
    const loaded = [...child.stderr.matchAll(/LOAD (\S+)/g)].map((match) => match[1] ?? "");
    return { loaded, printed: child.stdout + child.stderr.replace(/LOAD \S+\n/g, "") };
  }

  test("are not loaded by making a provider", () => {
    expect(run("console.log(provider.id)")).toEqual({ loaded: [], printed: "volcengine\n" });
  });

  test("of the common question are loaded by load()", () => {
    expect(run("await provider.load()").loaded).toEqual(["@volcengine/openapi/lib/base/service.js"]);
  });

  test("that are missing are a sentence that names the package", () => {
    const { printed } = run(
      "await provider.load().catch((error) => console.log(error.code, error.message, error.hint.en))",
      "^@volcengine/openapi/",
    );
    expect(printed).toBe("DEPENDENCY_MISSING The package @volcengine/openapi is not installed. Run: npm install @volcengine/openapi\n");
  });
});
