import { TRUNCATED_FIELD } from "../../../src/codegen/read-pages.ts";

/** Programs that keep to all rules, by what is special about them. */
export const RIGHT_PROGRAMS: Readonly<Record<string, string>> = {
  "the plainest one": `interface Row { name: string }
/** Names of all metric filters. */
async function main(): Promise<Row[]> {
  const reply = await cloud.call("aws", "logs", "DescribeMetricFilters", {});
  return (reply.metricFilters ?? []).map((filter) => ({ name: filter.filterName ?? "" }));
}
`,
  "input, times, units, literal unions and null": `interface Row {
  name: string;
  /** @time */
  created: string | null;
  /** @unit bytes */
  size: number;
  state: "old" | "new" | null;
  isLarge: boolean;
}
interface Input { /** Age that counts as old. */ days: number; prefix?: string; states: readonly ("old" | "new")[] }
const input: Input = { days: 30, states: ["old"] };
/**
 * Finds old dashboards.
 * More about it.
 */
async function main(input: Input): Promise<readonly Row[]> {
  const reply = await cloud.call("aws", "cloudwatch", "ListDashboards", { DashboardNamePrefix: input.prefix });
  const rows: Row[] = [];
  for (const { DashboardName = "", LastModified, Size } of reply.DashboardEntries ?? []) {
    const isOld = LastModified !== undefined && Date.now() - Date.parse(LastModified) > input.days * 86_400_000;
    rows.push({ name: DashboardName, created: LastModified ?? null, size: Size ?? 0, state: isOld ? "old" : "new", isLarge: (Size ?? 0) > 1_000 });
  }
  return rows;
}
`,
  "a call for each item, in parallel": `interface Row { name: string; length: number }
/** How long the body of each dashboard is. */
async function main(): Promise<Array<Row>> {
  const { DashboardEntries = [] } = await cloud.call("aws", "cloudwatch", "ListDashboards", {});
  return await Promise.all(
    DashboardEntries.map(async ({ DashboardName = "" }) => {
      const { DashboardBody } = await cloud.call("aws", "cloudwatch", "GetDashboard", { DashboardName });
      return { name: DashboardName, length: DashboardBody?.length ?? 0 };
    }),
  );
}
`,
  "an error that is caught": `interface Row { name: string; problem: string | null }
/** Dashboards, and why one cannot be read. */
async function main(): Promise<ReadonlyArray<Row>> {
  const rows: Row[] = [];
  for (const { DashboardName = "" } of (await cloud.call("aws", "cloudwatch", "ListDashboards", {})).DashboardEntries ?? []) {
    try {
      await cloud.call("aws", "cloudwatch", "GetDashboard", { DashboardName });
      rows.push({ name: DashboardName, problem: null });
    } catch (error) {
      rows.push({ name: DashboardName, problem: (error as CloudError).code });
    }
  }
  return rows;
}
`,
  "nested fields, groups and maps": `interface Row { zone: string; disks: number }
/** Disks by zone. */
async function main(): Promise<Row[]> {
  const reply = await cloud.call("gcp", "compute", "disks.aggregatedList", { filter: "status=READY" });
  const counts = new Map<string, number>();
  for (const [zone, { disks = [] }] of Object.entries(reply.items ?? {})) {
    const kept = disks.filter((disk) => disk.labels?.["env"] === "prod" || disk.labels?.team !== undefined);
    counts.set(zone, (counts.get(zone) ?? 0) + kept.length);
  }
  if (reply["${TRUNCATED_FIELD}"]) console.log("not all");
  return [...counts].map(([zone, disks]) => ({ zone, disks }));
}
`,
  "constants, helpers, types and loops": `interface Row { id: string; gigabytes: number }
type Disk = { readonly DiskId?: string; readonly Size?: number };
const WANTED = new Set(["In_use", "Available"]);
const LIMIT = 10 * 2;
const IGNORED: Record<string, readonly string[]> = { names: ["a", \`b\`], ...{} };
const describe = <T extends Disk>(disk: T): Row => ({ id: disk.DiskId ?? "", gigabytes: disk.Size! });
function isWanted(status: string | undefined): status is string {
  return status !== undefined && WANTED.has(status);
}
/** Disks in use. */
async function main(): Promise<Row[]> {
  const { Disks } = await cloud.call("alicloud", "ecs", "DescribeDisks", { Status: "In_use" as const });
  const rows: Row[] = [];
  let index = 0;
  outer: while (index < (Disks?.Disk?.length ?? 0)) {
    const disk = Disks?.Disk?.[index++];
    if (disk === undefined || IGNORED.names?.includes(disk.DiskName ?? "")) continue;
    switch (disk.Status) {
      case "In_use":
        rows.push(describe(disk));
        break;
      default:
        if (rows.length > LIMIT) break outer;
    }
    if (isWanted(disk.Status) && /x/.test(disk.Status)) delete (rows[0] as { id?: string } | undefined)?.id;
  }
  return rows satisfies Row[];
}
`,
  "literal arguments of every kind": `interface Row { name: string }
const NAMESPACE = "AWS/EC2";
/** Metrics. */
async function main(): Promise<Row[]> {
  const value = "i-1";
  await cloud.call("aws", "cloudwatch", "ListMetrics", { "Namespace": NAMESPACE, Dimensions: [{ Name: \`InstanceId\`, Value: value }] });
  const { Metrics = [] } = await cloud.call("aws", "cloudwatch", "ListMetrics", { Namespace: "AWS/EC2", Dimensions: [{ Name: "InstanceId" }] });
  await cloud.call("aws", "logs", "DescribeMetricFilters", { limit: 50, order: undefined });
  return Metrics.map(({ MetricName }) => ({ name: MetricName ?? "" }));
}
`,
  "text in Chinese": `interface Row { 名称: string }
/** 列出所有指标过滤器。更多说明。 */
async function main(): Promise<Row[]> {
  const reply = await cloud.call("aws", "logs", "DescribeMetricFilters", { logGroupName: "日志" });
  return (reply.metricFilters ?? []).flatMap((filter) => (filter.filterName === undefined ? [] : [{ 名称: filter.filterName }]));
}
`,
  "no semicolons where types end statements": `interface Row { name: string }
/** Names. */
async function main(): Promise<Row[]> {
  const reply = await cloud.call("aws", "logs", "DescribeMetricFilters", {})
  let first: string | undefined
  ;[first] = ["a"]
  const names = (reply.metricFilters ?? []).map((filter) => filter.filterName) as readonly (string | undefined)[]
  type Name = string
  const wide = (name: string): {
    name: Name
  } => ({ name })
  return names.map((name) => wide(name ?? first ?? "")) as Row[]
}
`,
};
