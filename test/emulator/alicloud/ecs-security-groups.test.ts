import { describe, expect, it } from "vitest";
import { alicloudWorld, type Json, MAIN, rows } from "./alicloud-world.ts";

const HANGZHOU = { RegionId: "cn-hangzhou" };
type World = Awaited<ReturnType<typeof alicloudWorld>>;

async function groupsListed({ ok }: World, MaxResults: number): Promise<readonly Json[]> {
  const found: Json[] = [];
  let NextToken = "";
  do {
    const page = await ok("ecs", "DescribeSecurityGroups", { ...HANGZHOU, MaxResults, ...(NextToken && { NextToken }) });
    found.push(...rows(page, "SecurityGroups.SecurityGroup"));
    NextToken = String(page.NextToken);
  } while (NextToken !== "");
  return found;
}

const rulesOf = async ({ ok }: World, SecurityGroupId: string, more: Readonly<Record<string, string>> = {}) =>
  rows(await ok("ecs", "DescribeSecurityGroupAttribute", { ...HANGZHOU, SecurityGroupId, ...more }), "Permissions.Permission");

describe("DescribeSecurityGroups", () => {
  it("tells the groups of the truth by descending id, page by page, the total only by number", async () => {
    const world = await alicloudWorld({ instances: 300 });
    const expected = await world.records("security-group");
    expect(expected.length).toBeGreaterThan(8);
    for (const size of [1, 3, 100])
      expect((await groupsListed(world, size)).map((one) => one.SecurityGroupId)).toEqual(expected.map(({ id }) => id));
    expect(expected.map(({ id }) => id)).toEqual(
      expected
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(await world.ok("ecs", "DescribeSecurityGroups", { ...HANGZHOU, MaxResults: 3 })).not.toHaveProperty("TotalCount");
    const numbered = await world.ok("ecs", "DescribeSecurityGroups", { ...HANGZHOU, PageNumber: 2, PageSize: 3 });
    expect(numbered).toMatchObject({ TotalCount: expected.length, PageNumber: 2, PageSize: 3, RegionId: "cn-hangzhou" });
    expect(rows(numbered, "SecurityGroups.SecurityGroup").map((one) => one.SecurityGroupName)).toEqual(
      expected.slice(3, 6).map(({ name }) => name),
    );
  });

  it("names the group that each machine is in", async () => {
    const world = await alicloudWorld({ instances: 200 });
    const groups = new Map((await world.records("security-group")).map(({ id, attributes }) => [id, attributes.machines]));
    const machines = (await world.truth()).resources.filter((one) => one.kind === "virtual-machine" && one.account === MAIN);
    expect([...groups.values()]).toContain(0);
    for (const [id, count] of groups) {
      const page = await world.ok("ecs", "DescribeInstances", { ...HANGZHOU, PageSize: 100, SecurityGroupId: id });
      expect(page.TotalCount).toBe(count);
    }
    const total = [...groups.values()].reduce((sum: number, count) => sum + Number(count), 0);
    expect(total).toBe(machines.filter((one) => one.region === "cn-hangzhou").length);
  });

  it.each([
    ["no region", {}, "400 MissingParameter.RegionId"],
    ["a page of 51", { ...HANGZHOU, PageSize: 51 }, "400 InvalidParam.PageSize"],
    ["a page of 101 by token", { ...HANGZHOU, MaxResults: 101 }, "400 InvalidParameter.MaxResults"],
    ["a token of its own making", { ...HANGZHOU, NextToken: "x" }, "400 InValidParameter.NextToken"],
    ["an unknown type", { ...HANGZHOU, SecurityGroupType: "x" }, "400 InvalidParameter.SecurityGroupType"],
  ])("refuses %s", async (_, parameters, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("ecs", "DescribeSecurityGroups", parameters as unknown as Record<string, string>)).toBe(expected);
  });
});

describe("DescribeSecurityGroupAttribute", () => {
  it("tells the rules of the truth; some groups open port 22 to the world, in several ways, some refuse it", async () => {
    const world = await alicloudWorld({ instances: 1_000 });
    const groups = await world.records("security-group");
    const ways = new Set<string>();
    for (const { id, attributes } of groups) {
      const rules = await rulesOf(world, id);
      const told = rules.map((one) =>
        [one.Direction, one.Policy, one.IpProtocol, one.PortRange, one.Direction === "ingress" ? one.SourceCidrIp : one.DestCidrIp].join(
          " ",
        ),
      );
      expect(told).toEqual(attributes.rules);
      const open = told.filter((rule) => ["ingress Accept TCP 22/22 0.0.0.0/0", "ingress Accept TCP 1/65535 0.0.0.0/0"].includes(rule));
      expect(open.length > 0).toBe(attributes.open22ToWorld);
      for (const rule of told) if (/22\/22|65535/.test(rule)) ways.add(rule);
    }
    expect([...ways].sort()).toEqual([
      "ingress Accept TCP 1/65535 0.0.0.0/0",
      "ingress Accept TCP 22/22 0.0.0.0/0",
      "ingress Accept TCP 22/22 203.0.113.0/24",
      "ingress Drop TCP 22/22 0.0.0.0/0",
    ]);
  });

  it("tells one direction where that is asked for", async () => {
    const world = await alicloudWorld();
    const [group] = await world.records("security-group");
    const rules = await rulesOf(world, group?.id ?? "", { Direction: "egress" });
    expect(rules.map((one) => [one.Direction, one.DestCidrIp, one.SourceCidrIp])).toEqual([["egress", "0.0.0.0/0", ""]]);
  });

  it.each([
    ["no region", { SecurityGroupId: "sg-x" }, "400 MissingParameter.RegionId"],
    ["an id of something else", { ...HANGZHOU, SecurityGroupId: "i-x" }, "400 InvalidSecurityGroupId.Malformed"],
    ["a group that is not there", { ...HANGZHOU, SecurityGroupId: "sg-x" }, "404 InvalidSecurityGroupId.NotFound"],
    ["an unknown direction", { ...HANGZHOU, SecurityGroupId: "sg-x", Direction: "up" }, "400 InvalidParamter"],
  ])("refuses %s", async (_, parameters, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("ecs", "DescribeSecurityGroupAttribute", parameters)).toBe(expected);
  });
});
