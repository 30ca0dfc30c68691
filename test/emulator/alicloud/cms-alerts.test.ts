import { describe, expect, it } from "vitest";
import { alicloudWorld, type Json, MAIN, NOW_MS, PAYMENTS, rows } from "./alicloud-world.ts";

const DAY_MS = 86_400_000;
type World = Awaited<ReturnType<typeof alicloudWorld>>;

/** Page after page until one is not full: there is no total. */
async function logged({ ok }: World, parameters: Readonly<Record<string, string | number>>, PageSize = 20): Promise<readonly Json[]> {
  const found: Json[] = [];
  for (let PageNumber = 1; ; PageNumber++) {
    const page = rows(await ok("cms", "DescribeAlertLogList", { ...parameters, PageNumber, PageSize }), "AlertLogList");
    found.push(...page);
    if (page.length < PageSize) return found;
  }
}

describe("DescribeAlertLogList", () => {
  it("tells the alert history of the truth, newest first, page by page", async () => {
    const world = await alicloudWorld({ instances: 1_500 });
    const range = { StartTime: NOW_MS - 15 * DAY_MS, EndTime: NOW_MS };
    const told = (await logged(world, range)).map((one) => ({
      id: one.LogId,
      name: one.RuleName,
      timeMs: Number(one.AlertTime),
      event: one.Level === "OK" ? "resolved" : "triggered",
      rule: one.RuleId,
      resource: one.InstanceId,
    }));
    const expected = (await world.records("alarm-history")).map(({ id, name, attributes: { level: _, ...attributes } }) => ({
      id,
      name,
      ...attributes,
    }));
    expect(told.length).toBeGreaterThan(40);
    expect(told).toEqual(expected);
    expect(told.map(({ timeMs }) => timeMs)).toEqual(told.map(({ timeMs }) => timeMs).toSorted((left, right) => right - left));
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  it("ends the history of each rule as its state says", async () => {
    const world = await alicloudWorld({ instances: 1_500 });
    const history = await logged(world, { StartTime: NOW_MS - 15 * DAY_MS, EndTime: NOW_MS });
    const rules = rows(await world.ok("cms", "DescribeMetricRuleList", { PageSize: 100 }), "Alarms.Alarm");
    const last = (rule: Json) => history.find((one) => one.RuleId === rule.RuleId)?.Level;
    expect(rules.some((one) => one.AlertState === "ALARM")).toBe(true);
    for (const rule of rules) {
      if (rule.AlertState === "ALARM" && !String(rule.Resources).includes("_ALL")) expect(last(rule)).toMatch(/^P[234]$/);
      if (rule.AlertState === "OK") expect([undefined, "OK"]).toContain(last(rule));
    }
  });

  it("tells the last quarter of an hour without a range, and filters", async () => {
    const world = await alicloudWorld({ instances: 1_000 });
    const all = await logged(world, { StartTime: NOW_MS - 10 * DAY_MS, EndTime: NOW_MS });
    const within = (minutes: number) => all.filter((one) => Number(one.AlertTime) >= NOW_MS - minutes * 60_000);
    expect(await logged(world, {})).toEqual(within(15));
    expect(await logged(world, { LastMin: 3_000 })).toEqual(within(3_000));
    const range = { StartTime: NOW_MS - 10 * DAY_MS, EndTime: NOW_MS };
    expect(await logged(world, { ...range, EventType: "RESOLVED" })).toEqual(all.filter((one) => one.Level === "OK"));
    expect(await logged(world, { ...range, Level: "P2" })).toEqual(all.filter((one) => one.Level === "P2"));
    expect(await logged(world, { ...range, Namespace: "acs_rds_dashboard" })).toEqual([]);
    expect(await logged(world, { StartTime: NOW_MS - 400 * DAY_MS, EndTime: NOW_MS - 390 * DAY_MS })).toEqual([]);
  });

  it.each([
    ["a range of sixteen days", { StartTime: NOW_MS - 16 * DAY_MS, EndTime: NOW_MS }],
    ["one end of a range", { StartTime: NOW_MS }],
    ["a page of 101", { PageSize: 101 }],
    ["grouping", { GroupBy: "level" }],
  ])("refuses %s", async (_, parameters) => {
    const { refused } = await alicloudWorld();
    expect(await refused("cms", "DescribeAlertLogList", parameters as unknown as Record<string, string>)).toBe("400 ParameterInvalid");
  });
});

describe("DescribeContactGroupList", () => {
  it("tells the same groups from every region, one of them without people", async () => {
    const world = await alicloudWorld();
    const { records } = await world.truth();
    const expected = records.filter((one) => one.type === "contact-group" && one.account === MAIN);
    expect(new Set(expected.map((one) => one.region))).toEqual(new Set(["global"]));
    expect(records.filter((one) => one.type === "contact-group" && one.account === PAYMENTS)).toHaveLength(expected.length);
    for (const region of ["cn-hangzhou", "eu-central-1"]) {
      const { json } = await world.rpc("cms", "DescribeContactGroupList", {}, { region });
      const told = rows(json, "ContactGroupList.ContactGroup").map((one) => [one.Name, (one.Contacts as { Contact: unknown }).Contact]);
      expect(told).toEqual(expected.map(({ name, attributes }) => [name, attributes.contacts]));
    }
    expect(expected.filter(({ attributes }) => (attributes.contacts as readonly string[]).length === 0)).toHaveLength(1);
    const second = await world.ok("cms", "DescribeContactGroupList", { PageNumber: 2, PageSize: 3 });
    expect(second.Total).toBe(expected.length);
    expect(rows(second, "ContactGroups.ContactGroup")).toEqual(expected.slice(3).map(({ name }) => name));
    expect(await world.refused("cms", "DescribeContactGroupList", { PageSize: 101 })).toBe("400 InvalidParameter");
  });
});
