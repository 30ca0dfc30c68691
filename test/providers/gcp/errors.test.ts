import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConfigurationError, OrchestratorError, ProviderError } from "../../../src/errors/index.ts";
import { toGcpError } from "../../../src/providers/gcp/errors.ts";
import { collect } from "../fake-context.ts";
import { googleError, instance, instancesPage, openStubWorld, type StubReply } from "./stub-world.ts";
import { FIVE_MINUTES, openWorld, type World } from "./world.ts";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as ProviderError,
  );

const SCOPE = { provider: "gcp", account: "nimbus-main-417203", region: "us-central1", service: "compute" };
type Ask = (world: World, context: ReturnType<World["context"]>) => Promise<unknown>;
const LOG = { name: "projects/nimbus-main-417203/logs/auth" };
const OPERATIONS: readonly (readonly [operation: string, ask: Ask])[] = [
  ["AggregatedListInstances", ({ provider }, context) => collect(provider.resources["virtual-machine"]!(SCOPE, {}, context))],
  ["ListInstances", ({ provider }, context) => collect(provider.resources.database!(SCOPE, {}, context))],
  [
    "ListTimeSeries",
    ({ provider }, context) => {
      const place = { provider: "gcp", account: SCOPE.account, region: SCOPE.region };
      const facts = { kind: "virtual-machine", id: "1", name: "one", state: "running", tags: {}, attributes: {} } as const;
      const targets = [{ resource: { ...place, ...facts }, metric: provider.metrics!.catalogue[0]! }];
      return collect(provider.metrics!.read(SCOPE, { targets, statistic: "average", window: FIVE_MINUTES }, context));
    },
  ],
  ["ListLogs", ({ provider }, context) => collect(provider.logs!.sources(SCOPE, undefined, context))],
  [
    "ListLogEntries",
    ({ provider }, context) => collect(provider.logs!.read(SCOPE, { sources: [LOG], window: FIVE_MINUTES, limit: 5 }, context)),
  ],
  ["ListTraces", ({ provider }, context) => collect(provider.traces!.search(SCOPE, { errorsOnly: false, window: FIVE_MINUTES }, context))],
  ["ListAlertPolicies", ({ provider }, context) => collect(provider.alarms!.list(SCOPE, ["alarm"], context))],
  ["ListAlerts", ({ provider }, context) => collect(provider.alarms!.list(SCOPE, ["alarm"], context))],
];

describe("faults of the emulator", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 40 }, { requestTimeoutMs: 400 });
    // Loading the packages would count as waiting.
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
  ])("%s is %s in every service, and one request", async (fault, code, retryable) => {
    for (const [operation, ask] of OPERATIONS) {
      await world.fault(`gcp:${operation}:${fault}`);
      const context = world.context();
      const failure = await failureOf(ask(world, context));
      expect(failure, operation).toBeInstanceOf(ProviderError);
      expect(failure!.code, `${operation}: ${failure!.message}`).toBe(code);
      expect(failure!.retryable).toBe(retryable);
      expect(failure!.text.zh.length).toBeGreaterThan(5);
      expect(context.calls.filter((call) => call.endsWith(`.${operation}`))).toHaveLength(1);
      const calls = (await (await fetch(`${world.url}/_emulator/calls`)).json()) as { calls: { operation: string }[] };
      expect(calls.calls.filter((call) => call.operation.endsWith(`.${operation}`)).length, operation).toBeGreaterThan(0);
    }
    await world.fault();
  });

  test("a throttled service says how long to wait", async () => {
    await world.fault("gcp:ListTimeSeries:throttle");
    const [, ask] = OPERATIONS.find(([operation]) => operation === "ListTimeSeries")!;
    expect((await failureOf(ask(world, world.context())))!.retryAfterMs).toBeGreaterThan(0);
    await world.fault();
  });
});

describe("replies of Compute Engine", () => {
  const page = instancesPage([1]);
  const without = (field: string) => {
    const { [field]: _, ...rest } = instance(1);
    return { items: { "zones/us-central1-a": { instances: [rest] } } };
  };
  test.each<[string, StubReply, string]>([
    ["UNAUTHENTICATED", googleError(401, "UNAUTHENTICATED"), "PROVIDER_UNAUTHENTICATED"],
    ["PERMISSION_DENIED", googleError(403, "PERMISSION_DENIED"), "PROVIDER_FORBIDDEN"],
    [
      "an API that is not enabled",
      googleError(403, "PERMISSION_DENIED", "not enabled", {
        details: [{ reason: "SERVICE_DISABLED" }],
        errors: [{ reason: "accessNotConfigured" }],
      }),
      "PROVIDER_FORBIDDEN",
    ],
    ["403 rateLimitExceeded", googleError(403, "", "slow down", { errors: [{ reason: "rateLimitExceeded" }] }), "PROVIDER_RATE_LIMITED"],
    ["RESOURCE_EXHAUSTED", googleError(429, "RESOURCE_EXHAUSTED"), "PROVIDER_RATE_LIMITED"],
    ["NOT_FOUND", googleError(404, "NOT_FOUND"), "PROVIDER_NOT_FOUND"],
    ["INTERNAL", googleError(500, "INTERNAL"), "PROVIDER_UNAVAILABLE"],
    ["INVALID_ARGUMENT", googleError(400, "INVALID_ARGUMENT"), "PROVIDER_FAILED"],
    ["an error in a list", { status: 404, body: [{ error: { code: 404, status: "NOT_FOUND", message: "no" } }] }, "PROVIDER_NOT_FOUND"],
    ["a page of a proxy", { status: 502, body: "<html><body>Bad gateway" }, "PROVIDER_UNAVAILABLE"],
    ["an empty reply", { body: "" }, "PROVIDER_REPLY_INVALID"],
    ["a page of a captive portal", { body: "<html><body>Log in</body></html>" }, "PROVIDER_REPLY_INVALID"],
    ["no object", { body: "[]" }, "PROVIDER_REPLY_INVALID"],
    ["a reply cut in the middle", { body: JSON.stringify(page).slice(0, 200) }, "PROVIDER_REPLY_INVALID"],
    ["a list under another name", { body: { ...page, items: undefined, things: {} } }, "PROVIDER_REPLY_INVALID"],
    ["a machine without id", { body: without("id") }, "PROVIDER_REPLY_INVALID"],
    ["a machine without name", { body: without("name") }, "PROVIDER_REPLY_INVALID"],
    ["a machine without status", { body: without("status") }, "PROVIDER_REPLY_INVALID"],
    ["a machine without zone", { body: without("zone") }, "PROVIDER_REPLY_INVALID"],
  ])("%s", async (_, reply, code) => {
    await using world = await openStubWorld(({ operation }) => (operation === "instances" ? reply : undefined));
    const failure = await failureOf(collect(world.list()));
    expect(failure!.code, failure!.message).toBe(code);
    expect(world.requests).toHaveLength(1);
  });

  test.each<[string, StubReply, number]>([
    ["as a header", { ...googleError(429, "RESOURCE_EXHAUSTED"), headers: { "retry-after": "7" } }, 7_000],
    ["in the details", googleError(429, "RESOURCE_EXHAUSTED", "no", { details: [{ "@type": "RetryInfo", retryDelay: "1.5s" }] }), 1_500],
  ])("a wait that the cloud asks for %s is told in milliseconds", async (_, reply, expected) => {
    await using world = await openStubWorld(() => reply);
    const failure = await failureOf(collect(world.list()));
    expect(failure!.retryAfterMs).toBe(expected);
    expect(failure!.details).toMatchObject({ vendorCode: "RESOURCE_EXHAUSTED", httpStatus: 429 });
  });

  test("a run that is given up leaves the socket", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let left: Promise<unknown> | undefined;
    await using world = await openStubWorld(
      ({ closed }) => {
        left = closed;
        controller.abort(reason);
        return "never";
      },
      {},
      { signal: controller.signal },
    );
    await expect(collect(world.list())).rejects.toBe(reason);
    await left;
  });
});

describe("errors of Google's packages", () => {
  const error = (fields: object, message = "odd") => Object.assign(new Error(message), fields);

  test.each<[string, unknown, string]>([
    ["a GoogleError with a number of gRPC", error({ code: 8 }), "PROVIDER_RATE_LIMITED"],
    ["a GoogleError of a deadline", error({ code: 4 }), "PROVIDER_UNAVAILABLE"],
    ["a GoogleError of a permission", error({ code: 7 }), "PROVIDER_FORBIDDEN"],
    ["a GaxiosError with a status", error({ status: 404, response: { status: 404, data: "" } }), "PROVIDER_NOT_FOUND"],
    [
      "a GaxiosError of the token endpoint",
      error({ status: 400, response: { data: { error: "invalid_grant", error_description: "Token has been expired or revoked." } } }),
      "PROVIDER_UNAUTHENTICATED",
    ],
    ["a broken connection, within others", error({ cause: error({ cause: error({ code: "ECONNRESET" }) }) }), "PROVIDER_UNAVAILABLE"],
    ["a time limit", error({ code: "TimeoutError" }), "PROVIDER_UNAVAILABLE"],
    ["anything else", error({}), "PROVIDER_FAILED"],
    ["no error at all", "odd", "PROVIDER_FAILED"],
  ])("%s", (_, thrown, code) => {
    expect(toGcpError(thrown).code).toBe(code);
  });

  test("a missing credential is a configuration error that names what to set", () => {
    const mapped = toGcpError(
      new Error("Could not load the default credentials. Browse to https://cloud.google.com/ for more information."),
    );
    expect(mapped).toBeInstanceOf(ConfigurationError);
    expect(mapped.code).toBe("CREDENTIAL_MISSING");
    expect(mapped.hint?.en).toContain("GOOGLE_APPLICATION_CREDENTIALS");
    expect(mapped.hint?.zh).toContain("nephoscope doctor");
  });

  test("our own errors pass through, also where a package wrapped them", () => {
    const own = new OrchestratorError({ code: "INTERNAL", message: "x" });
    expect(toGcpError(own)).toBe(own);
    expect(toGcpError(new Error("wrapped", { cause: new Error("twice", { cause: own }) }))).toBe(own);
  });
});
