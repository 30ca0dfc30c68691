import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  DescribeRegionsCommand,
  type EC2Client,
  type Instance,
  paginateDescribeInstances,
} from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueMatcher } from "../../src/emulator/aws/ec2-filters.ts";
import { MAIN, refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

async function listed(client: EC2Client, input: DescribeInstancesCommandInput = {}): Promise<Instance[]> {
  const instances: Instance[] = [];
  for await (const page of paginateDescribeInstances({ client }, input)) {
    for (const reservation of page.Reservations ?? []) instances.push(...(reservation.Instances ?? []));
  }
  return instances;
}

const ids = (instances: readonly Instance[]) => instances.map((instance) => instance.InstanceId);

async function fleetOf(emulator: Awaited<ReturnType<typeof startedEmulator>>, region = "us-east-1") {
  const truth = await emulator.truth(WINDOW.from, WINDOW.to);
  return truth.resources.filter(
    (resource) => resource.kind === "virtual-machine" && resource.account === MAIN && resource.region === region,
  );
}

describe("DescribeRegions", () => {
  it("names the enabled regions, and the disabled one when asked for all", async () => {
    const ec2 = (await startedEmulator()).ec2();
    const enabled = (await ec2.send(new DescribeRegionsCommand({}))).Regions ?? [];
    expect(enabled.map((region) => region.RegionName).sort()).toEqual([
      "ap-northeast-1",
      "ap-southeast-1",
      "eu-central-1",
      "eu-west-1",
      "us-east-1",
      "us-west-2",
    ]);
    expect(enabled[0]).toEqual({ RegionName: "us-east-1", Endpoint: "ec2.us-east-1.amazonaws.com", OptInStatus: "opt-in-not-required" });
    const all = (await ec2.send(new DescribeRegionsCommand({ AllRegions: true }))).Regions ?? [];
    expect(all.filter((region) => region.OptInStatus === "not-opted-in").map((region) => region.RegionName)).toEqual(["ap-east-1"]);
    expect(all).toHaveLength(enabled.length + 1);
  });

  it("takes names and filters, and refuses regions that do not exist", async () => {
    const ec2 = (await startedEmulator()).ec2();
    const named = await ec2.send(new DescribeRegionsCommand({ RegionNames: ["eu-west-1"] }));
    expect(named.Regions?.map((region) => region.RegionName)).toEqual(["eu-west-1"]);
    const filtered = await ec2.send(new DescribeRegionsCommand({ Filters: [{ Name: "region-name", Values: ["us-*"] }] }));
    expect(filtered.Regions?.map((region) => region.RegionName)).toEqual(["us-east-1", "us-west-2"]);
    const unknown = new DescribeRegionsCommand({ RegionNames: ["mars-1"] });
    expect(await refusal(ec2.send(unknown))).toMatchObject({ name: "InvalidParameterValue", status: 400 });
  });
});

describe("DescribeInstances", () => {
  it("tells the same machines as the truth, with state, tags and monitoring", async () => {
    const emulator = await startedEmulator({ instances: 200 });
    const truth = await fleetOf(emulator);
    const instances = await listed(emulator.ec2());
    expect(
      instances.map((instance) => ({
        id: instance.InstanceId,
        state: instance.State?.Name,
        tags: Object.fromEntries((instance.Tags ?? []).map((tag) => [tag.Key, tag.Value])),
        monitoring: instance.Monitoring?.State === "enabled" ? "detailed" : "basic",
      })),
    ).toEqual(truth.map(({ id, state, tags, monitoring }) => ({ id, state, tags, monitoring })));
  });

  it("yields the whole fleet exactly once for every page size", async () => {
    const emulator = await startedEmulator({ instances: 240 });
    const truth = await fleetOf(emulator);
    const ec2 = emulator.ec2();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.integer({ min: 5, max: 80 }), fc.constantFrom(999, 1_000)), async (MaxResults) => {
        expect(ids(await listed(ec2, { MaxResults }))).toEqual(truth.map((resource) => resource.id));
      }),
      { numRuns: 12 },
    );
  });

  it("hands out no token with the last page", async () => {
    const emulator = await startedEmulator({ instances: 200 });
    const { length } = await fleetOf(emulator);
    const exact = await emulator.ec2().send(new DescribeInstancesCommand({ MaxResults: length }));
    expect(exact.NextToken).toBeUndefined();
    const oneLess = await emulator.ec2().send(new DescribeInstancesCommand({ MaxResults: length - 1 }));
    expect(oneLess.NextToken).toEqual(expect.any(String));
  });

  it("groups machines that were launched together, across page ends too", async () => {
    const emulator = await startedEmulator({ instances: 400 });
    const reservations = (await emulator.ec2().send(new DescribeInstancesCommand({}))).Reservations ?? [];
    expect(reservations.some((reservation) => (reservation.Instances?.length ?? 0) > 1)).toBe(true);
    expect(new Set(reservations.map((reservation) => reservation.ReservationId)).size).toBe(reservations.length);
    expect(reservations.every((reservation) => reservation.OwnerId === MAIN)).toBe(true);
  });

  it.each([
    ["a tag", [{ Name: "tag:env", Values: ["prod"] }], (tags: Tags) => tags.env === "prod"],
    ["one of several values", [{ Name: "tag:env", Values: ["prod", "dev"] }], (tags: Tags) => tags.env === "prod" || tags.env === "dev"],
    ["case", [{ Name: "tag:env", Values: ["PROD"] }], () => false],
    ["a tag key", [{ Name: "tag-key", Values: ["owner"] }], (tags: Tags) => tags.owner !== undefined],
    ["a wildcard", [{ Name: "tag:Name", Values: ["checkout-*"] }], (tags: Tags) => tags.Name?.startsWith("checkout-") === true],
    ["one any character", [{ Name: "tag:env", Values: ["de?"] }], (tags: Tags) => tags.env === "dev"],
    ["Chinese", [{ Name: "tag:Name", Values: ["订单*"] }], (tags: Tags) => tags.Name?.startsWith("订单") === true],
    ["a state", [{ Name: "instance-state-name", Values: ["stopped"] }], (_: Tags, state: string) => state === "stopped"],
    ["a state code", [{ Name: "instance-state-code", Values: ["16"] }], (_: Tags, state: string) => state === "running"],
    [
      "all filters at once",
      [
        { Name: "tag:env", Values: ["prod"] },
        { Name: "tag:team", Values: ["payments"] },
      ],
      (tags: Tags) => tags.env === "prod" && tags.team === "payments",
    ],
  ] as const)("filters by %s", async (_, filters, test) => {
    const emulator = await startedEmulator({ instances: 300 });
    const expected = (await fleetOf(emulator)).filter((resource) => (test as Test)(resource.tags, resource.state)).map((one) => one.id);
    const Filters = filters.map(({ Name, Values }) => ({ Name, Values: [...Values] }));
    expect(ids(await listed(emulator.ec2(), { Filters, MaxResults: 7 }))).toEqual(expected);
  });

  it("finds machines by id, and says which it does not know", async () => {
    const emulator = await startedEmulator();
    const [first, second] = await fleetOf(emulator);
    const found = await listed(emulator.ec2(), { InstanceIds: [second!.id, first!.id] });
    expect(ids(found).sort()).toEqual([first!.id, second!.id].sort());
    const unknown = new DescribeInstancesCommand({ InstanceIds: [first!.id, "i-0123456789abcdef0"] });
    expect(await refusal(emulator.ec2().send(unknown))).toEqual({
      name: "InvalidInstanceID.NotFound",
      status: 400,
      message: "The instance ID 'i-0123456789abcdef0' does not exist",
    });
    const malformed = new DescribeInstancesCommand({ InstanceIds: ["web-1"] });
    expect(await refusal(emulator.ec2().send(malformed))).toMatchObject({ name: "InvalidInstanceID.Malformed" });
  });

  it.each([
    ["a page of 4", { MaxResults: 4 }, "InvalidParameterValue"],
    ["a page of 1001", { MaxResults: 1_001 }, "InvalidParameterValue"],
    ["page size and ids together", { MaxResults: 5, InstanceIds: ["i-0123456789abcdef0"] }, "InvalidParameterCombination"],
    ["an unknown filter", { Filters: [{ Name: "colour", Values: ["red"] }] }, "InvalidParameterValue"],
    ["too many values of a filter", { Filters: [{ Name: "tag:env", Values: Array.from({ length: 201 }, String) }] }, "FilterLimitExceeded"],
    ["a token of its own making", { NextToken: "bm9uc2Vuc2U=" }, "InvalidNextToken"],
    ["a dry run", { DryRun: true }, "DryRunOperation"],
  ])("refuses %s", async (_, input, name) => {
    const emulator = await startedEmulator();
    expect((await refusal(emulator.ec2().send(new DescribeInstancesCommand(input)))).name).toBe(name);
  });

  it("binds a page token to filters and region", async () => {
    const emulator = await startedEmulator({ instances: 300 });
    const { NextToken } = await emulator.ec2().send(new DescribeInstancesCommand({ MaxResults: 5 }));
    const otherFilters = new DescribeInstancesCommand({ MaxResults: 5, NextToken, Filters: [{ Name: "tag:env", Values: ["prod"] }] });
    expect((await refusal(emulator.ec2().send(otherFilters))).name).toBe("InvalidNextToken");
    const otherRegion = new DescribeInstancesCommand({ MaxResults: 5, NextToken });
    expect((await refusal(emulator.ec2("eu-west-1").send(otherRegion))).name).toBe("InvalidNextToken");
    expect((await emulator.ec2().send(new DescribeInstancesCommand({ MaxResults: 6, NextToken }))).Reservations).not.toEqual([]);
  });

  it("keeps of a terminated machine only what EC2 keeps", async () => {
    const emulator = await startedEmulator({ instances: 2_000 });
    const [terminated] = await listed(emulator.ec2(), { Filters: [{ Name: "instance-state-name", Values: ["terminated"] }] });
    expect(terminated).toMatchObject({ State: { Code: 48, Name: "terminated" }, PrivateDnsName: "" });
    expect(terminated?.PrivateIpAddress).toBeUndefined();
    expect(terminated?.VpcId).toBeUndefined();
  });
});

type Tags = Readonly<Record<string, string | undefined>>;
type Test = (tags: Tags, state: string) => boolean;

describe("filter values", () => {
  it("match themselves when their special characters are escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(valueMatcher([text.replace(/[*?\\]/g, "\\$&")])(text)).toBe(true);
      }),
    );
  });

  it("match with * whatever begins and ends alike", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z.+()[\]]*$/), fc.string(), fc.stringMatching(/^[a-z.$^|{}]*$/), (start, middle, end) => {
        expect(valueMatcher([`${start}*${end}`])(start + middle + end)).toBe(true);
        expect(valueMatcher([`x${start}*`])(`y${start}${middle}`)).toBe(false);
      }),
    );
  });

  it("take a question mark for exactly one character", () => {
    expect(valueMatcher(["db-?"])("db-1")).toBe(true);
    expect(valueMatcher(["db-?"])("db-")).toBe(false);
    expect(valueMatcher(["db-?"])("db-12")).toBe(false);
    expect(valueMatcher(["服?"])("服务")).toBe(true);
  });
});
