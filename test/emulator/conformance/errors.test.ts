import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsWorld, startAwsWorld } from "../aws-world.ts";
import { errorCodeOf, errorViolations } from "./error-violations.ts";
import { FIRST_CALLS, REFUSED_CALLS, recordErrors, setFaults } from "./recorded-errors.ts";
import { type RecordedReply, type Recorder, recorder } from "./recorder.ts";
import { fieldPathsOf, renameField } from "./rename-field.ts";
import { WIRE_SERVICES, type WireServiceId } from "./wire-services.ts";

let world: AwsWorld;
let call: Recorder["call"];

beforeAll(async () => {
  world = await startAwsWorld({ deny: ["aws:eu-west-1"] });
  ({ call } = recorder(world));
});
afterAll(() => world.emulator.close());

/** The code of a refusal that fits the model. */
function expectKnown(reply: RecordedReply): string {
  expect(errorViolations(reply)).toEqual([]);
  return errorCodeOf(reply);
}

describe.each(Object.entries(FIRST_CALLS))("%s refuses in the vendor's codes", (service, [operation, input]) => {
  const id = service as WireServiceId;
  const json = !["query", "ec2-query"].includes(WIRE_SERVICES[id].protocol);
  const ec2 = id === "ec2";

  it("when it throttles", async () => {
    await setFaults(world, `aws:${operation}:throttle`);
    const own = {
      ec2: "RequestLimitExceeded",
      lambda: "TooManyRequestsException",
      servicequotas: "TooManyRequestsException",
      xray: "ThrottledException",
    };
    const expected = own[service as keyof typeof own];
    expect(expectKnown(await call(id, operation, input))).toBe(expected ?? (json ? "ThrottlingException" : "Throttling"));
  });

  it("when credentials have expired", async () => {
    await setFaults(world, `aws:${operation}:expired`);
    expect(expectKnown(await call(id, operation, input))).toBe(ec2 ? "RequestExpired" : json ? "ExpiredTokenException" : "ExpiredToken");
  });

  it("when it fails itself", async () => {
    await setFaults(world, `aws:${operation}:500`);
    const reply = await call(id, operation, input);
    expectKnown(reply);
    expect(reply.status).toBeGreaterThanOrEqual(500);
  });

  it("when a region is denied", async () => {
    await setFaults(world);
    const reply = await call(id, operation, input, "eu-west-1");
    // No policy can deny it (API reference, GetCallerIdentity).
    if (operation === "GetCallerIdentity") expect(reply.status).toBe(200);
    else expect(expectKnown(reply)).toBe(ec2 ? "UnauthorizedOperation" : json ? "AccessDeniedException" : "AccessDenied");
  });

  it("when the region is not enabled", async () => {
    await setFaults(world);
    const code = ec2 ? "AuthFailure" : json ? "UnrecognizedClientException" : "InvalidClientTokenId";
    expect(expectKnown(await call(id, operation, input, "ap-east-1"))).toBe(code);
  });
});

it.each(REFUSED_CALLS)("%s %s %j is %s", async (id, operation, input, code) => {
  await setFaults(world);
  expect(expectKnown(await call(id, operation, input))).toBe(code);
});

it("the check notices any one field called otherwise", async () => {
  const unnoticed: string[] = [];
  for (const reply of await recordErrors(world)) {
    for (const path of fieldPathsOf(reply)) {
      if (errorViolations({ ...reply, body: renameField(reply, path) }).length === 0)
        unnoticed.push(`${reply.id} ${errorCodeOf(reply)} ${path}`);
    }
  }
  expect(unnoticed).toEqual([]);
});
