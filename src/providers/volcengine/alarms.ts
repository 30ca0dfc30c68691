import type { Alarm, AlarmState, AlarmsCapability, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { required, requiredList } from "./errors.ts";
import { RESOURCE_DIMENSION } from "./metrics.ts";
import { listAlertGroup, listRules, type NativeAlertGroup, type NativeRule } from "./operations.ts";
import { countedPages } from "./paging.ts";
import { HOME_REGION } from "./regions.ts";

const OPERATION = listRules.name;
/** Rules in one reply. */
const PAGE_SIZE = 100;

/** `altering` is how the API spells it (documentation of the Terraform provider, `cloud_monitor_rules`); a rule knows no other states. */
const STATES: Readonly<Record<string, AlarmState>> = { altering: "alarm", alerting: "alarm", normal: "ok" };
const NATIVE_STATES: Readonly<Partial<Record<AlarmState, string>>> = { alarm: "altering", ok: "normal" };

/** A rule with what the alarm history says of it. */
interface RuleAlerts {
  readonly rule: NativeRule;
  readonly alarm: Alarm;
  readonly alerts: readonly NativeAlertGroup[];
}

/**
 * Alarm rules of Cloud Monitor that are switched on. Neither operation has a region: rules and alerts are the account's, and name
 * theirs. So an account is asked once, and each scope takes what is its own.
 */
export function listAlarms(accounts: Accounts): AlarmsCapability["list"] {
  return async function* (scope, states, context) {
    const [only, ...others] = states;
    const native = only === undefined || others.length > 0 ? undefined : NATIVE_STATES[only];
    const rules = context.shared(`alarms/${scope.account}/${native ?? "all"}`, async function* (): AsyncGenerator<readonly RuleAlerts[]> {
      const connection = await accounts.connect({ account: scope.account, region: HOME_REGION }, context);
      for await (const page of readRules(connection, native)) yield await withAlerts(connection, page);
    });
    for await (const page of rules) {
      const found = page.filter(({ rule }) => watches(rule, scope)).map((each) => inRegion(each, scope));
      yield found.filter(({ state }) => states.includes(state));
    }
  };
}

function readRules(connection: Connection, native: string | undefined): AsyncGenerator<readonly NativeRule[]> {
  return countedPages(OPERATION, (PageNumber) =>
    connection.call(listRules, { PageNumber, PageSize: PAGE_SIZE, ...(native === undefined ? {} : { AlertState: [native] }) }, (result) => {
      const items = requiredList(result.Data, OPERATION, "Data");
      // Read here, so that a reply in which something is missing is asked for again.
      for (const rule of items) watches(rule, { region: "" });
      for (const rule of items) alarmOf(rule);
      return { items, total: required(result.TotalCount, OPERATION, "TotalCount") };
    }),
  );
}

function watches({ EnableState, Regions }: NativeRule, { region }: Pick<Scope, "region">): boolean {
  const regions = requiredList(Regions, OPERATION, "Regions");
  return required(EnableState, OPERATION, "EnableState") !== "disable" && (regions.length === 0 || regions.includes(region));
}

function alarmOf(rule: NativeRule): Alarm {
  const conditions = requiredList(rule.Conditions, OPERATION, "Conditions");
  const names = [...new Set(conditions.map(({ MetricName }) => required(MetricName, OPERATION, "MetricName")))];
  const [resource, ...others] = required(rule.OriginalDimensions, OPERATION, "OriginalDimensions")[RESOURCE_DIMENSION] ?? [];
  return {
    id: required(rule.Id, OPERATION, "Id"),
    name: required(rule.RuleName, OPERATION, "RuleName"),
    state: STATES[required(rule.AlertState, OPERATION, "AlertState")] ?? "insufficient-data",
    sinceMs: null,
    metric: names.length === 1 ? `${rule.Namespace ?? ""}/${rule.SubNamespace ?? ""}:${names[0]}` : null,
    // A rule may watch many, or all: `*`.
    resource: resource === undefined || resource === "*" || others.length > 0 ? null : resource,
    reason:
      conditions
        .map(({ MetricName, Statistics, ComparisonOperator, Threshold }) =>
          [MetricName, Statistics, ComparisonOperator, Threshold].join(" "),
        )
        .join(", ") || null,
  };
}

/** Adds the alarm history of rules that are in alarm. */
async function withAlerts(connection: Connection, rules: readonly NativeRule[]): Promise<readonly RuleAlerts[]> {
  const alarms = rules.map((rule) => ({ rule, alarm: alarmOf(rule) }));
  const ids = alarms.flatMap(({ alarm }) => (alarm.state === "alarm" ? [alarm.id] : []));
  const alerts = new Map<string, NativeAlertGroup[]>();
  if (ids.length > 0) {
    const operation = listAlertGroup.name;
    const list = countedPages(operation, (PageNumber) =>
      connection.call(listAlertGroup, { PageNumber, PageSize: PAGE_SIZE, RuleIds: ids }, (result) => ({
        items: requiredList(result.Data, operation, "Data"),
        total: required(result.TotalCount, operation, "TotalCount"),
      })),
    );
    for await (const groups of list) {
      for (const group of groups) {
        const id = required(group.RuleId, operation, "RuleId");
        alerts.set(id, [...(alerts.get(id) ?? []), group]);
      }
    }
  }
  return alarms.map(({ rule, alarm }) => ({ rule, alarm, alerts: alerts.get(alarm.id) ?? [] }));
}

/** A rule as a region sees it: one that rings in another of its regions does not ring here. History goes back a week only. */
function inRegion({ alarm, alerts }: RuleAlerts, { region }: Scope): Alarm {
  const ringing = alerts.filter(({ EndAt }) => !EndAt);
  const [newest] = ringing.filter(({ Region }) => Region === region).sort((left, right) => (startOf(right) ?? 0) - (startOf(left) ?? 0));
  if (newest !== undefined) {
    return {
      ...alarm,
      sinceMs: startOf(newest),
      reason: newest.RuleTriggerCondition || alarm.reason,
    };
  }
  return ringing.length > 0 ? { ...alarm, state: "ok" } : alarm;
}

function startOf(group: NativeAlertGroup | undefined): number | null {
  const time = Date.parse(group?.StartAt ?? "");
  return Number.isNaN(time) ? null : time;
}
