import type { MetricReading, MetricRequest, MetricTarget, ProviderContext, Scope } from "../../contracts/index.ts";
import type { Clients } from "./clients.ts";
import { kqlPipe, kqlTime } from "./kql.ts";
import type { AzureSeries } from "./metrics.ts";
import { type Aggregation, type NativePoint, seriesPlan } from "./periods.ts";
import { readingOf } from "./readings.ts";
import { column, numberOf, runOwnKql, timeOf } from "./run-kql.ts";
import type { Workspace, Workspaces } from "./workspaces.ts";

interface GuestJob {
  readonly target: MetricTarget;
  readonly series: AzureSeries;
  readonly aggregation: Aggregation;
}

const FUNCTIONS: Readonly<Record<Aggregation, string>> = { average: "avg", maximum: "max", minimum: "min", total: "sum" };

/** Over all mounts of a machine, by machine and period (VM insights, "How to query logs from VM insights"). */
export function guestQuery({ window, statistic }: Omit<MetricRequest, "targets">, aggregation: Aggregation): string {
  const { periodMs } = seriesPlan(statistic, window);
  return kqlPipe(
    "InsightsMetrics",
    `where TimeGenerated >= ${kqlTime(window.fromMs)} and TimeGenerated < ${kqlTime(window.toMs)}`,
    'where Namespace == "LogicalDisk" and Name == "FreeSpacePercentage"',
    `summarize Value = ${FUNCTIONS[aggregation]}(Val), Samples = count() by Resource = tolower(_ResourceId), Time = bin(TimeGenerated, ${periodMs / 60_000}m)`,
  );
}

/** What VM insights gathered from inside the machines: one query for each workspace of the place, which all machines share. */
export async function* readGuestMetrics(
  parts: { readonly clients: Clients; readonly workspaces: Workspaces },
  scope: Scope,
  jobs: readonly GuestJob[],
  request: MetricRequest,
  context: ProviderContext,
): AsyncGenerator<MetricReading[]> {
  const plan = seriesPlan(request.statistic, request.window);
  for (const [aggregation, members] of Map.groupBy(jobs, (job) => job.aggregation)) {
    const points = new Map<string, NativePoint[]>();
    for (const workspace of await parts.workspaces.of(scope, context)) {
      for await (const found of sharedPoints(parts.clients, workspace, aggregation, request, context))
        for (const [id, own] of found) points.set(id, [...(points.get(id) ?? []), ...own]);
    }
    yield members.map(({ target, series }) => {
      const own = points.get(target.resource.id.toLowerCase()) ?? [];
      return readingOf(target, { points: own, sampling: "level", series }, plan, request);
    });
  }
}

function sharedPoints(
  clients: Clients,
  workspace: Workspace,
  aggregation: Aggregation,
  request: MetricRequest,
  context: ProviderContext,
): AsyncIterable<ReadonlyMap<string, readonly NativePoint[]>> {
  const query = guestQuery(request, aggregation);
  return context.shared(`${workspace.customerId} ${query}`, async function* () {
    const result = await runOwnKql(clients, workspace, query, request.window, context);
    if (result === undefined) return;
    if (result.partial !== undefined) context.note(result.partial);
    const resource = column(result, "Resource");
    const time = column(result, "Time");
    const value = column(result, "Value");
    const samples = column(result, "Samples");
    const points = new Map<string, NativePoint[]>();
    for (const row of result.rows) {
      const id = String(resource(row));
      // Periods are counted from the epoch, so that the first one may have begun before the window.
      const timeMs = Math.max(request.window.fromMs, timeOf(time(row), "Time"));
      const point = { timeMs, value: numberOf(value(row), "Value"), count: numberOf(samples(row), "Samples") };
      points.set(id, [...(points.get(id) ?? []), point]);
    }
    yield points;
  });
}
