import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsWorld, startAwsWorld } from "../aws-world.ts";
import { errorCodeOf, errorViolations } from "./error-violations.ts";
import { type RecordedReply, type Recorder, recorder } from "./recorded-replies.ts";
import { WIRE_SERVICES, type WireInput, type WireServiceId } from "./wire-services.ts";

let world: AwsWorld;
let call: Recorder["call"];

beforeAll(async () => {
  world = await startAwsWorld({ deny: ["aws:eu-west-1"] });
  ({ call } = recorder(world));
});
afterAll(() => world.emulator.close());

async function setFaults(...faults: string[]) {
  await fetch(`${world.emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
}

/** The code of a refusal that fits the model. */
function expectKnown(reply: RecordedReply): string {
  expect(errorViolations(reply)).toEqual([]);
  return errorCodeOf(reply);
}

const FIRST: Readonly<Record<WireServiceId, readonly [operation: string, input?: WireInput]>> = {
  ec2: ["DescribeInstances"],
  sts: ["GetCallerIdentity"],
  cloudwatch: ["ListMetrics"],
  "cloudwatch-xml": ["ListMetrics"],
  logs: ["DescribeLogGroups"],
  xray: ["GetTraceSummaries", { target: "/TraceSummaries", body: { StartTime: 1_787_000_000, EndTime: 1_787_000_600 } }],
  rds: ["DescribeDBInstances"],
  lambda: ["ListFunctions", { target: "/2015-03-31/functions/" }],
  elb: ["DescribeLoadBalancers"],
};

describe.each(Object.entries(FIRST))("%s refuses in the vendor's codes", (service, [operation, input]) => {
  const id = service as WireServiceId;
  const json = !["query", "ec2-query"].includes(WIRE_SERVICES[id].protocol);
  const ec2 = id === "ec2";

  it("when it throttles", async () => {
    await setFaults(`aws:${operation}:throttle`);
    const expected = { ec2: "RequestLimitExceeded", lambda: "TooManyRequestsException", xray: "ThrottledException" }[service as string];
    expect(expectKnown(await call(id, operation, input))).toBe(expected ?? (json ? "ThrottlingException" : "Throttling"));
  });

  it("when credentials have expired", async () => {
    await setFaults(`aws:${operation}:expired`);
    expect(expectKnown(await call(id, operation, input))).toBe(ec2 ? "RequestExpired" : json ? "ExpiredTokenException" : "ExpiredToken");
  });

  it("when it fails itself", async () => {
    await setFaults(`aws:${operation}:500`);
    const reply = await call(id, operation, input);
    expectKnown(reply);
    expect(reply.status).toBeGreaterThanOrEqual(500);
  });

  it("when a region is denied", async () => {
    await setFaults();
    const reply = await call(id, operation, input, "eu-west-1");
    // No policy can deny it (API reference, GetCallerIdentity).
    if (operation === "GetCallerIdentity") expect(reply.status).toBe(200);
    else expect(expectKnown(reply)).toBe(ec2 ? "UnauthorizedOperation" : json ? "AccessDeniedException" : "AccessDenied");
  });

  it("when the region is not enabled", async () => {
    await setFaults();
    expect(expectKnown(await call(id, operation, input, "ap-east-1"))).toBe(
      ec2 ? "AuthFailure" : json ? "UnrecognizedClientException" : "InvalidClientTokenId",
    );
  });
});

describe("wrong input", () => {
  it.each<[WireServiceId, string, WireInput, string]>([
    ["ec2", "DescribeInstances", { "InstanceId.1": "i-0123456789abcdef0" }, "InvalidInstanceID.NotFound"],
    ["ec2", "DescribeInstances", { "Filter.1.Name": "colour", "Filter.1.Value.1": "red" }, "InvalidParameterValue"],
    ["cloudwatch", "GetMetricData", { StartTime: 1_787_000_600, EndTime: 1_787_000_000, MetricDataQueries: [] }, "ValidationError"],
    ["logs", "DescribeLogGroups", { limit: 51 }, "InvalidParameterException"],
    ["logs", "FilterLogEvents", { logGroupName: "/no" }, "ResourceNotFoundException"],
    ["logs", "StartQuery", { logGroupName: "/app/auth", startTime: 1, endTime: 2, queryString: "fields |" }, "MalformedQueryException"],
    ["xray", "GetTraceSummaries", { target: "/TraceSummaries", body: {} }, "InvalidRequestException"],
    ["rds", "DescribeDBInstances", { DBInstanceIdentifier: "none" }, "DBInstanceNotFound"],
    ["rds", "DescribeDBInstances", { MaxRecords: 5 }, "InvalidParameterValue"],
    ["lambda", "ListFunctions", { target: "/2015-03-31/functions/?MaxItems=0" }, "InvalidParameterValueException"],
    ["lambda", "ListTags", { target: "/2017-03-31/tags/arn%3Anone" }, "ResourceNotFoundException"],
    ["elb", "DescribeLoadBalancers", { "Names.member.1": "none" }, "LoadBalancerNotFound"],
    ["elb", "DescribeTags", {}, "ValidationError"],
    ["sts", "AssumeRole", { RoleArn: "arn:aws:iam::444455556666:role/other", RoleSessionName: "test" }, "AccessDenied"],
    ["sts", "NoSuchOperation", {}, "InvalidAction"],
  ])("%s %s %j is %s", async (id, operation, input, code) => {
    await setFaults();
    expect(expectKnown(await call(id, operation, input))).toBe(code);
  });
});
