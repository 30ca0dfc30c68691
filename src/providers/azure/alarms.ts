import type { Alarm, AlarmState, AlarmsCapability, ProviderContext } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import { kqlPipe } from "./kql.ts";
import { nativeName } from "./metrics.ts";
import { type GraphRow, optionalTextOf, queryGraph, textOf } from "./resource-graph.ts";

const OPERATION = "Resources";

/** What became of each rule: alerts are kept for 30 days (Azure Monitor, "What are Azure Monitor alerts?"). */
const FIRED = kqlPipe(
  "alertsmanagementresources",
  'where type =~ "microsoft.alertsmanagement/alerts"',
  "extend essentials = properties.essentials",
  "project rule = tolower(tostring(essentials.alertRule)), fired = tostring(essentials.monitorCondition) =~ 'Fired', started = todatetime(essentials.startDateTime), resolved = todatetime(essentials.monitorConditionResolvedDateTime)",
  "summarize firing = countif(fired), startedAt = max(iff(fired, started, datetime(null))), resolvedAt = max(resolved) by rule",
);

/**
 * Alert rules with the state that their alerts give them. A rule without a fired alert is `ok`: whether it has had data cannot be asked.
 * Rules that are switched off are none.
 */
export const ALARMS_QUERY = kqlPipe(
  "Resources",
  'where type in~ ("microsoft.insights/metricalerts", "microsoft.insights/scheduledqueryrules")',
  "where tostring(properties.enabled) =~ 'true'",
  "extend rule = tolower(id), target = tolower(tostring(properties.scopes[0])), criterion = properties.criteria.allOf[0]",
  `join kind=leftouter (${FIRED}) on rule`,
  "join kind=leftouter (Resources | project target = tolower(id), targetId = id, targetLocation = location) on target",
  "project id, name, type, subscriptionId, location, targetId, targetLocation, firing, startedAt, resolvedAt, namespace = tostring(criterion.metricNamespace), metric = tostring(criterion.metricName), description = tostring(properties.description)",
);

interface PlacedAlarm extends Alarm {
  readonly account: string;
  /** Undefined for a rule that watches nothing in a region. */
  readonly region: string | undefined;
}

/** Metric and log alert rules: one query for all subscriptions. */
export function listAlarms(accounts: Accounts, clients: Clients): AlarmsCapability["list"] {
  return async function* (scope, states, context) {
    context.signal.throwIfAborted();
    const home = accounts.homeRegion(scope.account);
    for await (const page of sharedAlarms(accounts, clients, context)) {
      const here = page.filter(
        ({ account, region, state }) =>
          account === scope.account && (region ?? home ?? scope.region) === scope.region && states.includes(state as AlarmState),
      );
      if (here.length > 0) yield here.map(({ account: _account, region: _region, ...alarm }) => alarm);
    }
  };
}

async function* sharedAlarms(accounts: Accounts, clients: Clients, context: ProviderContext): AsyncGenerator<readonly PlacedAlarm[]> {
  const subscriptions = await accounts.configured({}, context);
  yield* context.shared("alarms", async function* () {
    for await (const rows of queryGraph(clients, ALARMS_QUERY, subscriptions, context)) yield rows.map(alarmOf);
  });
}

function alarmOf(row: GraphRow): PlacedAlarm {
  const firing = countOf(row, "firing");
  const metric = optionalTextOf(row, "metric");
  const namespace = optionalTextOf(row, "namespace");
  const location = textOf(row, "location").toLowerCase();
  const region = optionalTextOf(row, "targetLocation")?.toLowerCase() ?? location;
  return {
    id: textOf(row, "id"),
    name: textOf(row, "name"),
    state: firing > 0 ? "alarm" : "ok",
    sinceMs: timeOf(row, firing > 0 ? "startedAt" : "resolvedAt"),
    metric: metric === undefined ? null : namespace === undefined ? metric : nativeName(namespace, metric),
    resource: optionalTextOf(row, "targetId") ?? null,
    reason: optionalTextOf(row, "description") ?? null,
    account: textOf(row, "subscriptionId").toLowerCase(),
    region: region === "global" ? undefined : region,
  };
}

/** Null where a rule has never had an alert. */
function countOf(row: GraphRow, field: string): number {
  if (!Object.hasOwn(row, field)) return required<never>(undefined, OPERATION, field);
  const value = row[field] ?? 0;
  return typeof value === "number" ? value : required<never>(undefined, OPERATION, `a number as ${field}`);
}

function timeOf(row: GraphRow, field: string): number | null {
  const text = optionalTextOf(row, field);
  const timeMs = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(timeMs) ? null : timeMs;
}
