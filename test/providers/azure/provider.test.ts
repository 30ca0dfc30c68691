import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { METRICS, type Resource } from "../../../src/contracts/index.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { azure } from "../../../src/providers/azure/index.ts";
import { providerContract } from "../../../src/testing/index.ts";
import { NOW } from "./world.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ providers: ["azure"], instances: 60, now: () => NOW });
});
afterAll(() => emulator.close());

providerContract({
  name: "the Azure provider",
  runner: { describe, it },
  createProvider: () => azure({}, { env: emulator.env }),
  now: () => NOW,
});

describe("options", () => {
  test.each([
    [{ regions: ["West Europe"] }, "regions.0"],
    [{ subscriptions: [{ id: "main" }] }, "subscriptions.0.id"],
    [{ cloud: "AzureGermanCloud" } as never, "cloud"],
    [{ subscription: "x" } as never, "subscription"],
  ])("that are wrong are named: %j", (options, name) => {
    expect(() => azure(options, { env: {} })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.stringContaining(name) }),
    );
  });

  test("a remote emulator is refused before anything is asked", () => {
    expect(() => azure({}, { env: { NEPHOSCOPE_EMULATOR: "http://192.0.2.1" } })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID" }),
    );
  });

  test("names of subscriptions can be used in the first question", () => {
    const id = "3F9D2B10-6C1E-4A55-8F01-00000000A001";
    expect(azure({ subscriptions: [{ id, name: "production" }] }, { env: {} }).accountNames).toEqual({ [id.toLowerCase()]: "production" });
  });
});

describe("what planners are told", () => {
  const provider = azure({}, { env: {} });

  test("regions of all clouds have unique ids and lower-case places in both languages", () => {
    const ids = provider.regions.map((region) => region.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["eastus", "westeurope", "southeastasia", "chinanorth3", "usgovvirginia"]));
    expect(new Set(provider.regions.map((region) => region.partition))).toEqual(new Set(["azure", "azure-china", "azure-us-gov"]));
    for (const { id, places } of provider.regions) {
      expect(new Set(places).size).toBe(places.length);
      expect(places.every((place) => place === place.toLowerCase())).toBe(true);
      expect(places.some((place) => /\p{Script=Han}/u.test(place)) && places.some((place) => /^[a-z]/.test(place)), id).toBe(true);
    }
  });

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
  ["AzureCloud", "https://portal.azure.com/#resource/subscriptions/s/resourceGroups/rg-a/providers/Microsoft.Web/sites/f%20g/overview"],
  ["AzureChinaCloud", "https://portal.azure.cn/#resource/subscriptions/s/resourceGroups/rg-a/providers/Microsoft.Web/sites/f%20g/overview"],
] as const)("the page of a resource in the portal of %s", (cloud, expected) => {
  const id = "/subscriptions/s/resourceGroups/rg-a/providers/Microsoft.Web/sites/f g";
  const place = { provider: "azure", account: "s", region: "westeurope", kind: "function" } as const;
  const resource: Resource = { ...place, id, name: "f g", state: "running", tags: {}, attributes: {} };
  expect(azure({ cloud }, { env: {} }).consoleUrl!(resource)).toBe(expected);
});

describe("packages", () => {
  /** Runs a program in a process in which the packages of a pattern cannot be found, and every one that is looked for is told. */
  function run(program: string, missing = "$^"): { loaded: string[]; printed: string } {
    const hooks = `
      import { registerHooks } from "node:module";
      const ours = ${JSON.stringify(new URL("../../../src/", import.meta.url).href)};
      registerHooks({ resolve(name, context, next) {
        if (name.startsWith("@azure/") && context.parentURL?.startsWith(ours)) console.error("LOAD " + name);
        if (new RegExp(${JSON.stringify(missing)}).test(name)) {
          const error = new Error("Cannot find package '" + name + "' imported from here");
          throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
        }
        return next(name, context);
      } });`;
    const source = `${hooks}
      const { azure } = await import(${JSON.stringify(new URL("../../../src/providers/azure/index.ts", import.meta.url).href)});
      const provider = azure({}, { env: {} });
      ${program}`;
    const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
      encoding: "utf8",
    });
    const loaded = [...child.stderr.matchAll(/LOAD (\S+)/g)].map((match) => match[1] ?? "");
    return { loaded: [...new Set(loaded)].sort(), printed: child.stdout + child.stderr.replace(/LOAD \S+\n/g, "") };
  }

  test("are not loaded by making a provider", () => {
    expect(run("console.log(provider.id)")).toEqual({ loaded: [], printed: "azure\n" });
  });

  test("of the common question are loaded by load()", () => {
    expect(run("await provider.load()").loaded).toEqual(["@azure/arm-resourcegraph", "@azure/identity", "@azure/monitor-query-metrics"]);
  });

  test("that are not installed are made up for by the one that came before them", () => {
    expect(run("await provider.load(); console.log('loaded')", "^@azure/monitor-query-metrics$").printed).toBe("loaded\n");
  });

  test.each([
    ["^@azure/arm-resourcegraph$", "@azure/arm-resourcegraph"],
    ["^@azure/monitor-query", "@azure/monitor-query-metrics"],
  ])("that are missing are a sentence that names the package to install: %s", (missing, name) => {
    const { printed } = run("await provider.load().catch((error) => console.log(error.code, error.message, error.hint.en))", missing);
    expect(printed).toBe(`DEPENDENCY_MISSING The package ${name} is not installed. Run: npm install ${name}\n`);
  });
});

test("in emulator mode no credential but the emulator's is looked at", () => {
  const source = `
    import files from "node:fs/promises";
    import childProcess from "node:child_process";
    import { syncBuiltinESMExports } from "node:module";
    const read = files.readFile;
    files.readFile = (path, ...more) => {
      if (String(path).includes("/real/")) console.log("READ " + path);
      return read(path, ...more);
    };
    for (const name of ["execFile", "exec", "spawn"]) childProcess[name] = () => { throw new Error("started a program"); };
    syncBuiltinESMExports();
    const { openWorld } = await import(${JSON.stringify(new URL("./world.ts", import.meta.url).href)});
    const { collect } = await import(${JSON.stringify(new URL("../fake-context.ts", import.meta.url).href)});
    const world = await openWorld({ instances: 20 });
    await world.list("virtual-machine");
    const [scope] = await world.scopes();
    const window = { fromMs: Date.UTC(2026, 10, 22, 9), toMs: Date.UTC(2026, 10, 22, 9, 55) };
    await collect(world.provider.traces.services(scope, { window }, world.context()));
    console.log((await world.provider.check(world.context())).status);
    await world[Symbol.asyncDispose]();`;
  const real = { AZURE_TENANT_ID: "real", AZURE_CLIENT_ID: "real", AZURE_CLIENT_SECRET: "real", AZURE_FEDERATED_TOKEN_FILE: "/real/token" };
  const more = { AZURE_AUTHORITY_HOST: "https://192.0.2.1", HTTPS_PROXY: "http://192.0.2.1:1", HOME: "/real" };
  const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
    encoding: "utf8",
    env: { ...process.env, ...real, ...more },
  });
  expect(child.stdout + child.stderr).toBe("ok\n");
});
