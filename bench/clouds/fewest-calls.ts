/** A virtual machine as the ground truth has it. */
export interface TrueServer {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly state: string;
}

interface Limits {
  /** Requests that find out, for each question, where something runs. */
  readonly found: number;
  /** What one list covers: an account's region, an account, or all accounts. */
  readonly listed: "region" | "account" | "cloud";
  readonly listedAPage: number;
  /** What one metric request can span, and how many servers it takes. */
  readonly measured: "region" | "account";
  readonly measuredACall: number;
}

/** The documented page and batch sizes for "CPU over the last five minutes". */
const LIMITS: Readonly<Record<string, Limits>> = {
  // EC2 API reference, DescribeInstances: MaxResults up to 1,000. CloudWatch API reference, GetMetricData: 500 metrics.
  aws: { found: 0, listed: "region", listedAPage: 1_000, measured: "region", measuredACall: 500 },
  // One query tells subscriptions and regions. Azure Resource Graph, "Working with large data sets": 1,000 rows a page. Metrics of a subscription and region: one request for all of
  // them (REST reference, Metrics - List At Subscription Scope), as getBatch takes 50 resources.
  azure: { found: 1, listed: "cloud", listedAPage: 1_000, measured: "region", measuredACall: Number.POSITIVE_INFINITY },
  // Compute Engine API, instances.aggregatedList: maxResults up to 500. Cloud Monitoring API, timeSeries.list: 100,000 points a page.
  gcp: { found: 0, listed: "account", listedAPage: 500, measured: "account", measuredACall: 100_000 },
  // ECS API reference, DescribeInstances: MaxResults up to 100. CloudMonitor, DescribeMetricList: 50 instances.
  alicloud: { found: 0, listed: "region", listedAPage: 100, measured: "region", measuredACall: 50 },
  // ECS API reference, DescribeInstances: MaxResults up to 100. GetMetricData: 50 instances.
  volcengine: { found: 0, listed: "region", listedAPage: 100, measured: "region", measuredACall: 50 },
};

/** Every cloud whose limits are known. */
export const CLOUDS: readonly string[] = Object.keys(LIMITS);

/** The fewest requests that list these servers of one cloud and read one metric of those that run, in a process that has signed in already. */
export function fewestCalls(provider: string, servers: readonly TrueServer[], places: readonly Place[]): number {
  const { found, listed, listedAPage, measured, measuredACall } = limitsOf(provider);
  return (
    found +
    sum(groups(listed, servers, places), (here) => Math.max(1, Math.ceil(here.length / listedAPage))) +
    sum(groups(measured, servers, places), (here) => callsFor(here.filter(isMeasurable).length, measuredACall))
  );
}

function callsFor(servers: number, aCall: number): number {
  return servers === 0 ? 0 : Math.max(1, Math.ceil(servers / aCall));
}

/** An account's region that is asked, whether or not something runs there. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Requests of one cloud that wait for one another: the pages of its longest list, then metrics. */
export function callsInSequence(provider: string, servers: readonly TrueServer[], places: readonly Place[]): number {
  const { found, listed, listedAPage } = limitsOf(provider);
  const pages = groups(listed, servers, places).map((here) => Math.max(1, Math.ceil(here.length / listedAPage)));
  return found + Math.max(...pages) + 1;
}

/** Stopped servers have no points to ask for. */
function isMeasurable({ state }: TrueServer): boolean {
  return state !== "stopped" && state !== "terminated";
}

function groups(by: Limits["listed"], servers: readonly TrueServer[], places: readonly Place[]): (readonly TrueServer[])[] {
  if (by === "cloud") return [servers];
  const keyOf = ({ account, region }: Place) => (by === "account" ? account : `${account}/${region}`);
  return [...new Set(places.map(keyOf))].map((key) => servers.filter((server) => keyOf(server) === key));
}

function limitsOf(provider: string): Limits {
  const limits = LIMITS[provider];
  if (limits === undefined) throw new RangeError(`no documented limits of ${provider}`);
  return limits;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
