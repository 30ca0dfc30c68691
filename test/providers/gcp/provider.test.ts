import { spawnSync } from "node:child_process";
import { describe, expect, it, test } from "vitest";
import { METRICS, type Resource } from "../../../src/contracts/index.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { gcp } from "../../../src/providers/gcp/index.ts";
import { providerContract } from "../../../src/testing/index.ts";
import { NOW } from "./world.ts";

providerContract({
  name: "the provider of Google Cloud",
  runner: { describe, it },
  async createProvider() {
    const emulator = await startEmulator({ providers: ["gcp"], instances: 60, now: () => NOW });
    const provider = gcp({}, { env: emulator.env });
    return {
      ...provider,
      async close() {
        await provider.close?.();
        await emulator.close();
      },
    };
  },
  now: () => NOW,
});

describe("options", () => {
  test.each([
    [{ regions: ["Frankfurt"] }, "regions.0"],
    [{ projects: [{ id: "No Such" }] }, "projects.0.id"],
    [{ regoins: ["us-central1"] } as never, "regoins"],
  ])("that are wrong are named: %j", (options, name) => {
    expect(() => gcp(options, { env: {} })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.stringContaining(name) }),
    );
  });

  test("name the projects before anything is asked", () => {
    expect(gcp({ projects: [{ id: "shop-prod-1", name: "prod" }] }, { env: {} }).accountNames).toEqual({ "shop-prod-1": "prod" });
  });
});

describe("what planners are told", () => {
  const provider = gcp({}, { env: {} });

  test("each metric of the catalogue is of a kind that the vocabulary allows, and the catalogue is data", () => {
    const { catalogue } = provider.metrics!;
    for (const native of catalogue) expect(METRICS[native.metric!].of).toContain(native.kind);
    expect(JSON.parse(JSON.stringify(catalogue))).toEqual(catalogue);
  });

  test("metrics of the Ops Agent say that they need it", () => {
    for (const { native, needs } of provider.metrics!.catalogue) expect(needs !== undefined, native).toBe(native.startsWith("agent."));
  });
});

test.each([
  [
    "virtual-machine",
    "4303962842299924734",
    "web 1",
    "https://console.cloud.google.com/compute/instancesDetail/zones/us-central1-a/instances/web%201?project=shop-prod-1",
  ],
  ["database", "orders", "orders", "https://console.cloud.google.com/sql/instances/orders/overview?project=shop-prod-1"],
] as const)("the console page of a %s", (kind, id, name, expected) => {
  const attributes = { zone: "us-central1-a" };
  const place = { provider: "gcp", account: "shop-prod-1", region: "us-central1" };
  const resource: Resource = { ...place, kind, id, name, state: "running", tags: {}, attributes };
  expect(gcp({}, { env: {} }).consoleUrl!(resource)).toBe(expected);
});

describe("whether it is configured", () => {
  const { signal } = new AbortController();
  test.each([
    [{ GOOGLE_APPLICATION_CREDENTIALS: "/key.json" }, true],
    [{ GOOGLE_CLOUD_PROJECT: "shop-prod-1" }, true],
    [{ HOME: "/nonexistent" }, false],
  ])("with %j: %s", async (env, expected) => {
    expect(await gcp({}, { env }).configured!(signal)).toBe(expected);
  });

  test("an emulator decides by what it emulates", async () => {
    await using emulator = await opened(["aws"]);
    expect(await gcp({}, { env: emulator.env }).configured!(signal)).toBe(false);
    await using other = await opened(["gcp"]);
    expect(await gcp({}, { env: other.env }).configured!(signal)).toBe(true);
  });
});

async function opened(providers: readonly string[]) {
  const emulator = await startEmulator({ providers: [...providers], instances: 10, now: () => NOW });
  return { env: emulator.env, [Symbol.asyncDispose]: () => emulator.close() };
}

describe("packages", () => {
  /** Runs a program in a process in which the packages of a pattern cannot be found, and every one of Google's that is imported is told. */
  function run(program: string, missing = "$^"): { loaded: string[]; printed: string } {
    const source = `
      import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        if (/^(@google|google-auth)/.test(name) && context.parentURL.includes("/src/providers/")) console.error("LOAD " + name);
        if (new RegExp(${JSON.stringify(missing)}).test(name)) {
          const error = new Error("Cannot find package '" + name + "' imported from here");
          throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
        }
        return next(name, context);
      } });
      const { gcp } = await import(${JSON.stringify(new URL("../../../src/providers/gcp/index.ts", import.meta.url).href)});
      const provider = gcp({}, { env: {} });
      ${program}`;
    const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
      encoding: "utf8",
    });
    const loaded = [...child.stderr.matchAll(/LOAD (\S+)/g)].map((match) => match[1] ?? "");
    return { loaded, printed: child.stdout + child.stderr.replace(/LOAD \S+\n/g, "") };
  }

  test("are not loaded by making a provider", () => {
    expect(run("console.log(provider.id)")).toEqual({ loaded: [], printed: "gcp\n" });
  });

  test("of the common question are loaded by load()", () => {
    const { loaded } = run("await provider.load()");
    expect([...new Set(loaded)].sort()).toEqual(["@google-cloud/monitoring", "google-auth-library"]);
  });

  test("that are missing are a sentence that names the package", () => {
    const { printed } = run(
      "await provider.load().catch((error) => console.log(error.code, error.message, error.hint.en))",
      "^@google-cloud/monitoring$",
    );
    expect(printed).toBe(
      "DEPENDENCY_MISSING The package @google-cloud/monitoring is not installed. Run: npm install @google-cloud/monitoring\n",
    );
  });
});

test("in emulator mode no file of real credentials is read, and no metadata server asked", () => {
  const source = `
    import files from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    for (const name of ["readFile", "readFileSync", "createReadStream", "existsSync", "statSync", "lstatSync"]) {
      const original = files[name];
      files[name] = (path, ...more) => {
        if (String(path).includes("/real/")) console.log("READ " + path);
        return original(path, ...more);
      };
    }
    syncBuiltinESMExports();
    const { openWorld } = await import(${JSON.stringify(new URL("./world.ts", import.meta.url).href)});
    const { collect } = await import(${JSON.stringify(new URL("../fake-context.ts", import.meta.url).href)});
    const world = await openWorld({ instances: 20 });
    for (const kind of ["virtual-machine", "database"]) await world.list(kind);
    const [scope] = await world.scopes();
    const window = { fromMs: Date.now() - 600_000, toMs: Date.now() };
    await collect(world.provider.alarms.list(scope, ["alarm"], world.context()));
    await collect(world.provider.logs.sources(scope, undefined, world.context()));
    await collect(world.provider.traces.services(scope, { window }, world.context()));
    console.log((await world.provider.check(world.context())).status);
    await world[Symbol.asyncDispose]();`;
  const env = {
    ...process.env,
    GOOGLE_APPLICATION_CREDENTIALS: "/real/key.json",
    HOME: "/real",
    GCE_METADATA_HOST: "real.invalid",
    HTTPS_PROXY: "http://127.0.0.1:1",
    HTTP_PROXY: "http://127.0.0.1:1",
  };
  const child = spawnSync(process.execPath, ["--conditions=@nephoscope/source", "--input-type=module", "-e", source], {
    encoding: "utf8",
    env,
  });
  expect(child.stdout + child.stderr).toBe("ok\n");
});
