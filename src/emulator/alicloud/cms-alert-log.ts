import type { Fleet } from "../fleet.ts";
import { ALERT_CONTACT_GROUP, ALERT_METRIC, ALERT_NAMESPACE } from "./alarm-data.ts";
import { type AlertEvent, alertEventsOf } from "./alert-history-data.ts";
import { illegal, timeOf } from "./cms-input.ts";
import type { RpcRequest } from "./rpc-service.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MOST_DAYS = 15;
const MOST_ROWS = 100;
/** Parameters of the reference that group or that nothing here differs by. */
const NOT_EMULATED = ["GroupBy", "GroupId", "SearchKey"];

/** DescribeAlertLogList: when alert rules began and ended to alarm. It tells no total: the last page is the one that is not full. */
export function describeAlertLogList(fleet: Fleet, { account, region, input, nowMs }: RpcRequest): Record<string, unknown> {
  const refused = NOT_EMULATED.find((name) => input[name]);
  if (refused !== undefined) throw illegal(`The emulator does not take ${refused}`);
  const [PageNumber, PageSize] = [Number(input.PageNumber ?? 1), Number(input.PageSize ?? 10)];
  if (!Number.isInteger(PageNumber) || PageNumber < 1) throw illegal("PageNumber is from 1");
  if (!Number.isInteger(PageSize) || PageSize < 1 || PageSize > MOST_ROWS) throw illegal(`PageSize is from 1 to ${MOST_ROWS}`);
  const [fromMs, toMs] = rangeOf(input, nowMs);
  const wanted: Readonly<Record<string, (event: AlertEvent) => string>> = {
    Namespace: () => ALERT_NAMESPACE,
    MetricName: () => ALERT_METRIC,
    Product: () => "ECS",
    SourceType: () => "METRIC",
    SendStatus: () => "0",
    ContactGroup: () => ALERT_CONTACT_GROUP,
    RuleId: ({ rule }) => rule.id,
    RuleName: ({ rule }) => rule.name,
    EventType: ({ kind }) => kind,
    Level: levelOf,
  };
  const matching = alertEventsOf(fleet, { account, region, nowMs }, fromMs, toMs).filter((event) =>
    Object.entries(wanted).every(([name, read]) => !input[name] || read(event) === input[name]),
  );
  const page = matching.slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
  return { Code: "200", Success: true, PageNumber, PageSize, AlertLogList: page.map((event) => eventShape(event, account)) };
}

/** Both ends or none: then the last quarter of an hour, or `LastMin` minutes. What is older than a year is not there any more. */
function rangeOf({ StartTime: start, EndTime: end, LastMin: last }: RpcRequest["input"], nowMs: number): readonly [number, number] {
  if (!start !== !end) throw illegal("StartTime and EndTime go together");
  const minutes = Number(last ?? 15);
  if (!Number.isInteger(minutes) || minutes < 1) throw illegal("LastMin is from 1");
  const [fromMs, toMs] = start ? [timeOf(start) ?? 0, timeOf(end) ?? 0] : [nowMs - minutes * MINUTE_MS, nowMs];
  if (toMs < fromMs || toMs - fromMs > MOST_DAYS * DAY_MS) throw illegal(`StartTime and EndTime are at most ${MOST_DAYS} days apart`);
  return fromMs < nowMs - 365 * DAY_MS ? [nowMs + 1, nowMs] : [fromMs, Math.min(toMs, nowMs)];
}

function levelOf({ kind, level }: AlertEvent): string {
  return kind === "RESOLVED" ? "OK" : level;
}

/** An element of `AlertLogList` in the DescribeAlertLogList reference. */
function eventShape(event: AlertEvent, account: string): Readonly<Record<string, unknown>> {
  const { id, timeMs, rule, kind, level } = event;
  const { resource } = rule;
  const instanceId = resource?.id ?? "";
  return {
    LogId: id,
    AlertTime: String(timeMs),
    RuleId: rule.id,
    RuleName: rule.name,
    Namespace: ALERT_NAMESPACE,
    MetricName: ALERT_METRIC,
    Product: "ECS",
    EventName: "",
    InstanceId: instanceId,
    InstanceName: resource?.name ?? "",
    GroupId: "",
    GroupName: "",
    Level: levelOf(event),
    LevelChange: kind === "TRIGGERED" ? `OK->${level}` : `${level}->OK`,
    SendStatus: "0",
    Message: JSON.stringify({ alertName: rule.name, alertState: kind === "TRIGGERED" ? "ALERT" : "OK" }),
    Dimensions: [{ Key: "instanceId", Value: instanceId }],
    ExtendedInfo: [{ Name: "userId", Value: account }],
    Escalation: { Expression: `$Average>${rule.threshold}`, Times: 1, Level: level },
    ContactGroups: [ALERT_CONTACT_GROUP],
    ContactMailList: ["oncall@example.com"],
    ContactSMSList: [],
    ContactOnCallList: [],
    ContactDingList: [],
    ContactALIIWWList: [],
    DingdingWebhookList: [],
    WebhookList: [],
    SendDetail: {
      ResultCode: "success",
      ChannelResultList: [
        {
          Channel: "MAIL",
          ResultList: [{ Code: "", RequestId: "", Success: true, Detail: "{}", notifyTargetList: ["oncall@example.com"] }],
        },
      ],
    },
    SendResultList: [{ Key: "MAIL", Value: ["oncall@example.com"] }],
    BlackListName: "",
    BlackListUUID: "",
    BlackListDetail: "",
  };
}
