import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { METRICS, type Resource } from "../../../src/contracts/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";

describe("options", () => {
  test.each([
    [{ regions: ["Frankfurt"] }, "regions.0"],
    [{ accounts: [{ roleArn: "arn:aws:iam::1:role/x" }] }, "accounts.0.roleArn"],
    [{ endpoint: "localhost" }, "endpoint"],
    [{ regoins: ["eu-west-1"] } as never, "regoins"],
  ])("that are wrong are named: %j", (options, name) => {
    expect(() => aws(options, { env: {} })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.stringContaining(name) }),
    );
  });

  test("a remote emulator is refused before anything is asked", () => {
    expect(() => aws({}, { env: { NEPHOSCOPE_EMULATOR: "http://192.0.2.1" } })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID" }),
    );
  });
});

describe("what planners are told", () => {
  const provider = aws({}, { env: {} });

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
});

test.each([
  [
    "virtual-machine",
    "i-1",
    "eu-west-1",
    "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-1",
  ],
  ["database", "orders", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/rds/home?region=cn-north-1#database:id=orders"],
  ["function", "f", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/lambda/home?region=us-gov-west-1#/functions/f"],
] as const)("the console page of a %s", (kind, id, region, expected) => {
  const resource: Resource = { provider: "aws", account: "1", region, kind, id, name: id, state: "running", tags: {}, attributes: {} };
  expect(aws({}, { env: {} }).consoleUrl!(resource)).toBe(expected);
});

describe("packages", () => {
  /** Runs a program in a process in which the packages of a pattern cannot be found, and every one that is looked for is told. */
  function run(program: string, missing = "$^"): { loaded: string[]; printed: string } {
    const hooks = `
      import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        if (name.startsWith("@aws-sdk/client")) console.error("LOAD " + name);
        if (new RegExp(${JSON.stringify(missing)}).test(name)) {
          const error = new Error("Cannot find package '" + name + "' imported from here");
          throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
        }
        return next(name, context);
      } });`;
    const source = `${hooks}
      const { aws } = await import(${JSON.stringify(new URL("../../../src/providers/aws/index.ts", import.meta.url).href)});
      const provider = aws({}, { env: {} });
      ${program}`;
    const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
      encoding: "utf8",
    });
    const loaded = [...child.stderr.matchAll(/LOAD (\S+)/g)].map((match) => match[1] ?? "");
    return { loaded, printed: child.stdout + child.stderr.replace(/LOAD \S+\n/g, "") };
  }

  test("are not loaded by making a provider", () => {
    expect(run("console.log(provider.id)")).toEqual({ loaded: [], printed: "aws\n" });
  });

  test("of the common question are loaded by load()", () => {
    const { loaded } = run("await provider.load()");
    expect([...new Set(loaded)].sort()).toEqual(["@aws-sdk/client-cloudwatch", "@aws-sdk/client-ec2", "@aws-sdk/client-sts"]);
  });

  test("that are missing are a sentence that names the package", () => {
    const { printed } = run(
      "await provider.load().catch((error) => console.log(error.code, error.message, error.hint.en))",
      "^@aws-sdk/client-ec2$",
    );
    expect(printed).toBe("DEPENDENCY_MISSING The package @aws-sdk/client-ec2 is not installed. Run: npm install @aws-sdk/client-ec2\n");
  });
});

test("in emulator mode no file of real credentials or settings is read", () => {
  const source = `
    import files from "node:fs/promises";
    import { syncBuiltinESMExports } from "node:module";
    const read = files.readFile;
    files.readFile = (path, ...more) => {
      if (String(path).includes("/real/")) console.log("READ " + path);
      return read(path, ...more);
    };
    syncBuiltinESMExports();
    const { openWorld } = await import(${JSON.stringify(new URL("./world.ts", import.meta.url).href)});
    const { collect } = await import(${JSON.stringify(new URL("../fake-context.ts", import.meta.url).href)});
    const world = await openWorld({ instances: 20 });
    for (const kind of ["virtual-machine", "database", "function", "load-balancer"]) await world.list(kind);
    const [scope] = await world.scopes();
    const window = { fromMs: Date.now() - 600_000, toMs: Date.now() };
    await collect(world.provider.alarms.list(scope, ["alarm"], world.context()));
    await collect(world.provider.logs.sources(scope, undefined, world.context()));
    await collect(world.provider.traces.services(scope, { window }, world.context()));
    console.log((await world.provider.check(world.context())).status);
    await world[Symbol.asyncDispose]();`;
  const env = { ...process.env, AWS_CONFIG_FILE: "/real/config", AWS_SHARED_CREDENTIALS_FILE: "/real/credentials", AWS_PROFILE: "real" };
  const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
    encoding: "utf8",
    env,
  });
  expect(child.stdout + child.stderr).toBe("ok\n");
});
