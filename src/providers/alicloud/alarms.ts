import type { Alarm, AlarmState, AlarmsCapability } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { required } from "./errors.ts";
import { countedPages } from "./paging.ts";

const OPERATION = "DescribeMetricRuleList";
/** The most that DescribeMetricRuleList gives at a time. */
const PAGE_SIZE = 100;

const NATIVE_STATES = { alarm: "ALARM", ok: "OK", "insufficient-data": "INSUFFICIENT_DATA" } as const satisfies Record<AlarmState, string>;
const STATES: Readonly<Record<string, AlarmState>> = Object.fromEntries(
  Object.entries(NATIVE_STATES).map(([state, native]) => [native, state as AlarmState]),
);

/** What is read of a rule (CMS API reference, `DescribeMetricRuleList`). */
interface Rule {
  readonly ruleId?: string;
  readonly ruleName?: string;
  readonly alertState?: string;
  readonly enableState?: boolean;
  readonly namespace?: string;
  readonly metricName?: string;
  readonly resources?: string;
  readonly escalations?: { readonly critical?: Escalation; readonly warn?: Escalation; readonly info?: Escalation };
}

interface Escalation {
  readonly statistics?: string;
  readonly comparisonOperator?: string;
  readonly threshold?: string;
  readonly times?: number;
}

/** Alert rules of CloudMonitor, which can be asked for one state or for all. Rules that are switched off watch nothing. */
export function listAlarms(accounts: Accounts): AlarmsCapability["list"] {
  return async function* (scope, states, context) {
    const { cms } = await accounts.connect(scope, context);
    const [only, ...others] = states;
    const state = only === undefined || others.length > 0 ? {} : { alertState: NATIVE_STATES[only] };
    const pages = countedPages<Rule>(OPERATION, ({ page }) =>
      cms(
        OPERATION,
        (client, sdk, runtime) => {
          return client.describeMetricRuleListWithOptions(
            new sdk.DescribeMetricRuleListRequest({ page, pageSize: PAGE_SIZE, ...state }),
            runtime,
          );
        },
        ({ alarms, total }) => ({
          rows: required(alarms?.alarm, OPERATION, "Alarms"),
          total: Number(required(total, OPERATION, "Total")),
        }),
      ),
    );
    for await (const rules of pages) {
      const alarms = rules.filter(({ enableState }) => enableState !== false).map(alarmOf);
      yield alarms.filter((alarm) => states.includes(alarm.state));
    }
  };
}

function alarmOf(rule: Rule): Alarm {
  const { namespace, metricName } = rule;
  return {
    id: required(rule.ruleId, OPERATION, "RuleId"),
    name: required(rule.ruleName, OPERATION, "RuleName"),
    state: required(STATES[required(rule.alertState, OPERATION, "AlertState")], OPERATION, "a known AlertState"),
    // A rule tells when it was changed, not when its state was.
    sinceMs: null,
    metric: namespace && metricName ? `${namespace}:${metricName}` : null,
    resource: onlyInstance(rule.resources),
    reason: conditionOf(rule),
  };
}

/** The instance that a rule watches, if it watches one: `[{"instanceId":"i-…"}]`, while `[{"resource":"_ALL"}]` are all. */
function onlyInstance(resources: string | undefined): string | null {
  try {
    const list: unknown = JSON.parse(resources ?? "[]");
    if (!Array.isArray(list) || list.length !== 1) return null;
    const { instanceId } = list[0] as { readonly instanceId?: unknown };
    return typeof instanceId === "string" ? instanceId : null;
  } catch {
    return null;
  }
}

const OPERATORS: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: ">=",
  GreaterThanThreshold: ">",
  LessThanOrEqualToThreshold: "<=",
  LessThanThreshold: "<",
  NotEqualToThreshold: "!=",
};

/** `Average > 90 (3×)`: what the gravest level of the rule waits for, since the state comes without a reason. */
function conditionOf({ escalations }: Rule): string | null {
  for (const level of [escalations?.critical, escalations?.warn, escalations?.info]) {
    if (!level?.threshold) continue;
    const operator = OPERATORS[level.comparisonOperator ?? ""] ?? level.comparisonOperator ?? "";
    return [level.statistics, operator, level.threshold, level.times === undefined ? "" : `(${level.times}×)`].filter(Boolean).join(" ");
  }
  return null;
}
