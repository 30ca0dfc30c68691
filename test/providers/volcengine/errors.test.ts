import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OrchestratorError, ProviderError } from "../../../src/errors/index.ts";
import { toVolcengineError } from "../../../src/providers/volcengine/errors.ts";
import { collect } from "../fake-context.ts";
import { instances, openError, openStubWorld, result, type StubReply } from "./stub-volcengine.ts";
import { FIVE_MINUTES, openWorld, type World } from "./world.ts";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as ProviderError,
  );

const SCOPE = { provider: "volcengine", account: "2100012345", region: "cn-beijing", service: "compute" };
type Ask = (world: World, context: ReturnType<World["context"]>) => Promise<unknown>;
const OPERATIONS: readonly (readonly [operation: string, ask: Ask])[] = [
  ["DescribeInstances", ({ provider }, context) => collect(provider.resources["virtual-machine"]!(SCOPE, {}, context))],
  ["ListRules", ({ provider }, context) => collect(provider.alarms!.list(SCOPE, ["alarm"], context))],
  ["DescribeProjects", ({ provider }, context) => collect(provider.logs!.sources(SCOPE, undefined, context))],
  [
    "SearchTraces",
    ({ provider }, context) => collect(provider.traces!.search(SCOPE, { errorsOnly: false, window: FIVE_MINUTES }, context)),
  ],
  [
    "SearchLogs",
    async ({ provider }, context) => {
      const sources = (await collect(provider.logs!.sources(SCOPE, undefined, context))).flat().slice(0, 1);
      return collect(provider.logs!.read(SCOPE, { sources, window: FIVE_MINUTES, limit: 5 }, context));
    },
  ],
  [
    "GetMetricData",
    ({ provider }, context) => {
      const machine = { kind: "virtual-machine", id: "i-1", name: "i-1", state: "running", tags: {}, attributes: {} } as const;
      const targets = [{ resource: { ...SCOPE, ...machine }, metric: provider.metrics!.catalogue[0]! }];
      return collect(provider.metrics!.read(SCOPE, { targets, statistic: "average", window: FIVE_MINUTES }, context));
    },
  ],
];

describe("faults of the emulator", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 40 }, { requestTimeoutMs: 400 });
    await world.scopes();
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
      await world.fault(`volcengine:${operation}:${fault}`);
      const failure = await failureOf(ask(world, world.context()));
      expect(failure, operation).toBeInstanceOf(ProviderError);
      expect(failure!.code, `${operation}: ${failure!.message}`).toBe(code);
      expect(failure!.retryable).toBe(retryable);
      expect(failure!.text.zh.length).toBeGreaterThan(5);
    }
    await world.fault();
  });

  test("a refused region is PROVIDER_FORBIDDEN in every service", async () => {
    await using denied = await openWorld({ instances: 40, deny: ["volcengine:cn-beijing"] });
    for (const [operation, ask] of OPERATIONS) {
      const failure = await failureOf(ask(denied, denied.context()));
      expect(failure!.code, operation).toBe("PROVIDER_FORBIDDEN");
      expect(failure!.hint?.en).toContain("read access");
    }
  });
});

describe("replies of the Open API", () => {
  test.each<[string, StubReply, string]>([
    ["an error in a reply with status 200", openError("FlowLimitExceeded", 200), "PROVIDER_RATE_LIMITED"],
    ["AccountFlowLimitExceeded", openError("AccountFlowLimitExceeded", 429), "PROVIDER_RATE_LIMITED"],
    ["SignatureDoesNotMatch", openError("SignatureDoesNotMatch", 401), "PROVIDER_UNAUTHENTICATED"],
    ["InvalidCredential", openError("InvalidCredential", 401), "PROVIDER_UNAUTHENTICATED"],
    ["InvalidAccessKey", openError("InvalidAccessKey", 401), "PROVIDER_UNAUTHENTICATED"],
    ["AccessDenied", openError("AccessDenied", 403), "PROVIDER_FORBIDDEN"],
    ["AccessDenied with status 200", openError("AccessDenied", 200), "PROVIDER_FORBIDDEN"],
    ["a code in parts", openError("InvalidInstance.NotFound", 404), "PROVIDER_NOT_FOUND"],
    ["InvalidActionOrVersion", openError("InvalidActionOrVersion", 404), "PROVIDER_FAILED"],
    ["InternalError", openError("InternalError", 500), "PROVIDER_UNAVAILABLE"],
    ["ServiceUnavailableTemp", openError("ServiceUnavailableTemp", 503), "PROVIDER_UNAVAILABLE"],
    ["an unknown code", openError("Odd", 418), "PROVIDER_FAILED"],
    ["a bad status with a body that says nothing", { status: 403, body: "{}" }, "PROVIDER_FORBIDDEN"],
    ["a page of a proxy", { status: 502, body: "<html><body>Bad gateway" }, "PROVIDER_UNAVAILABLE"],
    ["a redirect", { status: 302, headers: { location: "http://192.0.2.1/" }, body: "" }, "PROVIDER_FAILED"],
    ["an empty reply", { body: "" }, "PROVIDER_REPLY_INVALID"],
    ["a page of a captive portal", { body: "<html>Log in</html>" }, "PROVIDER_REPLY_INVALID"],
    ["a reply that is no object", { body: "[]" }, "PROVIDER_REPLY_INVALID"],
    ["a reply cut in the middle", { body: instances([1, 2, 3]).body.slice(0, 120) }, "PROVIDER_REPLY_INVALID"],
    ["a reply without metadata", { body: '{"Result":{"Instances":[]}}' }, "PROVIDER_REPLY_INVALID"],
    ["a reply without result", { body: '{"ResponseMetadata":{"RequestId":"r"}}' }, "PROVIDER_REPLY_INVALID"],
    ["a list under another name", result({ Machines: [] }), "PROVIDER_REPLY_INVALID"],
    ["a list that is none", result({ Instances: {} }), "PROVIDER_REPLY_INVALID"],
    ["a machine without id", result({ Instances: [{ InstanceName: "m", Status: "RUNNING", Tags: [] }] }), "PROVIDER_REPLY_INVALID"],
    ["a machine without status", result({ Instances: [{ InstanceId: "i", InstanceName: "m", Tags: [] }] }), "PROVIDER_REPLY_INVALID"],
  ])("%s", async (_, reply, code) => {
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? reply : undefined));
    const failure = await failureOf(collect(world.list()));
    expect(failure!.code, failure!.message).toBe(code);
  });

  test("a wait that the cloud asks for is told in milliseconds, with code, status and request", async () => {
    const reply = { ...openError("FlowLimitExceeded", 429), headers: { "retry-after": "7" } };
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? reply : undefined));
    const failure = await failureOf(collect(world.list()));
    expect(failure!.retryAfterMs).toBe(7_000);
    expect(failure!.details).toMatchObject({ vendorCode: "FlowLimitExceeded", httpStatus: 429, requestId: "r" });
  });

  test("each failure is one request: nothing below the core retries or follows", async () => {
    const reply = { status: 302, headers: { location: "/again" }, body: "" };
    await using world = await openStubWorld(({ operation }) => (operation === "GetCallerIdentity" ? undefined : reply));
    await failureOf(collect(world.list()));
    expect(world.requests.map(({ operation }) => operation)).toEqual(["GetCallerIdentity", "DescribeInstances"]);
  });

  test("an abort ends a request that is under way, with its own reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    await using world = await openStubWorld(({ operation }) => {
      if (operation !== "GetCallerIdentity") controller.abort(reason);
      return undefined;
    });
    await collect(world.provider.scopes({}, world.context));
    const call: typeof world.context.call = (_operation, _scope, send) => send(controller.signal);
    const scope = { provider: "volcengine", account: "2100000001", region: "cn-beijing", service: "compute" };
    const list = world.provider.resources["virtual-machine"]!(scope, {}, { ...world.context, call });
    await expect(collect(list)).rejects.toBe(reason);
  });
});

describe("errors without a reply", () => {
  test.each(["ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT"])("%s is PROVIDER_UNAVAILABLE", (code) => {
    expect(toVolcengineError(Object.assign(new Error("socket"), { code })).code).toBe("PROVIDER_UNAVAILABLE");
  });

  test("our own errors pass through", () => {
    const own = new OrchestratorError({ code: "INTERNAL", message: "x" });
    expect(toVolcengineError(own)).toBe(own);
  });
});
