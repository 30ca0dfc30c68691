import { pagePosition, pageToken } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import { instanceMatcher, isInstanceFilter, parseFilters, valueMatcher } from "./ec2-filters.ts";
import { type Ec2Instance, Ec2Instances } from "./ec2-instances.ts";
import { AWS_DISABLED_REGIONS, AWS_FLEET_PLAN } from "./native-names.ts";
import type { AwsRequest, AwsServiceFactory } from "./service.ts";
import { element, textElement } from "./xml.ts";

const DEFAULT_PAGE = 1_000;

/** Amazon EC2: regions and instances. */
export const ec2Service: AwsServiceFactory = (fleet) => {
  const instances = new Ec2Instances(fleet);
  return {
    id: "ec2",
    signingName: "ec2",
    protocols: ["ec2-query"],
    iamPrefix: "ec2",
    query: { version: "2016-11-15", namespace: "http://ec2.amazonaws.com/doc/2016-11-15/" },
    pageToken: { input: "NextToken", reply: "nextToken", refused: invalidNextToken },
    operations: {
      DescribeRegions: describeRegions,
      DescribeInstances: (request) => describeInstances(instances.of(request.account, request.region), request),
    },
  };
};

function describeRegions(request: AwsRequest): string {
  refuseDryRun(request);
  const { input } = request;
  const regions = AWS_FLEET_PLAN.regions.map(({ id }) => ({
    id,
    endpoint: `ec2.${id}.amazonaws.com`,
    status: (AWS_DISABLED_REGIONS as readonly string[]).includes(id) ? "not-opted-in" : "opt-in-not-required",
  }));
  const names = strings(input.RegionName);
  const unknown = names.find((name) => !regions.some((region) => region.id === name));
  if (unknown !== undefined) throw new AwsError("InvalidParameterValue", `Invalid region name: ${unknown}`);
  const tests = parseFilters(input.Filter, (name) => ["region-name", "endpoint", "opt-in-status"].includes(name)).map(
    ({ name, values }) => {
      const matches = valueMatcher(values);
      return (region: (typeof regions)[number]) =>
        matches(name === "region-name" ? region.id : name === "endpoint" ? region.endpoint : region.status);
    },
  );
  const items = regions
    .filter((region) => input.AllRegions === "true" || region.status !== "not-opted-in")
    .filter((region) => names.length === 0 || names.includes(region.id))
    .filter((region) => tests.every((test) => test(region)))
    .map(({ id, endpoint, status }) =>
      element("item", textElement("regionName", id) + textElement("regionEndpoint", endpoint) + textElement("optInStatus", status)),
    );
  return element("regionInfo", items.join(""));
}

function describeInstances(all: readonly Ec2Instance[], request: AwsRequest): string {
  refuseDryRun(request);
  const { input, account, region } = request;
  const ids = strings(input.InstanceId);
  const filters = parseFilters(input.Filter, isInstanceFilter);
  const limit = pageSize(input.MaxResults, ids.length > 0);
  const binding = [account, region, filters, ids];
  const position = pagePosition(typeof input.NextToken === "string" ? input.NextToken : undefined, binding);
  if (position === undefined) throw invalidNextToken();
  const named = ids.length === 0 ? all : byId(all, ids);
  const matching = filters.length === 0 ? named : named.filter(instanceMatcher(filters));
  const page = matching.slice(position, position + limit);
  const rest = position + limit < matching.length ? textElement("nextToken", pageToken(position + limit, binding)) : "";
  return element("reservationSet", reservations(page)) + rest;
}

/** A reservation that a page or a filter cuts in two is told in both parts. */
function reservations(page: readonly Ec2Instance[]): string {
  let xml = "";
  let items = "";
  for (const [index, instance] of page.entries()) {
    items += `<item>${instance.xml}</item>`;
    const next = page[index + 1];
    if (next !== undefined && next.reservationId === instance.reservationId) continue;
    xml += `<item><reservationId>${instance.reservationId}</reservationId><ownerId>${instance.resource.account}</ownerId><groupSet/><instancesSet>${items}</instancesSet></item>`;
    items = "";
  }
  return xml;
}

function pageSize(maxResults: unknown, withIds: boolean): number {
  if (maxResults === undefined) return DEFAULT_PAGE;
  if (withIds) throw new AwsError("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
  const size = Number(maxResults);
  if (!Number.isInteger(size) || size < 5 || size > 1_000) {
    const expectation = size > 1_000 ? "less than or equal to 1000" : "greater than or equal to 5";
    throw new AwsError(
      "InvalidParameterValue",
      `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value ${expectation}.`,
    );
  }
  return size;
}

function byId(all: readonly Ec2Instance[], ids: readonly string[]): readonly Ec2Instance[] {
  const malformed = ids.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) throw new AwsError("InvalidInstanceID.Malformed", `Invalid id: "${malformed}"`);
  const wanted = new Set(ids);
  const found = all.filter((instance) => wanted.has(instance.resource.id));
  const missing = ids.filter((id) => !found.some((instance) => instance.resource.id === id));
  if (missing.length === 1) throw new AwsError("InvalidInstanceID.NotFound", `The instance ID '${missing[0]}' does not exist`);
  if (missing.length > 1) throw new AwsError("InvalidInstanceID.NotFound", `The instance IDs '${missing.join(", ")}' do not exist`);
  return found;
}

function refuseDryRun({ input }: AwsRequest): void {
  if (input.DryRun === "true")
    throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", { status: 412 });
}

function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextToken", "The specified NextToken is not valid.");
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
