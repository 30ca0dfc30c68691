import { expect, it } from "vitest";
import { MAIN, startedVolcengine, WINDOW } from "./started-volcengine.ts";

type World = Awaited<ReturnType<typeof startedVolcengine>>;
type Row = Readonly<Record<string, unknown>>;

async function recordsOf(world: World, type: string) {
  const { records } = await world.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
  return records.filter((record) => record.type === type && record.account === MAIN && record.region === "cn-beijing");
}

/** Every row of a list that goes by tokens. */
async function everyRow(world: World, operation: string, member: string, input: object): Promise<Row[]> {
  const found: Row[] = [];
  let NextToken = "";
  do {
    const asked = { ...input, ...(NextToken === "" ? {} : { NextToken }) };
    const { Result, ResponseMetadata } = await world.call("vpc", operation, asked);
    if (Result === undefined) throw new Error(ResponseMetadata.Error?.Code);
    found.push(...(Result[member] as Row[]));
    NextToken = String(Result.NextToken);
  } while (NextToken !== "");
  return found;
}

it.each([1, 3, 100])("security groups come %i a page as the truth has them", async (MaxResults) => {
  const world = await startedVolcengine({ instances: 200 });
  const told = await everyRow(world, "DescribeSecurityGroups", "SecurityGroups", { MaxResults });
  expect(told.map((group) => [group.SecurityGroupId, group.SecurityGroupName])).toEqual(
    (await recordsOf(world, "security-group")).map(({ id, name }) => [id, name]),
  );
});

it("security groups come by page number too, twenty a page", async () => {
  const world = await startedVolcengine({ instances: 200 });
  const { Result } = await world.call("vpc", "DescribeSecurityGroups", {});
  const expected = await recordsOf(world, "security-group");
  expect(Result).toMatchObject({ PageNumber: 1, PageSize: 20, TotalCount: expected.length });
  expect(Result).not.toHaveProperty("NextToken");
  const second = await world.call("vpc", "DescribeSecurityGroups", { PageNumber: 2, PageSize: 3 });
  const names = (second.Result!.SecurityGroups as Row[]).map(({ SecurityGroupName }) => SecurityGroupName);
  expect(names).toEqual(expected.slice(3, 6).map(({ name }) => name));
});

it("the rules of a group say who lets the world in on port 22", async () => {
  const world = await startedVolcengine({ instances: 400 });
  const open: Record<string, boolean> = {};
  for (const { id } of await recordsOf(world, "security-group")) {
    const { Result } = await world.call("vpc", "DescribeSecurityGroupAttributes", { SecurityGroupId: id, Direction: "ingress" });
    open[id] = (Result!.Permissions as { PortStart: number; PortEnd: number; CidrIp: string }[]).some(
      ({ PortStart, PortEnd, CidrIp }) => PortStart <= 22 && PortEnd >= 22 && CidrIp === "0.0.0.0/0",
    );
  }
  const expected = (await recordsOf(world, "security-group")).map(({ id, attributes }) => [id, attributes.open22ToWorld]);
  expect(open).toEqual(Object.fromEntries(expected));
  expect(new Set(Object.values(open))).toEqual(new Set([true, false]));
});

it("public addresses are those of the truth, those of instances among them", async () => {
  const world = await startedVolcengine({ instances: 200 });
  const told = await everyRow(world, "DescribeEipAddresses", "EipAddresses", { MaxResults: 20 });
  const expected = await recordsOf(world, "address");
  expect(told.map(({ AllocationId, EipAddress, InstanceId }) => [AllocationId, EipAddress, InstanceId || null])).toEqual(
    expected.map(({ id, attributes }) => [id, attributes.ip, attributes.attachedTo]),
  );
  const idle = await everyRow(world, "DescribeEipAddresses", "EipAddresses", { Status: "Available", MaxResults: 100 });
  expect(idle).toEqual(told.filter(({ InstanceId }) => InstanceId === ""));
  expect(idle).not.toEqual([]);
  const { Result } = await world.call("ecs", "DescribeInstances", { MaxResults: 100 });
  const addresses = (Result!.Instances as { EipAddress: { AllocationId: string } | null }[]).flatMap(
    ({ EipAddress }) => EipAddress?.AllocationId ?? [],
  );
  const known = new Set(told.map(({ AllocationId }) => AllocationId));
  expect(addresses.every((id) => known.has(id))).toBe(true);
  expect(addresses).not.toEqual([]);
});

it("a lost page is refused, or comes again and again", async () => {
  const world = await startedVolcengine({ instances: 200 });
  const { Result } = await world.call("vpc", "DescribeSecurityGroups", { MaxResults: 1 });
  const later = { MaxResults: 1, NextToken: Result?.NextToken };
  await world.post("faults", { faults: ["volcengine:DescribeSecurityGroups:lost-page"] });
  expect((await world.call("vpc", "DescribeSecurityGroups", later)).ResponseMetadata.Error?.Code).toBe("InvalidArgument");
  expect((await world.call("vpc", "DescribeSecurityGroups", later)).Result?.NextToken).toBe(Result?.NextToken);
});
