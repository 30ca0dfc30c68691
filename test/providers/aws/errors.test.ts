import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConfigurationError, OrchestratorError, ProviderError } from "../../../src/errors/index.ts";
import { toAwsError } from "../../../src/providers/aws/errors.ts";
import { collect } from "../fake-context.ts";
import { ec2Error, instancesXml, type StubReply } from "./stub-aws.ts";
import { openStubWorld, useKeys } from "./stub-world.ts";
import { FIVE_MINUTES, openWorld, type World } from "./world.ts";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as ProviderError,
  );

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
    await world.fault(...OPERATIONS.map(([operation]) => `aws:${operation}:${fault}`));
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
    await using denied = await openWorld({ instances: 40, deny: ["aws:us-east-1"] });
    for (const [operation, ask] of OPERATIONS) {
      const failure = await failureOf(ask(denied, denied.context()));
      expect(failure!.code, operation).toBe("PROVIDER_FORBIDDEN");
      expect(failure!.hint?.en).toContain("read access");
    }
  });
});

const SCOPE = { provider: "aws", account: "111122223333", region: "us-east-1", service: "compute" };
type Ask = (world: World, context: ReturnType<World["context"]>) => Promise<unknown>;
const OPERATIONS: readonly (readonly [operation: string, ask: Ask])[] = [
  ["DescribeInstances", ({ provider }, context) => collect(provider.resources["virtual-machine"]!(SCOPE, {}, context))],
  ["DescribeDBInstances", ({ provider }, context) => collect(provider.resources.database!(SCOPE, {}, context))],
  ["ListFunctions", ({ provider }, context) => collect(provider.resources.function!(SCOPE, {}, context))],
  ["DescribeLoadBalancers", ({ provider }, context) => collect(provider.resources["load-balancer"]!(SCOPE, {}, context))],
  ["DescribeAlarms", ({ provider }, context) => collect(provider.alarms!.list(SCOPE, ["alarm"], context))],
  ["DescribeLogGroups", ({ provider }, context) => collect(provider.logs!.sources(SCOPE, undefined, context))],
  [
    "StartQuery",
    ({ provider }, context) =>
      collect(provider.logs!.read(SCOPE, { sources: [{ name: "/app/auth" }], window: FIVE_MINUTES, limit: 5 }, context)),
  ],
  [
    "GetTraceSummaries",
    ({ provider }, context) => collect(provider.traces!.search(SCOPE, { errorsOnly: false, window: FIVE_MINUTES }, context)),
  ],
  ["GetServiceGraph", ({ provider }, context) => collect(provider.traces!.services(SCOPE, { window: FIVE_MINUTES }, context))],
  [
    "GetMetricData",
    ({ provider }, context) => {
      const resource = {
        ...SCOPE,
        kind: "virtual-machine" as const,
        id: "i-1",
        name: "i-1",
        state: "running" as const,
        tags: {},
        attributes: {},
      };
      const metric = provider.metrics!.catalogue[0]!;
      const request = { targets: [{ resource, metric }], statistic: "average" as const, window: FIVE_MINUTES };
      return collect(provider.metrics!.read(SCOPE, request, context));
    },
  ],
];

describe("replies of EC2", () => {
  let restore: () => void;
  beforeAll(() => {
    restore = useKeys();
  });
  afterAll(() => restore());

  test.each<[string, StubReply, string]>([
    ["ExpiredToken", ec2Error("ExpiredToken"), "PROVIDER_UNAUTHENTICATED"],
    ["AuthFailure", ec2Error("AuthFailure"), "PROVIDER_UNAUTHENTICATED"],
    ["InvalidClientTokenId", ec2Error("InvalidClientTokenId"), "PROVIDER_UNAUTHENTICATED"],
    ["SignatureDoesNotMatch", ec2Error("SignatureDoesNotMatch"), "PROVIDER_UNAUTHENTICATED"],
    ["UnauthorizedOperation", ec2Error("UnauthorizedOperation"), "PROVIDER_FORBIDDEN"],
    ["OptInRequired", ec2Error("OptInRequired"), "PROVIDER_FORBIDDEN"],
    ["RequestLimitExceeded", ec2Error("RequestLimitExceeded"), "PROVIDER_RATE_LIMITED"],
    ["InternalError", ec2Error("InternalError"), "PROVIDER_UNAVAILABLE"],
    ["InvalidFilter", ec2Error("InvalidFilter"), "PROVIDER_FAILED"],
    ["a page of a proxy", { status: 502, body: "<html><body>Bad gateway" }, "PROVIDER_UNAVAILABLE"],
    ["an empty reply", { body: "" }, "PROVIDER_REPLY_INVALID"],
    ["a page of a captive portal", { body: "<html><body><p>Log in</p></body></html>" }, "PROVIDER_REPLY_INVALID"],
    ["a reply cut in the middle", { body: instancesXml([1, 2, 3]).slice(0, 400) }, "PROVIDER_REPLY_INVALID"],
    ["a list under another name", { body: instancesXml([1]).replaceAll("reservationSet", "bookingSet") }, "PROVIDER_REPLY_INVALID"],
    ["a machine without id", { body: instancesXml([1]).replaceAll("instanceId", "machineId") }, "PROVIDER_REPLY_INVALID"],
    ["a machine without state", { body: instancesXml([1]).replaceAll("instanceState", "condition") }, "PROVIDER_REPLY_INVALID"],
  ])("%s", async (_, reply, code) => {
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? reply : undefined));
    const failure = await failureOf(collect(world.list()));
    expect(failure!.code, failure!.message).toBe(code);
  });

  test("a wait that the cloud asks for is told in milliseconds", async () => {
    const reply = { ...ec2Error("RequestLimitExceeded"), headers: { "retry-after": "7" } };
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? reply : undefined));
    const failure = await failureOf(collect(world.list()));
    expect(failure!.retryAfterMs).toBe(7_000);
    expect(failure!.details).toMatchObject({ vendorCode: "RequestLimitExceeded", httpStatus: 400 });
  });

  test("each failure is one request: the SDK does not retry", async () => {
    await using world = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? ec2Error("Throttling") : undefined));
    await failureOf(collect(world.list()));
    expect(world.requests.filter((request) => request.operation === "DescribeInstances")).toHaveLength(1);
  });
});

describe("errors without a reply", () => {
  test("a missing credential is a configuration error that names what to set", () => {
    const mapped = toAwsError(
      Object.assign(new Error("Could not load credentials from any providers"), { name: "CredentialsProviderError" }),
    );
    expect(mapped).toBeInstanceOf(ConfigurationError);
    expect(mapped.code).toBe("CREDENTIAL_MISSING");
    expect(mapped.hint?.en).toContain("AWS_PROFILE");
    expect(mapped.hint?.zh).toContain("nephoscope doctor");
  });

  test.each(["ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT"])("%s is PROVIDER_UNAVAILABLE", (code) => {
    expect(toAwsError(Object.assign(new Error("socket"), { code })).code).toBe("PROVIDER_UNAVAILABLE");
  });

  test("our own errors pass through", () => {
    const own = new OrchestratorError({ code: "INTERNAL", message: "x" });
    expect(toAwsError(own)).toBe(own);
  });
});
