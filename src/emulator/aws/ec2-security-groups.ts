import type { Fleet } from "../fleet.ts";
import { AwsError } from "./aws-error.ts";
import { type FilterAttributes, filterMatcher, isFilterName, parseFilters } from "./ec2-filters.ts";
import { maxResultsOf, named, pageOf, refuseDryRun, stringsOf } from "./ec2-request.ts";
import { vpcIdOf } from "./native-names.ts";
import { type AwsIngressRule, type AwsSecurityGroup, securityGroupsOf } from "./security-group-data.ts";
import type { AwsOperation, AwsRequest } from "./service.ts";
import { itemsElement, tagSetElement, textElement } from "./xml.ts";

/** "This value can be between 5 and 1000. If this parameter is not specified, then all items are returned" (API reference). */
const MOST_GROUPS = 1_000;

const ATTRIBUTES: FilterAttributes<AwsSecurityGroup> = {
  description: ({ description }) => description,
  "group-id": ({ id }) => id,
  "group-name": ({ name }) => name,
  "ip-permission.cidr": ({ ingress }) => ingress.flatMap(({ from }) => ("cidr" in from ? [from.cidr] : [])),
  "ip-permission.from-port": ({ ingress }) => ingress.map(({ port }) => String(port)),
  "ip-permission.group-id": ({ ingress }) => ingress.flatMap(({ from }) => ("group" in from ? [from.group] : [])),
  "ip-permission.protocol": ({ ingress }) => ingress.map(() => "tcp"),
  "ip-permission.to-port": ({ ingress }) => ingress.map(({ port }) => String(port)),
  "owner-id": ({ account }) => account,
  "tag-key": ({ tags }) => Object.keys(tags),
  "vpc-id": ({ account, region }) => vpcIdOf(account, region),
};

export function securityGroupOperations(fleet: Fleet): Readonly<Record<string, AwsOperation>> {
  return {
    DescribeSecurityGroups: (request) => describeSecurityGroups(securityGroupsOf(fleet, request.account, request.region), request),
  };
}

function describeSecurityGroups(all: readonly AwsSecurityGroup[], request: AwsRequest): string {
  refuseDryRun(request);
  const ids = stringsOf(request.input.GroupId);
  const names = stringsOf(request.input.GroupName);
  const filters = parseFilters(request.input.Filter, (name) => isFilterName(ATTRIBUTES, name));
  const byId = named(
    all,
    ids,
    (group) => group.id,
    (id) => new AwsError("InvalidGroup.NotFound", `The security group '${id}' does not exist`),
  );
  const byName = named(
    byId,
    names,
    (group) => group.name,
    (name) => new AwsError("InvalidGroup.NotFound", `The security group '${name}' does not exist`),
  );
  const matching = byName.filter(filterMatcher(filters, ATTRIBUTES, ({ tags }) => tags));
  const limit = maxResultsOf(request, MOST_GROUPS, "refused") ?? all.length;
  const { page, rest } = pageOf(matching, request, limit, [filters, ids, names]);
  return itemsElement("securityGroupInfo", page.map(groupXml)) + rest;
}

function groupXml({ id, name, description, account, region, ingress, tags }: AwsSecurityGroup): string {
  return [
    textElement("ownerId", account),
    textElement("groupId", id),
    textElement("groupName", name),
    textElement("groupDescription", description),
    textElement("vpcId", vpcIdOf(account, region)),
    itemsElement(
      "ipPermissions",
      ingress.map((rule) => permissionXml(rule, account)),
    ),
    itemsElement("ipPermissionsEgress", [EVERYTHING_OUT]),
    tagSetElement(tags),
    textElement("securityGroupArn", `arn:aws:ec2:${region}:${account}:security-group/${id}`),
  ].join("");
}

function permissionXml({ port, from, description }: AwsIngressRule, account: string): string {
  const text = textElement("description", description);
  const groups = "group" in from ? [textElement("userId", account) + textElement("groupId", from.group) + text] : [];
  const ranges = "cidr" in from ? [textElement("cidrIp", from.cidr) + text] : [];
  return [
    textElement("ipProtocol", "tcp"),
    textElement("fromPort", port),
    textElement("toPort", port),
    itemsElement("groups", groups),
    itemsElement("ipRanges", ranges),
    itemsElement("ipv6Ranges", []),
    itemsElement("prefixListIds", []),
  ].join("");
}

/** What every group has that nobody changed; a rule for all protocols names no ports. */
const EVERYTHING_OUT = [
  textElement("ipProtocol", "-1"),
  itemsElement("groups", []),
  itemsElement("ipRanges", [textElement("cidrIp", "0.0.0.0/0")]),
  itemsElement("ipv6Ranges", []),
  itemsElement("prefixListIds", []),
].join("");
