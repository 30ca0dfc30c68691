import type { Fleet } from "../fleet.ts";
import { ALERT_CONTACT_GROUP, ALERT_METRIC, ALERT_NAMESPACE, type AlicloudRule, rulesOf } from "./alarm-data.ts";
import { dimensionsOf, illegal } from "./cms-input.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcRequest } from "./rpc-service.ts";

const MOST_IDS = 20;
const MOST_ROWS = 100;
const STATES = ["OK", "ALARM", "INSUFFICIENT_DATA"];

/** DescribeMetricRuleList: alert rules page by page, with their state. */
export function describeMetricRuleList(fleet: Fleet, { account, region, input }: RpcRequest): Record<string, unknown> {
  const { AlertState: state, RuleName: name, RuleIds: ids, Namespace: namespace, MetricName: metric, EnableState: enabled } = input;
  const [page, size] = pageOf(input.Page, input.PageSize);
  if (state && !STATES.includes(state)) throw invalid();
  if (input.GroupId) throw invalid();
  const wantedIds = ids ? ids.split(",") : undefined;
  if (wantedIds !== undefined && wantedIds.length > MOST_IDS) throw invalid();
  const instances = dimensionsOf(input)?.map((dimensions) => dimensions.instanceId);
  const matching = rulesOf(fleet, account, region)
    .filter(() => (!namespace || namespace === ALERT_NAMESPACE) && (!metric || metric === ALERT_METRIC) && enabled !== "false")
    .filter((rule) => !state || rule.state === state)
    .filter((rule) => !name || rule.name.includes(name))
    .filter((rule) => wantedIds === undefined || wantedIds.includes(rule.id))
    .filter((rule) => instances === undefined || instances.includes(rule.resource?.id));
  return {
    Code: 200,
    Success: true,
    Total: String(matching.length),
    Alarms: { Alarm: matching.slice((page - 1) * size, page * size).map(ruleShape) },
  };
}

/** From 1, and rows a page. */
function pageOf(pageText: string | undefined, sizeText: string | undefined): readonly [page: number, size: number] {
  const [page, size] = [Number(pageText ?? 1), Number(sizeText ?? 10)];
  if (!Number.isInteger(page) || page < 1) throw illegal("Page is from 1");
  if (!Number.isInteger(size) || size < 1 || size > MOST_ROWS) throw illegal(`PageSize is from 1 to ${MOST_ROWS}`);
  return [page, size];
}

/** The `Alarm` shape of the DescribeMetricRuleList reference. */
function ruleShape({ id, name, state, resource, threshold }: AlicloudRule): Readonly<Record<string, unknown>> {
  const dimensions = JSON.stringify([resource === undefined ? { resource: "_ALL" } : { instanceId: resource.id }]);
  return {
    RuleId: id,
    RuleName: name,
    SourceType: "METRIC",
    Namespace: ALERT_NAMESPACE,
    MetricName: ALERT_METRIC,
    Period: "300",
    AlertState: state,
    EnableState: true,
    Dimensions: dimensions,
    Resources: dimensions,
    ContactGroups: ALERT_CONTACT_GROUP,
    MailSubject: "",
    Webhook: "",
    EffectiveInterval: "00:00-23:59",
    NoEffectiveInterval: "",
    SilenceTime: 86_400,
    NoDataPolicy: "KEEP_LAST_STATE",
    GroupId: "",
    GroupName: "",
    Escalations: {
      Info: {},
      Warn: {},
      Critical: {
        ComparisonOperator: "GreaterThanThreshold",
        Statistics: "Average",
        Threshold: String(threshold),
        Times: 1,
        PreCondition: "",
      },
    },
    CompositeExpression: {},
    Labels: { Labels: [] },
  };
}

function invalid(): RpcError {
  return new RpcError(400, "InvalidParameter", "The specified parameter is not valid.");
}
