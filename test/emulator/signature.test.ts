import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type SentRequest, type Signing, sendSigned } from "./signed-request.ts";
import { CREDENTIALS, MAIN, PAYMENTS, PAYMENTS_ROLE, refusal, startedEmulator } from "./started-emulator.ts";

const IDENTITY: Signing = { service: "sts", body: "Action=GetCallerIdentity&Version=2011-06-15" };
const REGIONS: Signing = { service: "ec2", body: "Action=DescribeRegions&Version=2016-11-15" };
const ALARMS: Signing = {
  service: "monitoring",
  body: "{}",
  headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "GraniteServiceVersion20100801.DescribeAlarms" },
};
const UNKNOWN_KEY = { ...CREDENTIALS, accessKeyId: "AKIAUNKNOWN000000000" };
const WRONG_SECRET = { ...CREDENTIALS, secretAccessKey: "wrong" };
const AN_HOUR_MS = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

async function assumed(emulator: Awaited<ReturnType<typeof startedEmulator>>, seconds?: number) {
  const { Credentials } = await emulator
    .sts()
    .send(new AssumeRoleCommand({ RoleArn: PAYMENTS_ROLE, RoleSessionName: "test", ...(seconds ? { DurationSeconds: seconds } : {}) }));
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
    expiration: Credentials?.Expiration,
  };
}

describe("signatures", () => {
  it("written from the specification alone are accepted, in query strings too", async () => {
    const { url } = await startedEmulator();
    expect((await sendSigned(url, IDENTITY)).text).toContain(`<Account>${MAIN}</Account>`);
    expect((await sendSigned(url, REGIONS)).status).toBe(200);
    expect((await sendSigned(url, ALARMS)).status).toBe(200);
    const inQueryString = { service: "ec2", method: "GET", target: "/?Action=DescribeRegions&Version=2016-11-15&RegionName.1=us-west-2" };
    expect((await sendSigned(url, inQueryString)).text).toContain("<regionName>us-west-2</regionName>");
  });

  it.each([
    ["an unknown key", { credentials: UNKNOWN_KEY }, "AuthFailure 401", "InvalidClientTokenId 403", "UnrecognizedClientException 400"],
    ["a wrong secret", { credentials: WRONG_SECRET }, "AuthFailure 401", "SignatureDoesNotMatch 403", "InvalidSignatureException 400"],
    [
      "an old date",
      { dateMs: Date.now() - AN_HOUR_MS },
      "RequestExpired 400",
      "SignatureDoesNotMatch 403",
      "InvalidSignatureException 400",
    ],
    [
      "a date to come",
      { dateMs: Date.now() + AN_HOUR_MS },
      "RequestExpired 400",
      "SignatureDoesNotMatch 403",
      "InvalidSignatureException 400",
    ],
    [
      "a body that was changed on the way",
      { tamper: ({ body }: SentRequest) => ({ body: `${body} ` }) },
      "AuthFailure 401",
      "SignatureDoesNotMatch 403",
      "InvalidSignatureException 400",
    ],
    [
      "another query string than was signed",
      { tamper: ({ target }: SentRequest) => ({ target: `${target}?extra=1` }) },
      "AuthFailure 401",
      "SignatureDoesNotMatch 403",
      "InvalidSignatureException 400",
    ],
    [
      "a security token that is none",
      { credentials: { ...CREDENTIALS, sessionToken: "made-up" } },
      "AuthFailure 401",
      "InvalidClientTokenId 403",
      "UnrecognizedClientException 400",
    ],
    [
      "an Authorization header of another kind",
      { tamper: ({ headers }: SentRequest) => ({ headers: { ...headers, authorization: "AWS4-HMAC-SHA256 nonsense" } }) },
      "IncompleteSignature 403",
      "IncompleteSignature 403",
      "IncompleteSignatureException 400",
    ],
  ] as const)("with %s are refused in the words of each protocol", async (_, signing, ec2, query, json) => {
    const { url } = await startedEmulator();
    const code = (text: string) => /<Code>(\w+)<\/Code>/.exec(text)?.[1];
    const answers = await Promise.all([REGIONS, IDENTITY, ALARMS].map((request) => sendSigned(url, { ...request, ...signing } as Signing)));
    expect(answers.map(({ status, text }) => `${code(text) ?? (JSON.parse(text) as { __type: string }).__type} ${status}`)).toEqual([
      ec2,
      query,
      json,
    ]);
  });

  it("that miss the headers AWS wants signed are refused", async () => {
    const { url } = await startedEmulator();
    const answer = await sendSigned(url, {
      ...IDENTITY,
      tamper: ({ headers }) => ({
        headers: { ...headers, authorization: headers.authorization?.replace("SignedHeaders=host;", "SignedHeaders=") ?? "" },
      }),
    });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("<Code>IncompleteSignature</Code>");
  });

  it("may not be left out", async () => {
    const { url } = await startedEmulator();
    const response = await fetch(url, { method: "POST", body: "Action=GetCallerIdentity&Version=2011-06-15" });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("<Code>MissingAuthenticationToken</Code>");
  });

  it("are judged in the call log", async () => {
    const emulator = await startedEmulator();
    await sendSigned(emulator.url, IDENTITY);
    await sendSigned(emulator.url, { ...IDENTITY, credentials: WRONG_SECRET });
    await sendSigned(emulator.url, { ...IDENTITY, credentials: UNKNOWN_KEY });
    await sendSigned(emulator.url, { ...IDENTITY, dateMs: Date.now() - AN_HOUR_MS });
    expect((await emulator.calls()).map((call) => call.signature)).toEqual(["ok", "wrong", "unknown-key", "skewed"]);
  });

  it("are checked against the machine's clock, not the world's", async () => {
    const emulator = await startedEmulator({ now: () => Date.parse("2020-01-01T00:00:00Z") });
    expect((await emulator.sts().send(new GetCallerIdentityCommand({}))).Account).toBe(MAIN);
  });

  it("for a region that is not enabled are not known there", async () => {
    const emulator = await startedEmulator();
    expect(await refusal(emulator.ec2("ap-east-1").send(new DescribeRegionsCommand({})))).toMatchObject({
      name: "AuthFailure",
      status: 401,
    });
    expect(await refusal(emulator.sts("mars-1").send(new GetCallerIdentityCommand({})))).toMatchObject({ name: "InvalidClientTokenId" });
  });
});

describe("sessions", () => {
  it("carry the account of the role", async () => {
    const emulator = await startedEmulator();
    const identity = await emulator.sts("us-east-1", await assumed(emulator)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: PAYMENTS, Arn: `arn:aws:sts::${PAYMENTS}:assumed-role/nephoscope-read/test` });
    expect((await emulator.calls()).map((call) => call.account)).toEqual([MAIN, PAYMENTS]);
  });

  it("live as long as they were asked for, and are refused afterwards", async () => {
    const emulator = await startedEmulator();
    vi.useFakeTimers({ toFake: ["Date"] });
    const session = await assumed(emulator, 900);
    expect(Math.abs((session.expiration?.getTime() ?? 0) - Date.now() - 900_000)).toBeLessThan(2_000);
    vi.setSystemTime(Date.now() + 901_000);
    expect(await refusal(emulator.sts("us-east-1", session).send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: "ExpiredToken",
      status: 403,
    });
    expect(await refusal(emulator.ec2("us-east-1", session).send(new DescribeRegionsCommand({})))).toMatchObject({
      name: "RequestExpired",
    });
  });

  it("survive a reset of the emulator", async () => {
    const emulator = await startedEmulator();
    const session = await assumed(emulator);
    await emulator.post("reset", {});
    expect((await emulator.sts("us-east-1", session).send(new GetCallerIdentityCommand({}))).Account).toBe(PAYMENTS);
  });

  it("are not given for unknown roles, to other accounts, or for impossible durations", async () => {
    const emulator = await startedEmulator();
    const unknown = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${PAYMENTS}:role/admin`, RoleSessionName: "test" });
    expect(await refusal(emulator.sts().send(unknown))).toMatchObject({ name: "AccessDenied", status: 403 });
    const again = new AssumeRoleCommand({ RoleArn: PAYMENTS_ROLE, RoleSessionName: "test" });
    expect(await refusal(emulator.sts("us-east-1", await assumed(emulator)).send(again))).toMatchObject({ name: "AccessDenied" });
    const short = new AssumeRoleCommand({ RoleArn: PAYMENTS_ROLE, RoleSessionName: "test", DurationSeconds: 60 });
    expect(await refusal(emulator.sts().send(short))).toMatchObject({ name: "ValidationError", status: 400 });
    const nameless = new AssumeRoleCommand({ RoleArn: PAYMENTS_ROLE, RoleSessionName: "no spaces" });
    expect(await refusal(emulator.sts().send(nameless))).toMatchObject({ name: "ValidationError", status: 400 });
  });
});
