import type { Fleet } from "../fleet.ts";
import { pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import { metricFiltersOf, subscriptionFiltersOf } from "./logs-filter-data.ts";
import { findLogGroup, logGroupName, logGroupsOf } from "./logs-groups.ts";
import { bindingOf, positionOf } from "./logs-pages.ts";
import { boundedInteger, requiredString } from "./logs-validation.ts";
import type { AwsOperation, AwsRequest } from "./service.ts";

/** The greatest `limit`, and the usual one (API reference, DescribeMetricFilters and DescribeSubscriptionFilters). */
const FILTERS_A_PAGE = 50;

type FilterOperation = "DescribeMetricFilters" | "DescribeSubscriptionFilters";

/** The filters of log groups: of all groups of a place, or of one. */
export function logsFilterOperations(fleet: Fleet): Readonly<Record<FilterOperation, AwsOperation>> {
  return {
    DescribeMetricFilters: (request) => describeMetricFilters(fleet, request),
    DescribeSubscriptionFilters: (request) => describeSubscriptionFilters(fleet, request),
  };
}

function describeMetricFilters(fleet: Fleet, request: AwsRequest) {
  const { logGroupName: group, filterNamePrefix: prefix = "", metricName: metric, metricNamespace: namespace } = request.input;
  if ((metric === undefined) !== (namespace === undefined))
    throw new AwsError("InvalidParameterException", "metricName and metricNamespace must be specified together.");
  const groups = group === undefined ? logGroupsOf(fleet, request) : [findLogGroup(fleet, request, String(group))];
  const filters = groups
    .flatMap((source) => metricFiltersOf(source).map((filter) => ({ ...filter, logGroupName: logGroupName(source) })))
    .filter((filter) => filter.name.startsWith(String(prefix)))
    .filter((filter) => metric === undefined || (filter.metric === metric && filter.namespace === namespace));
  const { page, ...rest } = pageOf(filters, request, ["logGroupName", "filterNamePrefix", "metricName", "metricNamespace"]);
  const metricFilters = page.map((filter) => ({
    filterName: filter.name,
    filterPattern: filter.pattern,
    metricTransformations: [{ metricName: filter.metric, metricNamespace: filter.namespace, metricValue: "1", defaultValue: 0 }],
    creationTime: filter.createdMs,
    logGroupName: filter.logGroupName,
  }));
  return { metricFilters, ...rest };
}

function describeSubscriptionFilters(fleet: Fleet, request: AwsRequest) {
  const source = findLogGroup(fleet, request, requiredString(request, "logGroupName"));
  const prefix = String(request.input.filterNamePrefix ?? "");
  const filters = subscriptionFiltersOf(source).filter(({ name }) => name.startsWith(prefix));
  const { page, ...rest } = pageOf(filters, request, ["logGroupName", "filterNamePrefix"]);
  const subscriptionFilters = page.map((filter) => ({
    filterName: filter.name,
    logGroupName: logGroupName(source),
    filterPattern: filter.pattern,
    destinationArn: filter.destinationArn,
    roleArn: filter.roleArn,
    distribution: "ByLogStream",
    creationTime: filter.createdMs,
  }));
  return { subscriptionFilters, ...rest };
}

function pageOf<Filter>(all: readonly Filter[], request: AwsRequest, members: readonly string[]) {
  const limit = boundedInteger(request, "limit", 1, FILTERS_A_PAGE) ?? FILTERS_A_PAGE;
  const binding = bindingOf(request, members);
  const end = positionOf(request, binding) + limit;
  return { page: all.slice(end - limit, end), ...(end < all.length ? { nextToken: pageToken(end, binding) } : {}) };
}
