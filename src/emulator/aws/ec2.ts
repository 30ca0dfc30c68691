import { AwsError } from "./aws-error.ts";
import { instanceFilter, isInstanceFilter, parseFilters, valueMatcher } from "./ec2-filters.ts";
import { instanceActions } from "./ec2-instance-actions.ts";
import { type Ec2Instance, Ec2Instances, instancesById } from "./ec2-instances.ts";
import { invalidNextToken, maxResultsOf, pageOf, refuseDryRun, stringsOf } from "./ec2-request.ts";
import { securityGroupOperations } from "./ec2-security-groups.ts";
import { volumeOperations } from "./ec2-volumes.ts";
import { AWS_DISABLED_REGIONS, AWS_FLEET_PLAN } from "./native-names.ts";
import type { AwsRequest, AwsServiceFactory } from "./service.ts";
import { element, textElement } from "./xml.ts";

const MOST_INSTANCES = 1_000;

/** Amazon EC2: regions, instances, their volumes with snapshots, and security groups. */
export const ec2Service: AwsServiceFactory = (fleet, changes) => {
  const instances = new Ec2Instances(fleet, changes);
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
      ...instanceActions(instances, changes),
      ...volumeOperations(fleet),
      ...securityGroupOperations(fleet),
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
  const names = stringsOf(input.RegionName);
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
  const { input } = request;
  const ids = stringsOf(input.InstanceId);
  const filters = parseFilters(input.Filter, isInstanceFilter);
  if (ids.length > 0 && input.MaxResults !== undefined)
    throw new AwsError("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
  const limit = maxResultsOf(request, MOST_INSTANCES, "refused") ?? MOST_INSTANCES;
  const chosen = ids.length === 0 ? all : instancesById(all, ids);
  const matching = filters.length === 0 ? chosen : chosen.filter(instanceFilter(filters));
  const { page, rest } = pageOf(matching, request, limit, [filters, ids]);
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
