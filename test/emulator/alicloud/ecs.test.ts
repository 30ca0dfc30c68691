import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alicloudWorld, type Json, MAIN, rows } from "./alicloud-world.ts";

const HANGZHOU = { RegionId: "cn-hangzhou" };
type World = Awaited<ReturnType<typeof alicloudWorld>>;

async function machinesOf(world: World, region = "cn-hangzhou") {
  return (await world.truth()).resources.filter((one) => one.kind === "virtual-machine" && one.account === MAIN && one.region === region);
}

async function listed({ ok }: World, parameters: Readonly<Record<string, string | number>> = {}): Promise<readonly Json[]> {
  const instances: Json[] = [];
  let NextToken = "";
  do {
    const page = await ok("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults: 100, ...parameters, ...(NextToken && { NextToken }) });
    instances.push(...rows(page, "Instances.Instance"));
    NextToken = String(page.NextToken);
  } while (NextToken !== "");
  return instances;
}

const ids = (instances: readonly Json[]) => instances.map((one) => one.InstanceId);
const tagsOf = (instance: Json) => Object.fromEntries(rows(instance, "Tags.Tag").map(({ TagKey, TagValue }) => [TagKey, TagValue]));

describe("DescribeRegions", () => {
  it("names the regions in the language that is asked for", async () => {
    const { ok, refused } = await alicloudWorld();
    const regions = rows(await ok("ecs", "DescribeRegions"), "Regions.Region");
    expect(regions.map((one) => one.RegionId)).toEqual(["cn-hangzhou", "cn-beijing", "cn-shanghai", "ap-southeast-1", "eu-central-1"]);
    expect(regions[0]).toEqual({ RegionId: "cn-hangzhou", RegionEndpoint: "ecs.cn-hangzhou.aliyuncs.com", LocalName: "华东1（杭州）" });
    const english = rows(await ok("ecs", "DescribeRegions", { AcceptLanguage: "en-US" }), "Regions.Region");
    expect(english[4]?.LocalName).toBe("Germany (Frankfurt)");
    expect(await refused("ecs", "DescribeRegions", { AcceptLanguage: "fr" })).toBe("404 InvalidAcceptLanguage.NotFound");
  });
});

describe("DescribeInstances", () => {
  it("tells the same machines as the truth, with name, state and tags", async () => {
    const world = await alicloudWorld({ instances: 300 });
    const states: Readonly<Record<string, string>> = { Running: "running", Stopped: "stopped", Stopping: "stopping" };
    const told = (await listed(world)).map((one) => ({
      id: one.InstanceId,
      name: one.InstanceName,
      state: states[String(one.Status)],
      tags: tagsOf(one),
      region: one.RegionId,
    }));
    expect(told).toEqual((await machinesOf(world)).map(({ id, name, state, tags, region }) => ({ id, name, state, tags, region })));
    expect(new Set(told.map((one) => one.id)).size).toBe(told.length);
    expect(told[0]?.id).toMatch(/^i-bp1[0-9a-z]{17}$/);
  });

  it("yields the whole fleet exactly once for every page size, by token and by number", async () => {
    const world = await alicloudWorld({ instances: 300 });
    const expected = (await machinesOf(world)).map((one) => one.id);
    const sizes = fc.integer({ min: 10, max: 100 });
    await fc.assert(
      fc.asyncProperty(sizes, async (MaxResults) => {
        expect(ids(await listed(world, { MaxResults }))).toEqual(expected);
      }),
      { numRuns: 8 },
    );
    await fc.assert(
      fc.asyncProperty(sizes, async (PageSize) => {
        const found: unknown[] = [];
        for (let PageNumber = 1; ; PageNumber++) {
          const page = await world.ok("ecs", "DescribeInstances", { ...HANGZHOU, PageNumber, PageSize });
          expect(page).toMatchObject({ TotalCount: expected.length, PageNumber, PageSize });
          const instances = rows(page, "Instances.Instance");
          if (instances.length === 0) break;
          found.push(...ids(instances));
        }
        expect(found).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });

  it("takes sizes out of range for the nearest one there is", async () => {
    const { ok } = await alicloudWorld({ instances: 600 });
    const size = async (MaxResults: number) =>
      rows(await ok("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults }), "Instances.Instance").length;
    expect([await size(3), await size(50), await size(500)]).toEqual([10, 50, 100]);
  });

  it.each([
    ["a tag", { "Tag.1.Key": "env", "Tag.1.Value": "prod" }, (one: Machine) => one.tags.env === "prod"],
    [
      "two tags",
      { "Tag.1.Key": "env", "Tag.1.Value": "prod", "Tag.2.Key": "team", "Tag.2.Value": "payments" },
      (one: Machine) => one.tags.env === "prod" && one.tags.team === "payments",
    ],
    ["a tag key", { "Tag.1.Key": "owner" }, (one: Machine) => one.tags.owner !== undefined],
    ["a tag's case", { "Tag.1.Key": "env", "Tag.1.Value": "PROD" }, () => false],
    ["the beginning of a name", { InstanceName: "checkout-*" }, (one: Machine) => one.name.startsWith("checkout-")],
    ["a part of a Chinese name", { InstanceName: "*服务*" }, (one: Machine) => one.name.includes("服务")],
    ["a part of a name without a wildcard", { InstanceName: "checkout" }, () => false],
    ["a status", { Status: "Stopped" }, (one: Machine) => one.state === "stopped"],
    ["a network type that is not there", { InstanceNetworkType: "classic" }, () => false],
  ] as const)("filters by %s", async (_, filter, test) => {
    const world = await alicloudWorld({ instances: 400 });
    const expected = (await machinesOf(world)).filter((one) => (test as (one: Machine) => boolean)(one)).map((one) => one.id);
    expect(ids(await listed(world, { ...filter, MaxResults: 10 }))).toEqual(expected);
  });

  it("finds machines by id and passes over those it does not know", async () => {
    const world = await alicloudWorld();
    const [first, second] = await machinesOf(world);
    const InstanceIds = JSON.stringify([second?.id, first?.id, "i-bp1unknown0000000000"]);
    expect(ids(await listed(world, { InstanceIds }))).toEqual([first?.id, second?.id]);
  });

  it("answers a region without machines with an empty list", async () => {
    const { rpc, refused } = await alicloudWorld();
    const { status, json } = await rpc("ecs", "DescribeInstances", { RegionId: "cn-shenzhen" }, { region: "cn-shenzhen" });
    expect([status, rows(json, "Instances.Instance")]).toEqual([200, []]);
    expect(await refused("ecs", "DescribeInstances", { RegionId: "mars-1" }, { region: "mars-1" })).toBe("404 InvalidRegionId.NotFound");
  });

  it("takes the region of the parameter where the endpoint serves several", async () => {
    const world = await alicloudWorld({ instances: 300 });
    for (const host of ["ecs-cn-hangzhou.aliyuncs.com", "ecs.aliyuncs.com", new URL(world.url).host]) {
      const { json } = await world.rpc("ecs", "DescribeInstances", { RegionId: "cn-beijing", MaxResults: 100 }, { headers: { host } });
      expect(ids(rows(json, "Instances.Instance"))).toEqual((await machinesOf(world, "cn-beijing")).map((one) => one.id));
    }
  });

  it.each([
    ["no region", {}, "400 MissingParameter"],
    ["another region than the endpoint's", { RegionId: "cn-beijing" }, "404 InvalidOperation.NotSupportedEndpoint"],
    ["a page of 101", { ...HANGZHOU, PageSize: 101 }, "400 InvalidParam.PageSize"],
    ["page 0", { ...HANGZHOU, PageNumber: 0 }, "400 InvalidParam.PageNumber"],
    ["a token of its own making", { ...HANGZHOU, NextToken: "caeba0bbb2be03f84eb48b699f0a4883" }, "400 InvalidParameter.NextToken"],
    ["an unknown status", { ...HANGZHOU, Status: "Sleeping" }, "404 InvalidStatus.NotFound"],
    ["ids that are no array", { ...HANGZHOU, InstanceIds: "i-1" }, "400 InvalidInstanceIds.Malformed"],
    [
      "101 ids",
      { ...HANGZHOU, InstanceIds: JSON.stringify(Array.from({ length: 101 }, String)) },
      "403 InvalidParameter.TooManyInstanceIds",
    ],
    ["a tag's value without its key", { ...HANGZHOU, "Tag.1.Value": "prod" }, "400 InvalidTag.Mismatch"],
    ["tag number 21", { ...HANGZHOU, "Tag.21.Key": "env" }, "400 InvalidTagCount"],
    ["a filter the emulator does not have", { ...HANGZHOU, KeyPairName: "x" }, "400 InvalidParameter"],
    ["a dry run", { ...HANGZHOU, DryRun: "true" }, "400 DryRunOperation"],
  ])("refuses %s", async (_, parameters, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("ecs", "DescribeInstances", parameters as Record<string, string>)).toBe(expected);
  });

  it("binds a page token to filters", async () => {
    const { ok, refused } = await alicloudWorld({ instances: 300 });
    const { NextToken } = await ok("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults: 10 });
    const other = { ...HANGZHOU, MaxResults: 10, NextToken: String(NextToken), Status: "Running" };
    expect(await refused("ecs", "DescribeInstances", other)).toBe("400 InvalidParameter.NextToken");
    expect(
      rows(await ok("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults: 20, NextToken: String(NextToken) }), "Instances.Instance"),
    ).toHaveLength(20);
  });
});

describe("the gateway", () => {
  it.each([
    ["an action nobody knows", "ecs", "RebootTheWorld", {}, "404 InvalidAction.NotFound"],
    ["a version nobody knows", "ecs", "DescribeRegions", { headers: { "x-acs-version": "1999-01-01" } }, "400 InvalidVersion"],
    [
      "another service's endpoint",
      "ecs",
      "DescribeRegions",
      { headers: { host: "metrics.cn-hangzhou.aliyuncs.com" } },
      "400 InvalidVersion",
    ],
  ] as const)("refuses %s", async (_, service, action, more, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused(service, action, {}, more)).toBe(expected);
  });
});

interface Machine {
  readonly name: string;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
}
