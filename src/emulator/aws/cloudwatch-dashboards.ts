import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import type { AwsChanges } from "./aws-changes.ts";
import { AwsError } from "./aws-error.ts";
import { dashboardNameSchema, deleteDashboardsSchema, invalidNextToken, listDashboardsSchema, parseInput } from "./cloudwatch-input.ts";
import { type AwsDashboard, currentDashboards, dashboardKey, dashboardsOf } from "./dashboard-data.ts";
import type { AwsRequest } from "./service.ts";
import { wireTime } from "./wire-time.ts";

/** "ListDashboards returns up to 1000 results on one page" (API reference). */
const DASHBOARDS_A_PAGE = 1_000;

type Handler = (request: AwsRequest) => Record<string, unknown>;

/** Dashboards are an account's: every region tells the same. */
export function dashboardOperations(fleet: Fleet, changes: AwsChanges): Readonly<Record<string, Handler>> {
  const accounts = new Map<string, readonly AwsDashboard[]>();
  const current = ({ account }: AwsRequest) => {
    const all = accounts.get(account) ?? dashboardsOf(fleet, account);
    accounts.set(account, all);
    return currentDashboards(all, account, changes);
  };
  return {
    ListDashboards: (request) => listDashboards(current(request), request),
    GetDashboard: (request) => getDashboard(current(request), request),
    DeleteDashboards: (request) => deleteDashboards(current(request), request, changes),
  };
}

function listDashboards(all: readonly AwsDashboard[], request: AwsRequest): Record<string, unknown> {
  const { DashboardNamePrefix: prefix = "", NextToken: token } = parseInput(listDashboardsSchema, request.input);
  const binding = [request.account, request.operation, prefix];
  const position = pagePosition(token, binding);
  if (position === undefined) throw invalidNextToken();
  const matching = all.filter(({ name }) => name.startsWith(prefix));
  const end = position + DASHBOARDS_A_PAGE;
  return {
    DashboardEntries: matching.slice(position, end).map(({ name, arn, body, modifiedMs }) => ({
      DashboardName: name,
      DashboardArn: arn,
      LastModified: wireTime(request, modifiedMs),
      Size: Buffer.byteLength(body),
    })),
    ...(end < matching.length ? { NextToken: pageToken(end, binding) } : {}),
  };
}

function getDashboard(all: readonly AwsDashboard[], request: AwsRequest): Record<string, unknown> {
  const { DashboardName: name } = parseInput(dashboardNameSchema, request.input);
  const found = all.find((dashboard) => dashboard.name === name);
  if (found === undefined) throw notFound([name]);
  return { DashboardArn: found.arn, DashboardBody: found.body, DashboardName: found.name };
}

/** "If there is an error during this call, no dashboards are deleted" (API reference, DeleteDashboards). */
function deleteDashboards(all: readonly AwsDashboard[], request: AwsRequest, changes: AwsChanges): Record<string, unknown> {
  const { DashboardNames: names } = parseInput(deleteDashboardsSchema, request.input);
  const known = new Set(all.map(({ name }) => name));
  const missing = names.filter((name) => !known.has(name));
  if (missing.length > 0) throw notFound(missing);
  for (const name of names) changes.deletedDashboards.add(dashboardKey(request.account, name));
  return {};
}

function notFound(names: readonly string[]): AwsError {
  const message =
    names.length === 1 ? `Dashboard ${names[0]} does not exist` : `The following dashboards do not exist: [${names.join(", ")}]`;
  return new AwsError("DashboardNotFoundError", message, { status: 404, queryCode: "ResourceNotFound" });
}
