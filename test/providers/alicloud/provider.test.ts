import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { METRICS, type Resource } from "../../../src/contracts/index.ts";
import { alicloud } from "../../../src/providers/alicloud/index.ts";

describe("options", () => {
  test.each([
    [{ regions: ["Hangzhou"] }, "regions.0"],
    [{ accounts: [{ roleArn: "acs:ram::x:role/y" }] }, "accounts.0.roleArn"],
    [{ requestTimeoutMs: 5 }, "requestTimeoutMs"],
    [{ regoins: ["cn-beijing"] } as never, "regoins"],
  ])("that are wrong are named: %j", (options, name) => {
    expect(() => alicloud(options, { env: {} })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.stringContaining(name) }),
    );
  });

  test("names of accounts are known before anything is asked", () => {
    const accounts = [{ name: "shop" }, { name: "pay", roleArn: "acs:ram::1782046351908264:role/read" }];
    expect(alicloud({ accounts }, { env: {} }).accountNames).toEqual({ shop: "shop", "1782046351908264": "pay" });
  });

  test("a remote emulator is refused before anything is asked", () => {
    expect(() => alicloud({}, { env: { NEPHOSCOPE_EMULATOR: "http://192.0.2.1" } })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID" }),
    );
  });
});

describe("what planners are told", () => {
  const provider = alicloud({}, { env: {} });

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

  test("what needs an agent says so", () => {
    const needs = provider.metrics!.catalogue.filter((metric) => metric.needs !== undefined);
    expect(needs.map(({ metric }) => metric)).toEqual(["memory.utilization", "disk.utilization"]);
    expect(needs[0]!.needs!.zh).toContain("云监控");
  });

  test("there are no traces", () => {
    expect(provider.traces).toBeUndefined();
  });
});

test.each([
  ["virtual-machine", "i-2ze1", "cn-beijing", "https://ecs.console.aliyun.com/server/i-2ze1/detail?regionId=cn-beijing"],
  ["database", "rm-2ze1", "cn-beijing", "https://rdsnext.console.aliyun.com/detail/rm-2ze1/basicInfo?region=cn-beijing"],
  ["function", "f", "cn-beijing", undefined],
] as const)("the console page of a %s", (kind, id, region, expected) => {
  const resource: Resource = { provider: "alicloud", account: "1", region, kind, id, name: id, state: "running", tags: {}, attributes: {} };
  expect(alicloud({}, { env: {} }).consoleUrl!(resource)).toBe(expected);
});

describe("packages", () => {
  /** Runs a program in a process in which the packages of a pattern cannot be found, and every one that we look for is told. */
  function run(program: string, missing = "$^"): { loaded: string[]; printed: string } {
    const hooks = `
      import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        if (name.startsWith("@alicloud/") && !context.parentURL?.includes("/node_modules/")) console.error("LOAD " + name);
        if (new RegExp(${JSON.stringify(missing)}).test(name)) {
          const error = new Error("Cannot find package '" + name + "' imported from here");
          throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
        }
        return next(name, context);
      } });`;
    const source = `${hooks}
      const { alicloud } = await import(${JSON.stringify(new URL("../../../src/providers/alicloud/index.ts", import.meta.url).href)});
      const provider = alicloud({}, { env: {} });
      ${program}`;
    const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
      encoding: "utf8",
    });
    const loaded = [...child.stderr.matchAll(/LOAD (\S+)/g)].map((match) => match[1] ?? "");
    return { loaded, printed: child.stdout + child.stderr.replace(/LOAD \S+\n/g, "") };
  }

  test("are not loaded by making a provider", () => {
    expect(run("console.log(provider.id)")).toEqual({ loaded: [], printed: "alicloud\n" });
  });

  test("of the common question are loaded by load()", () => {
    const { loaded } = run("await provider.load()");
    expect([...new Set(loaded)].sort()).toEqual(["@alicloud/cms20190101", "@alicloud/credentials", "@alicloud/openapi-core"]);
  });

  test("that are missing are a sentence that names the package", () => {
    const { printed } = run(
      "await provider.load().catch((error) => console.log(error.code, error.message, error.hint.en))",
      "^@alicloud/cms20190101$",
    );
    expect(printed).toBe("DEPENDENCY_MISSING The package @alicloud/cms20190101 is not installed. Run: npm install @alicloud/cms20190101\n");
  });

  test("answer in plain Node as they do under the test runner", () => {
    const source = `
      const { openWorld } = await import(${JSON.stringify(new URL("./world.ts", import.meta.url).href)});
      const { collect } = await import(${JSON.stringify(new URL("../fake-context.ts", import.meta.url).href)});
      import files from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      const read = files.readFile;
      files.readFile = (path, ...more) => {
        if (/[.]aliyun|[.]alibabacloud|real/.test(String(path))) console.log("READ " + path);
        return read(path, ...more);
      };
      syncBuiltinESMExports();
      const world = await openWorld({ instances: 60 });
      const machines = await world.list("virtual-machine");
      const [scope] = await world.scopes();
      const sources = (await collect(world.provider.logs.sources(scope, undefined, world.context()))).flat();
      const window = { fromMs: Date.UTC(2026, 10, 22, 9, 50), toMs: Date.UTC(2026, 10, 22, 9, 55) };
      await collect(world.provider.logs.read(scope, { sources, window, limit: 5, severities: ["error"] }, world.context()));
      await collect(world.provider.alarms.list(scope, ["alarm"], world.context()));
      const targets = [{ resource: machines.find((each) => each.region === scope.region), metric: world.provider.metrics.catalogue[0] }];
      await collect(world.provider.metrics.read(scope, { targets, statistic: "average", window }, world.context()));
      console.log((await world.provider.check(world.context())).status, machines.length > 0);
      await world[Symbol.asyncDispose]();`;
    const env = {
      ...process.env,
      ALIBABA_CLOUD_ACCESS_KEY_ID: "real",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "real",
      ALIBABA_CLOUD_CREDENTIALS_FILE: "/real/credentials",
      ALIBABA_CLOUD_PROFILE: "real",
    };
    const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
      encoding: "utf8",
      env,
    });
    // No file of real credentials was read either.
    expect(child.stdout + child.stderr).toBe("ok true\n");
  });
});
