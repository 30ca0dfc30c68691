import { GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeInstancesCommand, DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAULT_KINDS, startEmulator } from "../../src/emulator/index.ts";
import { ConfigurationError } from "../../src/errors/index.ts";
import { sendSigned } from "./signed-request.ts";
import { refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

type Started = Awaited<ReturnType<typeof startedEmulator>>;

const listInstances = (emulator: Started, region?: string) => emulator.ec2(region).send(new DescribeInstancesCommand({}));
const listMetrics = (emulator: Started, region?: string) => emulator.cloudWatch(region).send(new ListMetricsCommand({}));
const getMetricData = (emulator: Started) => {
  const Metric = { Namespace: "AWS/EC2", MetricName: "CPUUtilization", Dimensions: [] };
  const MetricDataQueries = [{ Id: "m", MetricStat: { Metric, Period: 300, Stat: "Average" } }];
  return emulator.cloudWatch().send(new GetMetricDataCommand({ StartTime: WINDOW.from, EndTime: WINDOW.to, MetricDataQueries }));
};
const statuses = async (emulator: Started) => (await emulator.calls()).map((call) => `${call.operation} ${call.fault} ${call.status}`);

describe("a fault", () => {
  it("throttles as each service does, as often as it says, then lets calls pass", async () => {
    const emulator = await startedEmulator({ faults: ["aws:DescribeInstances:throttle:2", "aws:GetMetricData:throttle:1"] });
    expect(await refusal(listInstances(emulator))).toMatchObject({ name: "RequestLimitExceeded", status: 503 });
    expect(await refusal(listInstances(emulator))).toMatchObject({ name: "RequestLimitExceeded", status: 503 });
    expect((await listInstances(emulator)).Reservations).not.toEqual([]);
    const throttled = await refusal(getMetricData(emulator));
    expect(throttled.status).toBe(400);
    expect(throttled.name).toMatch(/^Throttling/);
    await getMetricData(emulator);
    expect(await statuses(emulator)).toEqual([
      "ec2.DescribeInstances throttle 503",
      "ec2.DescribeInstances throttle 503",
      "ec2.DescribeInstances null 200",
      "cloudwatch.GetMetricData throttle 400",
      "cloudwatch.GetMetricData null 200",
    ]);
  });

  it("without a number never stops, and with * befalls every operation", async () => {
    const emulator = await startedEmulator({ faults: ["aws:*:500"] });
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await refusal(listInstances(emulator))).toMatchObject({ name: "InternalError", status: 500 });
      expect(await refusal(listMetrics(emulator))).toMatchObject({ status: 500 });
    }
  });

  it("expires credentials in the words of each protocol", async () => {
    const emulator = await startedEmulator({ faults: ["aws:*:expired"] });
    expect(await refusal(listInstances(emulator))).toMatchObject({ name: "RequestExpired", status: 400 });
    expect(await refusal(emulator.sts().send(new GetCallerIdentityCommand({})))).toMatchObject({ name: "ExpiredToken", status: 403 });
    expect((await refusal(listMetrics(emulator))).name).toMatch(/^ExpiredToken/);
  });

  it("cuts a reply in the middle", async () => {
    const emulator = await startedEmulator({ faults: ["aws:DescribeRegions:malformed:1"] });
    const request = { service: "ec2", body: "Action=DescribeRegions&Version=2016-11-15" };
    const { status, text } = await sendSigned(emulator.url, request);
    const whole = await sendSigned(emulator.url, request);
    expect(status).toBe(200);
    expect(text.length).toBe(Math.floor(whole.text.length / 2));
    expect(text).not.toContain("</DescribeRegionsResponse>");
    expect(whole.text).toContain("</DescribeRegionsResponse>");
  });

  it("cuts the connection", async () => {
    const emulator = await startedEmulator({ faults: ["aws:DescribeRegions:reset:1"] });
    await expect(emulator.ec2().send(new DescribeRegionsCommand({}))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await statuses(emulator)).toEqual(["ec2.DescribeRegions reset null"]);
  });

  it("never answers, until the caller gives up or the emulator stops", async () => {
    const emulator = await startedEmulator({ faults: ["aws:DescribeRegions:timeout"] });
    const givenUp = new AbortController();
    const call = emulator.ec2().send(new DescribeRegionsCommand({}), { abortSignal: givenUp.signal });
    call.catch(() => {});
    while ((await emulator.calls()).length === 0) await new Promise((resolve) => setImmediate(resolve));
    givenUp.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    const waiting = emulator.ec2().send(new DescribeRegionsCommand({}));
    waiting.catch(() => {});
    while ((await emulator.calls()).length === 1) await new Promise((resolve) => setImmediate(resolve));
    expect((await emulator.calls()).map((one) => one.endMs)).toEqual([null, null]);
    await emulator.close();
    await expect(waiting).rejects.toThrow();
  });

  it("loses a page: first the token is refused, the next time it comes back again", async () => {
    const emulator = await startedEmulator({ instances: 400, faults: ["aws:DescribeInstances:lost-page:2"] });
    const first = await emulator.ec2().send(new DescribeInstancesCommand({ MaxResults: 5 }));
    const second = () => emulator.ec2().send(new DescribeInstancesCommand({ MaxResults: 5, NextToken: first.NextToken }));
    expect(await refusal(second())).toMatchObject({ name: "InvalidNextToken" });
    expect((await second()).NextToken).toBe(first.NextToken);
    const sound = await second();
    expect(sound.NextToken).not.toBe(first.NextToken);
    expect(sound.NextToken).toEqual(expect.any(String));
  });

  it("loses pages of JSON replies too", async () => {
    const emulator = await startedEmulator({ instances: 1_000, faults: ["aws:ListMetrics:lost-page"] });
    const { NextToken } = await listMetrics(emulator);
    const second = () => emulator.cloudWatch().send(new ListMetricsCommand({ NextToken }));
    expect((await refusal(second())).name).toBe("InvalidNextToken");
    expect((await second()).NextToken).toBe(NextToken);
  });

  it("makes calls slow by seconds, and latency makes all of them slow by what it says", async () => {
    const emulator = await startedEmulator({ latencyMs: 40, faults: ["aws:DescribeRegions:slow:1"] });
    await emulator.ec2().send(new DescribeRegionsCommand({}));
    await emulator.ec2().send(new DescribeRegionsCommand({}));
    const [slow, usual] = (await emulator.calls()).map((call) => (call.endMs ?? 0) - call.startMs);
    // Told by the emulator about itself; timers never fire early.
    expect(slow).toBeGreaterThanOrEqual(3_038);
    expect(usual).toBeGreaterThanOrEqual(38);
  });

  it("does not befall calls that are not who they say they are", async () => {
    const emulator = await startedEmulator({ faults: ["aws:DescribeRegions:throttle:1"] });
    const stranger = emulator.ec2("us-east-1", { accessKeyId: "AKIAUNKNOWN000000000", secretAccessKey: "none" });
    expect((await refusal(stranger.send(new DescribeRegionsCommand({})))).name).toBe("AuthFailure");
    expect((await refusal(emulator.ec2().send(new DescribeRegionsCommand({})))).name).toBe("RequestLimitExceeded");
  });
});

describe("a denied region", () => {
  it("refuses every service in its own words, and no other region", async () => {
    const emulator = await startedEmulator({ deny: ["aws:eu-west-1"] });
    expect(await refusal(listInstances(emulator, "eu-west-1"))).toMatchObject({ name: "UnauthorizedOperation", status: 403 });
    expect(await refusal(listMetrics(emulator, "eu-west-1"))).toMatchObject({ status: 400, name: expect.stringMatching(/^AccessDenied/) });
    await listInstances(emulator, "us-west-2");
    await listMetrics(emulator, "us-west-2");
  });

  it("still tells who one is and which regions there are", async () => {
    const emulator = await startedEmulator({ deny: ["aws:us-east-1"] });
    await emulator.sts().send(new GetCallerIdentityCommand({}));
    await emulator.ec2().send(new DescribeRegionsCommand({}));
    expect((await refusal(listInstances(emulator))).name).toBe("UnauthorizedOperation");
  });
});

describe("rules that cannot be", () => {
  it.each([
    [{ faults: ["aws:DescribeInstances"] }, "PROVIDER:OPERATION:KIND[:TIMES]", "aws:DescribeInstances:throttle:2"],
    [{ faults: ["aws:DescribeInstances:throttle:2:3"] }, "PROVIDER:OPERATION:KIND[:TIMES]", "aws:DescribeInstances:throttle:2"],
    [{ faults: ["mars:DescribeInstances:throttle"] }, 'the provider "mars"', "aws"],
    [{ faults: ["aws:RebootInstances:throttle"] }, 'the operation "RebootInstances"', "DescribeInstances"],
    [{ faults: ["aws:DescribeInstances:explode"] }, 'the kind "explode"', FAULT_KINDS.join(", ")],
    [{ faults: ["aws:DescribeInstances:throttle:0"] }, '"0" times', "whole number"],
    [{ faults: ["aws:DescribeInstances:throttle:often"] }, '"often" times', "never stops"],
    [{ deny: ["eu-west-1"] }, "PROVIDER:REGION", "aws:eu-west-1"],
    [{ deny: ["aws:mars-1"] }, 'the region "mars-1"', "eu-west-1"],
    [{ instances: 0 }, "instances", "1 to 100000"],
    [{ seed: -1 }, "seed", "seed"],
    [{ port: 70_000 }, "port", "port"],
    [{ colour: "red" }, "colour", "latencyMs"],
  ])("%j are refused with a sentence that says what is known", async (options, fact, hint) => {
    const error = await startEmulator(options as object).then(
      (emulator) => emulator.close().then(() => undefined),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    const { code, text, hint: hints } = error as ConfigurationError;
    expect(code).toBe("CONFIGURATION_INVALID");
    expect(text.en).toContain(fact);
    expect(`${text.en} ${hints?.en}`).toContain(hint);
    expect(text.zh).toMatch(/\p{Script=Han}/u);
    expect(hints?.zh).toMatch(/\p{Script=Han}/u);
  });

  it("never crash the start, whatever they say", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("aws:", ":", "aws:*:", "aws:*:slow:1e9")), { minLength: 1 }),
        async (faults) => {
          await expect(startEmulator({ faults })).rejects.toBeInstanceOf(ConfigurationError);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("include a port that is taken", async () => {
    const emulator = await startedEmulator();
    await expect(startEmulator({ port: Number(new URL(emulator.url).port) })).rejects.toMatchObject({ code: "CONFIGURATION_INVALID" });
  });
});
