/** One account in one region, as the question "which servers have CPU over 80%" sees it. */
export interface FleetScope {
  readonly account: string;
  readonly region: string;
  readonly instances: number;
  /** Instances that may have points: all but the stopped and the terminated. */
  readonly measurable: number;
}

/** DescribeInstances, most results of a page (EC2 API reference). */
const INSTANCES_A_PAGE = 1_000;
/** GetMetricData, most metrics of a call (CloudWatch API reference). */
const METRICS_A_CALL = 500;
/** Describe* calls of an account in a region: a bucket of so many, refilled at so many a second (EC2 developer guide, "Request throttling"). */
const DESCRIBE_BUCKET = { size: 100, perSecond: 20 };
/** GetMetricData calls and points of an account in a region, each second (CloudWatch user guide, "Service quotas"; points up to 3 hours old). */
const METRIC_CALLS_A_SECOND = 50;
const POINTS_A_SECOND = 180_000;
/** Points of one instance in the default window: 5 minutes, detailed monitoring. */
const MOST_POINTS = 5;

/** GetCallerIdentity or AssumeRole, and DescribeRegions: once for each account in the life of a process. */
export const ONE_OFF_CALLS_AN_ACCOUNT = 2;
function pagesOf({ instances }: FleetScope): number {
  return Math.max(1, Math.ceil(instances / INSTANCES_A_PAGE));
}

function metricCallsOf({ measurable }: FleetScope): number {
  return Math.ceil(measurable / METRICS_A_CALL);
}

/** The fewest calls that answer the question by the documented page and batch sizes, in a process that knows accounts and regions already. */
export function fewestCalls(scopes: readonly FleetScope[]): number {
  return scopes.reduce((sum, scope) => sum + pagesOf(scope) + metricCallsOf(scope), 0);
}

/** Calls that wait for one another: the pages of the largest scope, then the metrics of what its last page brought. */
export function callsInSequence(scopes: readonly FleetScope[]): number {
  return Math.max(0, ...scopes.map((scope) => pagesOf(scope) + (metricCallsOf(scope) > 0 ? 1 : 0)));
}

/** How long the documented rates of one account in one region make the question take, in milliseconds: the first second's worth is free. */
export function rateBoundMs(scopes: readonly FleetScope[]): number {
  const seconds = scopes.map((scope) =>
    Math.max(
      0,
      (pagesOf(scope) - DESCRIBE_BUCKET.size) / DESCRIBE_BUCKET.perSecond,
      (metricCallsOf(scope) - METRIC_CALLS_A_SECOND) / METRIC_CALLS_A_SECOND,
      (scope.measurable * MOST_POINTS - POINTS_A_SECOND) / POINTS_A_SECOND,
    ),
  );
  return Math.max(0, ...seconds) * 1_000;
}

/** The least time the question can take, in milliseconds: whichever is larger of latency and rates. */
export function leastMs(scopes: readonly FleetScope[], latencyMs: number): number {
  return Math.max(callsInSequence(scopes) * latencyMs, rateBoundMs(scopes));
}
