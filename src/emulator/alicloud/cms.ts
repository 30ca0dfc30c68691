import { describeAlertLogList } from "./cms-alert-log.ts";
import { describeContactGroupList } from "./cms-contacts.ts";
import { illegal } from "./cms-input.ts";
import { describeMetricMetaList } from "./cms-meta.ts";
import { describeMetricLast, describeMetricList } from "./cms-metric-data.ts";
import { describeMetricRuleList } from "./cms-rules.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcServiceFactory } from "./rpc-service.ts";

/** CloudMonitor: metrics, alert rules and what they did, and who is told. */
export const cmsService: RpcServiceFactory = (fleet) => ({
  id: "cms",
  version: "2019-01-01",
  endpoint: "metrics",
  operations: {
    DescribeMetricList: (request) => describeMetricList(fleet, request),
    DescribeMetricLast: (request) => describeMetricLast(fleet, request),
    DescribeMetricMetaList: describeMetricMetaList,
    DescribeMetricRuleList: (request) => describeMetricRuleList(fleet, request),
    DescribeAlertLogList: (request) => describeAlertLogList(fleet, request),
    DescribeContactGroupList: (request) => describeContactGroupList(fleet, request),
  },
  pageLost: () => illegal("NextToken is not known"),
  denied: () => new RpcError(403, "AccessForbidden", "User not authorized to operate on the specified resource."),
});
