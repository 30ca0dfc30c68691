import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Resource } from "../../../src/contracts/index.ts";
import { ConfigurationError, OrchestratorError, ProviderError } from "../../../src/errors/index.ts";
import { toAzureError } from "../../../src/providers/azure/errors.ts";
import { collect } from "../fake-context.ts";
import { graphReply, machineRow, openStubWorld, SCOPE, type StubReply } from "./stub-azure.ts";
import { FIVE_MINUTES, MAIN, openWorld, type World } from "./world.ts";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as ProviderError,
  );

type Ask = (world: World, context: ReturnType<World["context"]>) => Promise<unknown>;
/** One that the emulator has in this place, whatever its size. */
const MACHINE = "catalog-db-001";
const WORKSPACE = { sources: [{ name: `law-${SCOPE.region}` }], window: FIVE_MINUTES, limit: 5 };

/** Metrics of as many targets, which are all the same machine for a number that fits into a batch. */
function readMetrics(count: number): Ask {
  return async ({ provider }, context) => {
    const metric = provider.metrics!.catalogue.find((each) => each.metric === "cpu.utilization" && each.kind === "virtual-machine")!;
    const targets = Array.from({ length: count }, (_, index) => ({ metric, resource: machine(count > 50 ? `m-${index}` : MACHINE) }));
    return collect(provider.metrics!.read(SCOPE, { targets, statistic: "average", window: FIVE_MINUTES }, context));
  };
}

function machine(name: string): Resource {
  const id = `/subscriptions/${MAIN}/resourceGroups/rg-${name.split("-")[0]}/providers/Microsoft.Compute/virtualMachines/${name}`;
  return { ...SCOPE, kind: "virtual-machine", id, name, state: "running", tags: {}, attributes: {} };
}

/** One for each operation that the provider uses. */
const OPERATIONS: readonly (readonly [operation: string, ask: Ask])[] = [
  ["Resources", ({ provider }, context) => collect(provider.resources["virtual-machine"]!(SCOPE, {}, context))],
  ["Query", ({ provider }, context) => collect(provider.logs!.read(SCOPE, WORKSPACE, context))],
  ["GetBatch", readMetrics(2)],
  ["ListAtSubscriptionScope", readMetrics(60)],
];

describe("faults of the emulator", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 40 }, { requestTimeoutMs: 1_000 });
    // Tokens are there; what signing in says is looked at on its own.
    for (const [, ask] of OPERATIONS) await ask(world, world.context()).catch(() => {});
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test.each([
    ["throttle", "PROVIDER_RATE_LIMITED", true],
    ["500", "PROVIDER_UNAVAILABLE", true],
    ["timeout", "PROVIDER_UNAVAILABLE", true],
    ["reset", "PROVIDER_UNAVAILABLE", true],
    ["malformed", "PROVIDER_REPLY_INVALID", true],
    ["expired", "PROVIDER_UNAUTHENTICATED", false],
  ])("%s is %s in every service", async (fault, code, retryable) => {
    for (const [operation, ask] of OPERATIONS) {
      await world.fault(`azure:${operation}:${fault}`);
      const failure = await failureOf(ask(world, world.context()));
      await world.fault();
      expect(failure, operation).toBeInstanceOf(ProviderError);
      expect(failure!.code, `${operation}: ${failure!.message}`).toBe(code);
      expect(failure!.retryable).toBe(retryable);
      expect(failure!.text.zh.length).toBeGreaterThan(5);
    }
  });

  test("throttling says how long to wait", async () => {
    for (const [operation, ask] of OPERATIONS) {
      await world.fault(`azure:${operation}:throttle`);
      expect((await failureOf(ask(world, world.context())))!.retryAfterMs, operation).toBeGreaterThan(0);
      await world.fault();
    }
  });

  test("a refused region is PROVIDER_FORBIDDEN for what is regional, and still listed", async () => {
    await using denied = await openWorld({ instances: 40, deny: [`azure:${SCOPE.region}`] });
    for (const [operation, ask] of OPERATIONS) {
      const failure = await failureOf(ask(denied, denied.context()));
      if (operation === "Resources") expect(failure).toBeUndefined();
      else expect(failure!.code, operation).toBe("PROVIDER_FORBIDDEN");
      if (failure !== undefined) expect(failure.hint?.en).toContain("read access");
    }
  });
});

describe("signing in", () => {
  test.each([
    ["throttle", "PROVIDER_RATE_LIMITED"],
    ["500", "PROVIDER_UNAVAILABLE"],
    ["timeout", "PROVIDER_UNAVAILABLE"],
    ["reset", "PROVIDER_UNAVAILABLE"],
    ["malformed", "PROVIDER_REPLY_INVALID"],
    ["expired", "PROVIDER_UNAUTHENTICATED"],
  ])("%s is %s", async (fault, code) => {
    await using world = await openWorld({ instances: 10, faults: [`azure:Token:${fault}`] }, { requestTimeoutMs: 1_000 });
    const failure = await failureOf(collect(world.provider.resources["virtual-machine"]!(SCOPE, {}, world.context())));
    expect(failure!.code, failure!.message).toBe(code);
    const { status, failure: told } = await world.provider.check(world.context());
    expect([status, told?.code]).toEqual(["failed", code]);
  });

  test("happens once for each service, and again after a token was refused", async () => {
    await using world = await openWorld({ instances: 10 });
    const context = world.context();
    await Promise.all([world.list("virtual-machine", {}, context), world.list("database", {}, context)]);
    expect(context.count("azure.entra.Token")).toBe(1);
    await world.fault("azure:Resources:expired:1");
    const after = world.context();
    await failureOf(world.list("function", {}, after));
    await world.list("function", {}, after);
    expect(after.count("azure.entra.Token")).toBe(1);
  });
});

describe("replies", () => {
  const ask = async (reply: StubReply) => {
    await using world = await openStubWorld(({ path }) => (path.endsWith("/resources") ? reply : undefined));
    return await failureOf(collect(world.provider.resources["virtual-machine"]!(SCOPE, {}, world.context)));
  };

  test.each<[string, StubReply, string]>([
    [
      "a page of a proxy",
      { status: 502, headers: { "content-type": "text/html" }, body: "<html>Bad Gateway</html>" },
      "PROVIDER_UNAVAILABLE",
    ],
    ["throttling of metrics' back end", { status: 529, body: {} }, "PROVIDER_RATE_LIMITED"],
    [
      "a subscription that is none",
      { status: 404, body: { error: { code: "SubscriptionNotFound", message: "no" } } },
      "PROVIDER_NOT_FOUND",
    ],
    ["no permission", { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } }, "PROVIDER_FORBIDDEN"],
    ["no permission, told as 401", { status: 401, body: { error: { code: "AuthorizationFailed", message: "no" } } }, "PROVIDER_FORBIDDEN"],
    ["a query that is refused", { status: 400, body: { error: { code: "BadRequest", message: "no" } } }, "PROVIDER_FAILED"],
    ["no body", { body: "" }, "PROVIDER_REPLY_INVALID"],
    ["a text", { headers: { "content-type": "text/plain" }, body: "all is well" }, "PROVIDER_REPLY_INVALID"],
    [
      "fewer rows than it counts",
      { body: { totalRecords: 2, count: 2, resultTruncated: "false", data: [machineRow("a")] } },
      "PROVIDER_REPLY_INVALID",
    ],
    [
      "a cut without a token",
      { body: { totalRecords: 2, count: 1, resultTruncated: "true", data: [machineRow("a")] } },
      "PROVIDER_REPLY_INVALID",
    ],
    ["rows without what was projected", graphReply([machineRow("a", { status: undefined })]), "PROVIDER_REPLY_INVALID"],
    ["rows without tags", graphReply([machineRow("a", { tags: undefined })]), "PROVIDER_REPLY_INVALID"],
  ])("%s", async (_, reply, code) => {
    const failure = await ask(reply);
    expect(failure!.code, failure!.message).toBe(code);
  });

  test("what is wrong stands in the details of Resource Graph's errors", async () => {
    const details = [
      { code: "InvalidQuery", message: "Query is invalid." },
      { code: "ParserFailure", message: "line 3" },
    ];
    const failure = await ask({ status: 400, body: { error: { code: "BadRequest", message: "Please provide below info.", details } } });
    expect(failure!.message).toContain("InvalidQuery");
    expect(failure!.message).toContain("Query is invalid.");
  });

  test("a refused quota says when it is new", async () => {
    const headers = { "x-ms-user-quota-resets-after": "00:00:05" };
    const failure = await ask({ status: 429, headers, body: { error: { code: "RateLimiting", message: "slow" } } });
    expect([failure!.code, failure!.retryAfterMs]).toEqual(["PROVIDER_RATE_LIMITED", 5_000]);
  });
});

describe("pages", () => {
  test.each<[string, (token: unknown) => StubReply]>([
    ["repeats", () => graphReply([machineRow("a")], "again")],
    [
      "is refused",
      (token) =>
        token === undefined
          ? graphReply([machineRow("a")], "next")
          : { status: 400, body: { error: { code: "BadRequest", message: "no", details: [{ code: "InvalidSkipToken", message: "no" }] } } },
    ],
  ])("a token that %s ends the list with PROVIDER_PAGE_LOST, after the pages that came", async (_, reply) => {
    await using world = await openStubWorld(({ path, body }) =>
      path.endsWith("/resources") ? reply((body.options as Record<string, unknown>).$skipToken) : undefined,
    );
    const names: string[] = [];
    const work = (async () => {
      for await (const page of world.provider.resources["virtual-machine"]!(SCOPE, {}, world.context))
        names.push(...page.map(({ name }) => name));
    })();
    expect((await failureOf(work))!.code).toBe("PROVIDER_PAGE_LOST");
    expect(names).toEqual(["a"]);
  });
});

test("a token goes to its own service only, in the header and nowhere else", async () => {
  await using world = await openStubWorld(({ path }) => (path.endsWith("/resources") ? graphReply([machineRow("a")]) : undefined));
  await collect(world.provider.resources["virtual-machine"]!(SCOPE, {}, world.context));
  await failureOf(readMetrics(1)(world as unknown as World, world.context));
  const asked = world.requests.filter(({ path }) => !path.endsWith("/token"));
  expect(asked.map(({ host, authorization }) => `${host} ${authorization}`)).toEqual([
    "management.azure.com Bearer token-1",
    "westeurope.metrics.monitor.azure.com Bearer token-3",
  ]);
});

test.each([
  [
    // The sign-in host is an alias of login.chinacloudapi.cn, which MSAL prefers.
    "AzureChinaCloud",
    [
      "login.partner.microsoftonline.cn",
      "management.chinacloudapi.cn",
      "login.partner.microsoftonline.cn",
      "chinanorth3.metrics.monitor.azure.cn",
    ],
  ],
  [
    "AzureUSGovernment",
    ["login.microsoftonline.us", "management.usgovcloudapi.net", "login.microsoftonline.us", "chinanorth3.metrics.monitor.azure.us"],
  ],
] as const)("%s is asked at its own hosts", async (cloud, hosts) => {
  await using world = await openStubWorld(({ path }) => (path.endsWith("/resources") ? graphReply([]) : undefined), { cloud });
  const scope = { ...SCOPE, region: "chinanorth3" };
  await collect(world.provider.resources["virtual-machine"]!(scope, {}, world.context));
  const metric = world.provider.metrics!.catalogue[0]!;
  const request = { targets: [{ resource: machine("m"), metric }], statistic: "average" as const, window: FIVE_MINUTES };
  await failureOf(collect(world.provider.metrics!.read(scope, request, world.context)));
  expect(world.requests.map(({ host }) => host)).toEqual(hosts);
  const audiences = world.requests.filter(({ path }) => path.endsWith("/token")).map(({ body }) => String(body.scope).split(" ")[0]);
  expect(audiences).toEqual([`https://${hosts[1]}/.default`, `https://${hosts[3]!.replace("chinanorth3.", "")}/.default`]);
});

describe("what is no reply", () => {
  test("a chain without credentials is CREDENTIAL_MISSING, with the variables and the command that help", () => {
    const chain = Object.assign(new Error("ChainedTokenCredential authentication failed.\nEnvironmentCredential: …"), {
      name: "AggregateAuthenticationError",
    });
    const error = toAzureError(chain);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.code).toBe("CREDENTIAL_MISSING");
    expect(error.message).not.toContain("\n");
    for (const hint of [error.hint!.en, error.hint!.zh]) expect(hint).toMatch(/az login.*AZURE_TENANT_ID/);
  });

  test("our own errors pass through", () => {
    const own = new OrchestratorError({ code: "INTERNAL", message: "x" });
    expect(toAzureError(own)).toBe(own);
  });
});
