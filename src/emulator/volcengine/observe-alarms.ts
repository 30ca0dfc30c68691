import type { Fleet } from "../fleet.ts";
import { hash } from "../hash.ts";
import { type AlertRule, alertRulesOf } from "./alarm-data.ts";
import { boundedInteger, optionalText } from "./parameters.ts";
import type { VolcengineHandler, VolcengineOperation, VolcengineRequest } from "./service.ts";

const RULES_BY_DEFAULT = 30;
const ALERTS_BY_DEFAULT = 10;
const MOST_A_PAGE = 100;
/** API reference, ListAlertGroup: "A maximum of 5,000 entries can be returned." */
const MOST_ALERTS = 5_000;
const DAY_SECONDS = 86_400;
const PAGES = { PageNumber: { TypeName: "integer" }, PageSize: { TypeName: "integer" } } as const;
const STRINGS = { TypeName: "array", TypeOf: "string" } as const;

/** Alert rules and what they set off. Both lists are an account's, whatever region the request is signed for: each entry names its own. */
export function alarmOperations(fleet: Fleet): Readonly<Record<string, VolcengineOperation>> {
  return {
    ListRules: {
      parameters: {
        ...PAGES,
        RuleName: { TypeName: "string" },
        Namespace: STRINGS,
        Level: STRINGS,
        AlertState: STRINGS,
        EnableState: STRINGS,
      },
      handle: listRules(fleet),
    },
    ListAlertGroup: {
      parameters: {
        ...PAGES,
        RuleIds: STRINGS,
        RuleName: { TypeName: "string" },
        Namespaces: STRINGS,
        Levels: STRINGS,
        AlertStates: STRINGS,
        ResourceId: { TypeName: "string" },
        StartAt: { TypeName: "integer" },
        EndAt: { TypeName: "integer" },
      },
      handle: listAlertGroup(fleet),
    },
  };
}

function listRules(fleet: Fleet): VolcengineHandler {
  return ({ account, input, nowMs }) => {
    const name = optionalText(input, "RuleName");
    const found = alertRulesOf(fleet, account, nowMs).filter(
      (rule) =>
        (name === undefined || rule.name.includes(name)) &&
        allows(input, "AlertState", rule.state) &&
        allows(input, "EnableState", "enable") &&
        allows(input, "Namespace", "VCM_ECS") &&
        allows(input, "Level", "warning"),
    );
    const { rows, ...page } = pageOf(found, input, RULES_BY_DEFAULT);
    return { Data: rows.map(ruleShape), ...page };
  };
}

function listAlertGroup(fleet: Fleet): VolcengineHandler {
  return ({ account, input, nowMs }) => {
    const nowSeconds = Math.floor(nowMs / 1_000);
    const start = boundedInteger(input, "StartAt", 0, Number.MAX_SAFE_INTEGER, nowSeconds - 7 * DAY_SECONDS);
    const end = boundedInteger(input, "EndAt", 0, Number.MAX_SAFE_INTEGER, nowSeconds);
    // "The interval must be no shorter than 1 minute. Otherwise, the data of the past 7 days is queried."
    const [fromMs, toMs] = end - start < 60 ? [nowMs - 7 * DAY_SECONDS * 1_000, nowMs] : [start * 1_000, end * 1_000];
    const resource = optionalText(input, "ResourceId");
    const name = input.RuleIds === undefined ? optionalText(input, "RuleName") : undefined;
    const found = alertRulesOf(fleet, account, nowMs)
      .filter((rule) => allows(input, "RuleIds", rule.id) && (name === undefined || rule.name.includes(name)))
      .filter(() => input.RuleIds !== undefined || (allows(input, "Namespaces", "VCM_ECS") && allows(input, "Levels", "warning")))
      .filter((rule) => allows(input, "AlertStates", rule.state) && rule.sinceMs >= fromMs && rule.sinceMs < toMs)
      .flatMap((rule) => rule.ringing.map((machine) => ({ rule, machine })))
      .filter(({ machine }) => resource === undefined || machine.id === resource)
      .slice(0, MOST_ALERTS);
    const { rows, ...page } = pageOf(found, input, ALERTS_BY_DEFAULT);
    return { Data: rows.map(({ rule, machine }) => alertShape(rule, machine, nowMs)), OrderBy: "StartAt", Asc: false, ...page };
  };
}

function allows(input: VolcengineRequest["input"], name: string, value: string): boolean {
  const wanted = input[name];
  return !Array.isArray(wanted) || wanted.length === 0 || wanted.includes(value);
}

function pageOf<Row>(all: readonly Row[], input: VolcengineRequest["input"], usual: number) {
  const number = boundedInteger(input, "PageNumber", 1, 1_000_000, 1);
  const size = boundedInteger(input, "PageSize", 1, MOST_A_PAGE, usual);
  return { rows: all.slice((number - 1) * size, number * size), PageNumber: number, PageSize: size, TotalCount: all.length };
}

/** A rule as the vendor's SDK metadata describes it. */
function ruleShape(rule: AlertRule): Readonly<Record<string, unknown>> {
  const condition = {
    MetricName: "Instance_CpuBusy",
    DisplayName: "带外CPU使用率",
    MetricUnit: "Percent",
    Period: "5m",
    Statistics: "avg",
    ComparisonOperator: ">",
    Threshold: String(rule.threshold),
  };
  return {
    Id: rule.id,
    RuleName: rule.name,
    Description: "",
    RuleType: "static",
    ResourceType: "instance",
    Namespace: "VCM_ECS",
    SubNamespace: "Instance",
    ProjectName: "default",
    Regions: [rule.region],
    OriginalDimensions: { ResourceID: [rule.resource?.id ?? "*"] },
    EnableState: "enable",
    AlertState: rule.state,
    Level: "warning",
    MultipleConditions: false,
    ConditionOperator: "&&",
    Conditions: [condition],
    LevelConditions: [{ Level: "warning", Conditions: [condition] }],
    EvaluationCount: 1,
    SilenceTime: 5,
    EffectStartAt: "00:00",
    EffectEndAt: "23:59",
    AlertMethods: ["Email"],
    ContactGroupIds: [],
    WebhookIds: [],
    WebHook: "",
    NotificationId: "",
    NotifyTemplates: [],
    ObjectGroupId: "",
    NoData: { Enable: false, EvaluationCount: 0, Level: "" },
    RecoveryNotify: { Enable: true },
    Tags: [],
    CreatedAt: String(Math.floor(rule.createdMs / 1_000)),
    UpdatedAt: String(Math.floor(rule.createdMs / 1_000)),
  };
}

/** An alert as the vendor's SDK metadata describes it. */
function alertShape(rule: AlertRule, machine: AlertRule["ringing"][number], nowMs: number): Readonly<Record<string, unknown>> {
  const minutes = Math.floor((nowMs - rule.sinceMs) / 60_000);
  return {
    Id: hash(rule.id, machine.key).toString(16).padStart(8, "0").repeat(3),
    RuleId: rule.id,
    RuleName: rule.name,
    AlertType: "metric",
    AlertState: rule.state,
    Level: "warning",
    Namespace: "VCM_ECS",
    SubNamespace: "Instance",
    Region: rule.region,
    ResourceId: machine.id,
    ResourceName: machine.name,
    ResourceType: "instance",
    Dimension: JSON.stringify({ ResourceID: machine.id }),
    StartAt: new Date(rule.sinceMs).toISOString(),
    EndAt: "",
    Duration: `${Math.floor(minutes / 60)}h${minutes % 60}m`,
  };
}
