import { describe, expect, it } from "vitest";
import { alicloudWorld, at, type Json, MAIN, rows, WINDOW } from "./alicloud-world.ts";

const HANGZHOU = { RegionId: "cn-hangzhou" };
type World = Awaited<ReturnType<typeof alicloudWorld>>;

async function databasesOf(world: World) {
  return (await world.truth()).resources.filter((one) => one.kind === "database" && one.account === MAIN && one.region === "cn-hangzhou");
}

describe("DescribeDBInstances", () => {
  it("tells the same databases as the truth, page by page", async () => {
    const world = await alicloudWorld({ instances: 1_000 });
    const told: Json[] = [];
    let NextToken: string | undefined;
    do {
      const page: Json = await world.ok("rds", "DescribeDBInstances", { ...HANGZHOU, MaxResults: 4, ...(NextToken && { NextToken }) });
      // By token it only counts the page.
      expect(page.TotalRecordCount).toBe(rows(page, "Items.DBInstance").length);
      told.push(...rows(page, "Items.DBInstance"));
      NextToken = page.NextToken as string | undefined;
    } while (NextToken !== undefined);
    const states: Readonly<Record<string, string>> = { Running: "available", Stopped: "stopped" };
    const expected = await databasesOf(world);
    expect(expected.length).toBeGreaterThan(8);
    expect(
      told.map((one) => ({ id: one.DBInstanceId, name: one.DBInstanceDescription, state: states[String(one.DBInstanceStatus)] })),
    ).toEqual(expected.map(({ id, name, state }) => ({ id, name, state })));
    const numbered = await world.ok("rds", "DescribeDBInstances", { ...HANGZHOU, PageNumber: 2, PageSize: 3 });
    expect(numbered).toMatchObject({ PageNumber: 2, PageRecordCount: 3, TotalRecordCount: expected.length });
  });

  it("filters by engine, tag and part of a name", async () => {
    const world = await alicloudWorld({ instances: 1_000 });
    const databases = await databasesOf(world);
    const ids = async (filter: Record<string, string>) =>
      rows(await world.ok("rds", "DescribeDBInstances", { ...HANGZHOU, PageSize: 100, ...filter }), "Items.DBInstance").map(
        (one) => one.DBInstanceId,
      );
    expect(await ids({ Engine: "MySQL" })).toEqual(databases.filter((one) => one.name.includes("mysql")).map((one) => one.id));
    expect(await ids({ Tags: '{"env":"prod"}' })).toEqual(databases.filter((one) => one.tags.env === "prod").map((one) => one.id));
    expect(await ids({ SearchKey: "checkout" })).toEqual(databases.filter((one) => one.name.includes("checkout")).map((one) => one.id));
  });

  it.each([
    ["no region", {}, "400 MissingRegionId"],
    ["a page of 101", { ...HANGZHOU, MaxResults: 101 }, "400 InvalidPageSize.Malformed"],
    ["a token of its own making", { ...HANGZHOU, NextToken: "x" }, "400 InvalidNextToken"],
    ["tags that are no JSON", { ...HANGZHOU, Tags: "env" }, "400 InvalidTags.Malformed"],
  ])("refuses %s", async (_, parameters, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("rds", "DescribeDBInstances", parameters as unknown as Record<string, string>)).toBe(expected);
  });
});

describe("DescribeTags", () => {
  it("tells all tags of all databases of a region at once", async () => {
    const world = await alicloudWorld({ instances: 1_000 });
    const tags = new Map<string, Record<string, string>>();
    for (const info of rows(await world.ok("rds", "DescribeTags", HANGZHOU), "Items.TagInfos")) {
      for (const id of at(info, "DBInstanceIds.DBInstanceIds") as string[])
        tags.set(id, { ...tags.get(id), [String(info.TagKey)]: String(info.TagValue) });
    }
    expect(Object.fromEntries(tags)).toEqual(Object.fromEntries((await databasesOf(world)).map((one) => [one.id, one.tags])));
  });
});

describe("metrics of databases", () => {
  it("tell the CPU of the truth, and shares between nothing and everything", async () => {
    const world = await alicloudWorld({ instances: 400 });
    const databases = (await databasesOf(world)).filter((one) => one.state === "available");
    const points = async (MetricName: string) => {
      const reply = await world.ok("cms", "DescribeMetricList", {
        Namespace: "acs_rds_dashboard",
        MetricName,
        Period: "300",
        StartTime: WINDOW.fromMs - 1,
        EndTime: WINDOW.toMs - 1,
        Dimensions: JSON.stringify(databases.map(({ id }) => ({ instanceId: id }))),
      });
      return JSON.parse(String(reply.Datapoints)) as readonly Record<string, number>[];
    };
    const cpu = await points("CpuUsage");
    expect(cpu).toHaveLength(databases.length);
    for (const [index, { metrics }] of databases.entries())
      expect(cpu[index]?.Average).toBeCloseTo(metrics["cpu.utilization"]?.avg ?? Number.NaN, 9);
    for (const name of ["MemoryUsage", "DiskUsage", "ConnectionUsage"]) {
      for (const { Minimum = -1, Average = -1, Maximum = 101 } of await points(name)) {
        expect(0 <= Minimum && Minimum <= Average && Average <= Maximum && Maximum <= 100).toBe(true);
      }
    }
  });
});
