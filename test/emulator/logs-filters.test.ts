import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  type DescribeMetricFiltersCommandInput,
  DescribeSubscriptionFiltersCommand,
  type LogGroup,
  type MetricFilter,
  PutRetentionPolicyCommand,
  paginateDescribeMetricFilters,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ACCOUNT, type AwsWorld, NOON_MS, startAwsWorld } from "./aws-world.ts";
import { refusal } from "./started-emulator.ts";

const REGION = "us-east-1";
let world: AwsWorld;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  world = await startAwsWorld({ instances: 400 });
  logs = new CloudWatchLogsClient(world.clientOptions(REGION));
});
afterEach(async () => {
  logs.destroy();
  await world.emulator.close();
});

async function recordsOf(type: string) {
  const { records } = await world.truth(NOON_MS - 60_000, NOON_MS);
  return records.filter((record) => record.type === type && record.account === ACCOUNT && record.region === REGION);
}

async function groups(): Promise<readonly LogGroup[]> {
  return (await logs.send(new DescribeLogGroupsCommand({}))).logGroups ?? [];
}

async function metricFilters(limit: number): Promise<MetricFilter[]> {
  const found: MetricFilter[] = [];
  for await (const page of paginateDescribeMetricFilters({ client: logs }, { limit })) found.push(...(page.metricFilters ?? []));
  return found;
}

it("log groups keep lines for as long as the truth says, half of them for ever, and count their metric filters", async () => {
  const told = (await groups()).map(({ logGroupName: name, retentionInDays = null, metricFilterCount }) => [
    name,
    retentionInDays,
    metricFilterCount,
  ]);
  const expected = await recordsOf("log-group");
  expect(new Set(told)).toEqual(
    new Set(expected.map(({ name, attributes }) => [name, attributes.retentionDays, attributes.metricFilters])),
  );
  expect(told.some(([, days]) => days === null)).toBe(true);
  expect(told.some(([, days]) => days !== null)).toBe(true);
});

it.each([1, 3, 50])("metric filters come %i a page, each once", async (limit) => {
  const told = (await metricFilters(limit)).map(({ logGroupName, filterName, filterPattern, metricTransformations }) => ({
    logGroup: logGroupName,
    name: filterName,
    pattern: filterPattern,
    metric: metricTransformations?.[0]?.metricName,
    namespace: metricTransformations?.[0]?.metricNamespace,
  }));
  const expected = (await recordsOf("metric-filter")).map(({ name, attributes }) => ({ name, ...attributes }));
  const key = ({ logGroup, name }: { logGroup?: unknown; name?: unknown }) => `${String(logGroup)} ${String(name)}`;
  const sorted = <Row extends { logGroup?: unknown; name?: unknown }>(rows: readonly Row[]) =>
    rows.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
  expect(sorted(told)).toEqual(sorted(expected));
  expect(told.length).toBeGreaterThan(3);
});

it("metric filters are found by group, name and metric", async () => {
  const all = await metricFilters(50);
  const find = async (input: DescribeMetricFiltersCommandInput) => (await logs.send(new DescribeMetricFiltersCommand(input))).metricFilters;
  const [first] = all;
  const metric = { metricName: "errors-count", metricNamespace: "App/checkout" };
  expect(await find({ logGroupName: first?.logGroupName })).toEqual(all.filter(({ logGroupName }) => logGroupName === first?.logGroupName));
  expect(await find({ filterNamePrefix: "checkout" })).toEqual(all.filter(({ filterName }) => filterName?.startsWith("checkout")));
  expect(await find(metric)).toEqual(
    all.filter(({ metricTransformations: [one] = [] }) => one?.metricName === "errors-count" && one.metricNamespace === "App/checkout"),
  );
  const half = logs.send(new DescribeMetricFiltersCommand({ metricName: "errors-count" }));
  expect((await refusal(half)).name).toBe("InvalidParameterException");
});

it("subscription filters are those of the truth, group by group", async () => {
  const told: (string | undefined)[][] = [];
  for (const { logGroupName } of await groups()) {
    const { subscriptionFilters = [] } = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    told.push(...subscriptionFilters.map((each) => [each.logGroupName, each.filterName, each.filterPattern, each.destinationArn]));
  }
  const expected = await recordsOf("subscription-filter");
  expect(new Set(told)).toEqual(
    new Set(expected.map(({ name, attributes }) => [attributes.logGroup, name, attributes.pattern, attributes.destination])),
  );
  expect(told).not.toEqual([]);
  const none = logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: "/no" }));
  expect((await refusal(none)).name).toBe("ResourceNotFoundException");
});

it("a retention policy is remembered, in lists and truth", async () => {
  const { $metadata: metadata } = await logs.send(new PutRetentionPolicyCommand({ logGroupName: "/app/auth", retentionInDays: 1 }));
  expect(metadata.httpStatusCode).toBe(200);
  const group = (await groups()).find(({ logGroupName }) => logGroupName === "/app/auth");
  expect(group?.retentionInDays).toBe(1);
  const record = (await recordsOf("log-group")).find(({ name }) => name === "/app/auth");
  expect(record?.attributes.retentionDays).toBe(1);
  const twoDays = logs.send(new PutRetentionPolicyCommand({ logGroupName: "/app/auth", retentionInDays: 2 }));
  expect((await refusal(twoDays)).name).toBe("InvalidParameterException");
});
