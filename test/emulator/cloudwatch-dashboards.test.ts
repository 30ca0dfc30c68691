import {
  type AlarmHistoryItem,
  DeleteDashboardsCommand,
  type DescribeAlarmHistoryCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  paginateDescribeAlarmHistory,
  paginateListDashboards,
} from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { MAIN, NOW_MS, refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

type Started = Awaited<ReturnType<typeof startedEmulator>>;

async function recordsOf(emulator: Started, type: string, region: string) {
  const { records } = await emulator.truth(WINDOW.from, WINDOW.to);
  return records.filter((record) => record.type === type && record.account === MAIN && record.region === region);
}

async function namesOf(emulator: Started, input: { DashboardNamePrefix?: string } = {}, region?: string) {
  const names: (string | undefined)[] = [];
  const sizes: number[] = [];
  for await (const { DashboardEntries = [] } of paginateListDashboards({ client: emulator.cloudWatch(region) }, input)) {
    sizes.push(DashboardEntries.length);
    names.push(...DashboardEntries.map(({ DashboardName }) => DashboardName));
  }
  return { names, sizes };
}

describe("dashboards", () => {
  it("are those of the truth in every region, and their bodies speak of applications", async () => {
    const emulator = await startedEmulator({ instances: 600 });
    const expected = await recordsOf(emulator, "dashboard", "global");
    for (const region of ["us-east-1", "ap-northeast-1"])
      expect((await namesOf(emulator, {}, region)).names).toEqual(expected.map(({ name }) => name));
    const bodies = await Promise.all(
      expected.map(async ({ name }) => {
        const { DashboardBody } = await emulator.cloudWatch().send(new GetDashboardCommand({ DashboardName: name }));
        return DashboardBody;
      }),
    );
    expect(bodies).toEqual(expected.map(({ attributes }) => attributes.body));
    const checkout = bodies.filter((body) => body?.includes("checkout"));
    expect(checkout.length).toBeGreaterThan(1);
    expect(checkout.length).toBeLessThan(bodies.length);
    expect(bodies.every((body) => JSON.parse(body ?? "").widgets.length > 0)).toBe(true);
  });

  it("come a thousand a page", async () => {
    const emulator = await startedEmulator({ instances: 26_000 });
    const { names, sizes } = await namesOf(emulator);
    expect(sizes[0]).toBe(1_000);
    expect(sizes.length).toBeGreaterThan(1);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual((await namesOf(emulator, { DashboardNamePrefix: "" })).names);
    const some = await namesOf(emulator, { DashboardNamePrefix: "db-checkout" });
    expect(some.names).toEqual(names.filter((name) => name?.startsWith("db-checkout")));
  });

  it("are deleted all or none, and come back with a reset", async () => {
    const emulator = await startedEmulator({ instances: 50 });
    const remove = (...DashboardNames: string[]) => emulator.cloudWatch().send(new DeleteDashboardsCommand({ DashboardNames }));
    const before = (await namesOf(emulator)).names;
    expect(await refusal(remove("fleet-cpu", "none"))).toMatchObject({ name: "ResourceNotFound", status: 404 });
    expect((await namesOf(emulator)).names).toEqual(before);
    await remove("fleet-cpu");
    const rest = before.filter((name) => name !== "fleet-cpu");
    expect((await namesOf(emulator, {}, "eu-central-1")).names).toEqual(rest);
    expect((await recordsOf(emulator, "dashboard", "global")).map(({ name }) => name)).toEqual(rest);
    const gone = emulator.cloudWatch().send(new GetDashboardCommand({ DashboardName: "fleet-cpu" }));
    expect((await refusal(gone)).name).toBe("ResourceNotFound");
    await emulator.post("reset", {});
    expect((await namesOf(emulator)).names).toEqual(before);
  });

  it("refuses a token of another prefix", async () => {
    const emulator = await startedEmulator();
    const foreign = emulator.cloudWatch().send(new ListDashboardsCommand({ NextToken: "bm9uc2Vuc2U=" }));
    expect((await refusal(foreign)).name).toBe("InvalidNextToken");
  });
});

describe("DescribeAlarmHistory", () => {
  const history = async (emulator: Started, input: ConstructorParameters<typeof DescribeAlarmHistoryCommand>[0] = {}) => {
    const items: AlarmHistoryItem[] = [];
    const pages = paginateDescribeAlarmHistory({ client: emulator.cloudWatch() }, { MaxRecords: 7, ...input });
    for await (const { AlarmHistoryItems = [] } of pages) items.push(...AlarmHistoryItems);
    return items;
  };
  const both = { AlarmTypes: ["MetricAlarm", "CompositeAlarm"] as ("MetricAlarm" | "CompositeAlarm")[] };

  it("tells what the truth tells, newest first, of 30 days", async () => {
    const emulator = await startedEmulator({ instances: 400 });
    const items = await history(emulator, both);
    const expected = await recordsOf(emulator, "alarm-history", "us-east-1");
    expect(items.map(({ AlarmName, HistoryItemType, Timestamp }) => [AlarmName, HistoryItemType, Timestamp?.getTime()])).toEqual(
      expected.map(({ name, attributes }) => [name, attributes.itemType, attributes.timestampMs]),
    );
    const times = items.map(({ Timestamp }) => Timestamp?.getTime() ?? 0);
    expect(times).toEqual(times.toSorted((left, right) => right - left));
    expect(times.every((time) => time <= NOW_MS && time > NOW_MS - 30 * 86_400_000)).toBe(true);
    expect(new Set(items.map(({ HistoryItemType }) => HistoryItemType))).toEqual(new Set(["StateUpdate", "ConfigurationUpdate", "Action"]));
  });

  it("tells of one alarm, one kind of event, one time, in the order that is asked for", async () => {
    const emulator = await startedEmulator({ instances: 400 });
    const all = await history(emulator, both);
    expect(await history(emulator)).toEqual(all.filter(({ AlarmType }) => AlarmType === "MetricAlarm"));
    const [{ AlarmName } = {}] = all.filter(({ AlarmType }) => AlarmType === "MetricAlarm");
    expect(await history(emulator, { AlarmName })).toEqual(all.filter((item) => item.AlarmName === AlarmName));
    const updates = await history(emulator, { ...both, HistoryItemType: "StateUpdate", ScanBy: "TimestampAscending" });
    const same = (items: readonly AlarmHistoryItem[]) => items.map(({ AlarmName: name, Timestamp }) => `${Timestamp?.getTime()} ${name}`);
    expect(same(updates)).toEqual(same(all.filter(({ HistoryItemType }) => HistoryItemType === "StateUpdate").toReversed()));
    const [StartDate, EndDate] = [new Date(NOW_MS - 5 * 86_400_000), new Date(NOW_MS - 86_400_000)];
    expect(await history(emulator, { ...both, StartDate, EndDate })).toEqual(
      all.filter(({ Timestamp = StartDate }) => Timestamp >= StartDate && Timestamp <= EndDate),
    );
  });
});
