import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConfigurationError, OrchestratorError, ProviderError } from "../../../src/errors/index.ts";
import { toAlicloudError } from "../../../src/providers/alicloud/errors.ts";
import { collect } from "../fake-context.ts";
import { instancesReply, openStubWorld, rpcError, SCOPE as STUB_SCOPE, type StubReply, slsError } from "./stub-world.ts";
import { FIVE_MINUTES, MAIN, openWorld, type World } from "./world.ts";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as ProviderError,
  );

const SCOPE = { provider: "alicloud", account: MAIN, region: "cn-hangzhou", service: "compute" };
const SOURCE = { name: "nephos-main-cn-hangzhou/app-auth" };
type Ask = (world: World, context: ReturnType<World["context"]>) => Promise<unknown>;
const OPERATIONS: readonly (readonly [operation: string, ask: Ask])[] = [
  ["DescribeInstances", ({ provider }, context) => collect(provider.resources["virtual-machine"]!(SCOPE, {}, context))],
  ["DescribeDBInstances", ({ provider }, context) => collect(provider.resources.database!(SCOPE, {}, context))],
  ["DescribeMetricRuleList", ({ provider }, context) => collect(provider.alarms!.list(SCOPE, ["alarm"], context))],
  ["ListProject", ({ provider }, context) => collect(provider.logs!.sources(SCOPE, undefined, context))],
  [
    "GetLogsV2",
    ({ provider }, context) => collect(provider.logs!.read(SCOPE, { sources: [SOURCE], window: FIVE_MINUTES, limit: 5 }, context)),
  ],
  [
    "GetIndex",
    ({ provider }, context) =>
      collect(provider.logs!.read(SCOPE, { sources: [SOURCE], window: FIVE_MINUTES, limit: 5, severities: ["error"] }, context)),
  ],
  [
    "DescribeMetricList",
    ({ provider }, context) => {
      const id = { id: "i-1", name: "i-1", kind: "virtual-machine" as const, state: "running" as const };
      const targets = [{ resource: { ...SCOPE, ...id, tags: {}, attributes: {} }, metric: provider.metrics!.catalogue[0]! }];
      return collect(provider.metrics!.read(SCOPE, { targets, statistic: "average", window: FIVE_MINUTES }, context));
    },
  ],
];

describe("faults of the emulator", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 60 }, { requestTimeoutMs: 400 });
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
    await world.fault(...OPERATIONS.map(([operation]) => `alicloud:${operation}:${fault}`));
    for (const [operation, ask] of OPERATIONS) {
      const context = world.context();
      const failure = await failureOf(ask(world, context));
      expect(failure, operation).toBeInstanceOf(ProviderError);
      expect(failure!.code, `${operation}: ${failure!.message}`).toBe(code);
      expect(failure!.retryable).toBe(retryable);
      expect(failure!.text.zh.length).toBeGreaterThan(5);
    }
    await world.fault();
  });

  test("a refused region is PROVIDER_FORBIDDEN in every service", async () => {
    await using denied = await openWorld({ instances: 60, deny: ["alicloud:cn-hangzhou"] });
    for (const [operation, ask] of OPERATIONS) {
      const failure = await failureOf(ask(denied, denied.context()));
      expect(failure!.code, operation).toBe("PROVIDER_FORBIDDEN");
      expect(failure!.hint?.en).toContain("read access");
    }
  });
});

describe("replies of RPC services", () => {
  test.each<[string, StubReply, string]>([
    ["Throttling.User", rpcError("Throttling.User"), "PROVIDER_RATE_LIMITED"],
    ["Throttling", rpcError("Throttling"), "PROVIDER_RATE_LIMITED"],
    ["InvalidAccessKeyId.NotFound", rpcError("InvalidAccessKeyId.NotFound", 404), "PROVIDER_UNAUTHENTICATED"],
    ["InvalidAccessKeyId.Inactive", rpcError("InvalidAccessKeyId.Inactive"), "PROVIDER_FORBIDDEN"],
    ["SignatureDoesNotMatch", rpcError("SignatureDoesNotMatch"), "PROVIDER_UNAUTHENTICATED"],
    ["InvalidSecurityToken.Expired", rpcError("InvalidSecurityToken.Expired"), "PROVIDER_UNAUTHENTICATED"],
    ["InvalidTimeStamp.Expired", rpcError("InvalidTimeStamp.Expired"), "PROVIDER_UNAUTHENTICATED"],
    ["Forbidden.RAM", rpcError("Forbidden.RAM", 403), "PROVIDER_FORBIDDEN"],
    ["NoPermission", rpcError("NoPermission", 403), "PROVIDER_FORBIDDEN"],
    ["InvalidRegionId.NotFound", rpcError("InvalidRegionId.NotFound", 404), "PROVIDER_NOT_FOUND"],
    ["ServiceUnavailable", rpcError("ServiceUnavailable", 503), "PROVIDER_UNAVAILABLE"],
    ["InternalError", rpcError("InternalError", 500), "PROVIDER_UNAVAILABLE"],
    ["InvalidParameter", rpcError("InvalidParameter"), "PROVIDER_FAILED"],
    ["an unknown code of a known status", rpcError("SomethingNew", 429), "PROVIDER_RATE_LIMITED"],
    ["a page of a proxy", { status: 502, body: "<html><body>Bad gateway" }, "PROVIDER_UNAVAILABLE"],
    ["an empty reply", { body: "" }, "PROVIDER_REPLY_INVALID"],
    ["a page of a captive portal", { body: "<html><body><p>Log in</p></body></html>" }, "PROVIDER_REPLY_INVALID"],
    ["a reply cut in the middle", { body: JSON.stringify(instancesReply([1, 2, 3])).slice(0, 120) }, "PROVIDER_REPLY_INVALID"],
    ["a list under another name", { body: { Machines: { Instance: [] } } }, "PROVIDER_REPLY_INVALID"],
    ["a machine without id", { body: { Instances: { Instance: [{ Status: "Running" }] } } }, "PROVIDER_REPLY_INVALID"],
    ["a machine without state", { body: { Instances: { Instance: [{ InstanceId: "i-1" }] } } }, "PROVIDER_REPLY_INVALID"],
    ["null", { body: "null" }, "PROVIDER_REPLY_INVALID"],
  ])("%s", async (_, reply, code) => {
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? reply : undefined));
    const failure = await failureOf(collect(world.list()));
    expect(failure!.code, failure!.message).toBe(code);
  });

  test.each([
    [{ "retry-after": "7" }, 7_000],
    [{ "x-acs-retry-after": "250" }, 250],
  ])("a wait that the cloud asks for is told in milliseconds: %j", async (headers, expected) => {
    const reply = { ...rpcError("Throttling.User"), headers };
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? reply : undefined));
    const failure = await failureOf(collect(world.list()));
    expect(failure!.retryAfterMs).toBe(expected);
    expect(failure!.details).toEqual({ vendorCode: "Throttling.User", httpStatus: 400, requestId: "7F3A" });
  });

  test("each failure is one request: the SDK does not retry", async () => {
    await using world = await openStubWorld(({ operation }) =>
      operation === "DescribeInstances" ? rpcError("Throttling.User") : undefined,
    );
    await failureOf(collect(world.list()));
    expect(world.requests.map(({ operation }) => operation).filter((operation) => operation === "DescribeInstances")).toHaveLength(1);
  });

  test("requests keep the vendor's host, and are signed", async () => {
    await using world = await openStubWorld(() => undefined);
    await failureOf(collect(world.list()));
    const request = world.requests.at(-1)!;
    expect(request.host).toBe("ecs.cn-beijing.aliyuncs.com");
    expect(request.headers.authorization).toMatch(/^ACS3-HMAC-SHA256 Credential=LTAIstub00000000Q2Xx,SignedHeaders=host;x-acs-action;/);
    expect(request.query.get("RegionId")).toBe("cn-beijing");
  });

  test("a page token that repeats, or is refused, is a lost page", async () => {
    for (const second of [{ body: instancesReply([2], "again") }, rpcError("InvalidParameter.NextToken")]) {
      await using world = await openStubWorld(({ operation, query }) => {
        if (operation !== "DescribeInstances") return undefined;
        return query.has("NextToken") ? second : { body: instancesReply([1], "again") };
      });
      const seen: string[] = [];
      const failure = await failureOf(
        (async () => {
          for await (const page of world.list()) seen.push(...page.map(({ id }) => id));
        })(),
      );
      expect(failure!.code, failure!.message).toBe("PROVIDER_PAGE_LOST");
      expect(seen[0]).toBe("i-2ze1");
    }
  });
});

describe("replies of CloudMonitor", () => {
  const read = async (reply: StubReply) => {
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeMetricList" ? reply : undefined));
    const id = { id: "i-1", name: "i-1", kind: "virtual-machine" as const, state: "running" as const };
    const targets = [{ resource: { ...STUB_SCOPE, ...id, tags: {}, attributes: {} }, metric: world.provider.metrics!.catalogue[0]! }];
    const request = { targets, statistic: "average" as const, window: FIVE_MINUTES };
    return await failureOf(collect(world.provider.metrics!.read(STUB_SCOPE, request, world.context)));
  };

  test.each<[string, unknown, string]>([
    ["a refusal with status 200", { Code: "403", Message: "AccessForbidden", Success: false }, "PROVIDER_FORBIDDEN"],
    ["a throttle with status 200", { Code: "Throttling.User", Success: false }, "PROVIDER_RATE_LIMITED"],
    ["a reply without a code", { Success: true, Datapoints: "[]" }, "PROVIDER_REPLY_INVALID"],
    ["a reply without points", { Code: "200", Success: true }, "PROVIDER_REPLY_INVALID"],
    ["points that are no JSON", { Code: "200", Success: true, Datapoints: "[{" }, "PROVIDER_REPLY_INVALID"],
    ["points without time", { Code: "200", Success: true, Datapoints: '[{"instanceId":"i-1","Average":1}]' }, "PROVIDER_REPLY_INVALID"],
    ["points of nobody", { Code: "200", Success: true, Datapoints: '[{"timestamp":1,"Average":1}]' }, "PROVIDER_REPLY_INVALID"],
    ["points that are none", { Code: "200", Success: true, Datapoints: '{"a":1}' }, "PROVIDER_REPLY_INVALID"],
    ["points of another type", { Code: "200", Success: true, Datapoints: [] }, "PROVIDER_REPLY_INVALID"],
  ])("%s", async (_, body, code) => {
    const failure = await read({ body });
    expect(failure!.code, failure!.message).toBe(code);
  });
});

const LOGS = "/logstores/app/logs";

describe("replies of the log service", () => {
  const read = async (reply: StubReply) => {
    await using world = await openStubWorld(({ operation }) => (operation === LOGS ? reply : undefined));
    const request = { sources: [{ name: "project/app" }], window: FIVE_MINUTES, limit: 5 };
    const failure = await failureOf(collect(world.provider.logs!.read(STUB_SCOPE, request, world.context)));
    return { failure, request: world.requests.at(-1)! };
  };
  const logs = (data: unknown, meta: object = {}) => ({ body: { data, meta: { progress: "Complete", ...meta } } });

  test.each<[string, StubReply, string]>([
    ["a missing permission", slsError("Unauthorized", "denied by sts or ram, action: log:GetLogStoreLogs", 401), "PROVIDER_FORBIDDEN"],
    ["an unknown key", slsError("Unauthorized", "AccessKeyId not found: LTAI", 401), "PROVIDER_UNAUTHENTICATED"],
    ["a wrong signature", slsError("SignatureNotMatch", "no", 401), "PROVIDER_UNAUTHENTICATED"],
    ["an expired session", slsError("SecurityTokenExpired", "no", 401), "PROVIDER_UNAUTHENTICATED"],
    ["a clock that is wrong", slsError("RequestTimeExpired"), "PROVIDER_UNAUTHENTICATED"],
    ["a quota", slsError("ReadQuotaExceed", "no", 403), "PROVIDER_RATE_LIMITED"],
    ["a missing project", slsError("ProjectNotExist", "no", 404), "PROVIDER_NOT_FOUND"],
    ["a missing logstore", slsError("LogStoreNotExist", "no", 404), "PROVIDER_NOT_FOUND"],
    ["a busy server", slsError("ServerBusy", "no", 503), "PROVIDER_UNAVAILABLE"],
    ["a broken server", slsError("InternalServerError", "no", 500), "PROVIDER_UNAVAILABLE"],
    ["a wrong parameter", slsError("ParameterInvalid"), "PROVIDER_FAILED"],
    ["a page of a proxy", { status: 502, body: "<html>" }, "PROVIDER_UNAVAILABLE"],
    ["a cut reply", { body: '{"meta":{"progress":"Comp' }, "PROVIDER_REPLY_INVALID"],
    ["a reply without meta", { body: { data: [] } }, "PROVIDER_REPLY_INVALID"],
    ["a reply without data", { body: { meta: { progress: "Complete" } } }, "PROVIDER_REPLY_INVALID"],
    ["a reply without progress", { body: { data: [], meta: {} } }, "PROVIDER_REPLY_INVALID"],
    ["a log without time", logs([{ message: "x" }]), "PROVIDER_REPLY_INVALID"],
    ["a log with an unreadable time", logs([{ __time__: "noon" }]), "PROVIDER_REPLY_INVALID"],
    [
      "a block that cannot be unpacked",
      { body: "no lz4", headers: { "x-log-compresstype": "lz4", "x-log-bodyrawsize": "100" } },
      "PROVIDER_REPLY_INVALID",
    ],
  ])("%s", async (_, reply, code) => {
    const { failure } = await read(reply);
    expect(failure!.code, failure!.message).toBe(code);
  });

  test("requests go to the project's host, signed in the newer way, for seconds of which the last is not meant", async () => {
    const { request, failure } = await read(logs([]));
    expect(failure).toBeUndefined();
    expect(request.host).toBe("project.cn-beijing.log.aliyuncs.com");
    expect(request.headers.authorization).toMatch(/^SLS4-HMAC-SHA256 Credential=LTAIstub00000000Q2Xx\/\d{8}\/cn-beijing\/sls\//);
    expect(JSON.parse(request.body)).toEqual({
      from: FIVE_MINUTES.fromMs / 1_000,
      to: FIVE_MINUTES.toMs / 1_000,
      line: 100,
      offset: 0,
      query: "*",
      reverse: true,
    });
  });

  test("an answer that stays incomplete is told as cut", async () => {
    const reply = logs([{ __time__: String(FIVE_MINUTES.fromMs / 1_000), message: "x" }], { progress: "Incomplete" });
    await using world = await openStubWorld(({ operation }) => (operation === LOGS ? reply : undefined));
    const request = { sources: [{ name: "project/app" }], window: FIVE_MINUTES, limit: 5 };
    const [page] = await collect(world.provider.logs!.read(STUB_SCOPE, request, world.context));
    expect(page!.entries).toHaveLength(1);
    expect(page!.truncated?.en).toContain("10 requests");
    expect(world.context.count("alicloud.sls.GetLogsV2")).toBe(10);
  });

  test("logs that came before a page was lost stay in the answer", async () => {
    const page = logs(Array.from({ length: 100 }, () => ({ __time__: String(FIVE_MINUTES.fromMs / 1_000), message: "x" })));
    await using world = await openStubWorld(({ operation, body }) => {
      if (operation !== LOGS) return undefined;
      return (JSON.parse(body) as { offset: number }).offset > 0 ? slsError("ParameterInvalid") : page;
    });
    const request = { sources: [{ name: "project/app" }], window: FIVE_MINUTES, limit: 500 };
    let entries = 0;
    const failure = await failureOf(
      (async () => {
        for await (const each of world.provider.logs!.read(STUB_SCOPE, request, world.context)) entries += each.entries!.length;
      })(),
    );
    expect(failure!.code).toBe("PROVIDER_PAGE_LOST");
    expect(entries).toBe(100);
  });
});

describe("errors without a reply", () => {
  test.each(["ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT"])("%s is PROVIDER_UNAVAILABLE", (code) => {
    expect(toAlicloudError(Object.assign(new Error("socket"), { code })).code).toBe("PROVIDER_UNAVAILABLE");
  });

  test("our own errors pass through", () => {
    const own = new OrchestratorError({ code: "INTERNAL", message: "x" });
    expect(toAlicloudError(own)).toBe(own);
    const configuration = new ConfigurationError({ code: "DEPENDENCY_MISSING", message: "x" });
    expect(toAlicloudError(configuration)).toBe(configuration);
  });

  test("a request that is given up ends at once, with the reason", async () => {
    await using world = await openWorld({ instances: 60 }, { requestTimeoutMs: 60_000 });
    await world.scopes();
    await world.fault("alicloud:DescribeInstances:timeout", "alicloud:GetLogsV2:timeout");
    for (const [, ask] of OPERATIONS.filter(([operation]) => operation === "DescribeInstances" || operation === "GetLogsV2")) {
      const controller = new AbortController();
      const reason = new Error("enough");
      const asked = failureOf(ask(world, world.context({ signal: controller.signal })));
      setTimeout(() => controller.abort(reason), 20);
      expect(await asked).toBe(reason);
    }
  });
});
