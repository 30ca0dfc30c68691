import type { Fleet } from "../fleet.ts";
import { jsonArray, refuseParameters, requireRegion, secondTime, tagList, tagTests, valueTests } from "./ecs-input.ts";
import { ecsPage } from "./ecs-page.ts";
import { type EcsSecurityGroup, type EcsSecurityRule, securityGroupsOf } from "./ecs-security-group-data.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcOperation, RpcRequest } from "./rpc-service.ts";

const MOST_IDS = 100;
const TYPES = ["normal", "enterprise"];
const NIC_TYPES = ["internet", "intranet"];
const VALUES: Readonly<Record<string, (group: EcsSecurityGroup) => string>> = {
  SecurityGroupId: ({ id }) => id,
  SecurityGroupName: ({ name }) => name,
  SecurityGroupType: ({ type }) => type,
  VpcId: ({ vpcId }) => vpcId,
  NetworkType: () => "vpc",
  ServiceManaged: () => "false",
};

/** DescribeSecurityGroups and DescribeSecurityGroupAttribute. */
export function securityGroupOperations(
  fleet: Fleet,
): Readonly<Record<"DescribeSecurityGroups" | "DescribeSecurityGroupAttribute", RpcOperation>> {
  const groups = ({ account, region }: RpcRequest) => securityGroupsOf(fleet, account, region);
  return {
    DescribeSecurityGroups: (request) => describeGroups(request, groups(request)),
    DescribeSecurityGroupAttribute: (request) => describeGroup(request, groups(request)),
  };
}

function describeGroups(request: RpcRequest, all: readonly EcsSecurityGroup[]): Record<string, unknown> {
  const { input, region } = request;
  requireRegion(request, "MissingParameter.RegionId");
  refuseParameters(input, ["ResourceGroupId", "IsQueryEcsCount", "FuzzyQuery"]);
  const { SecurityGroupIds: ids, SecurityGroupType: type } = input;
  if (type && !TYPES.includes(type))
    throw new RpcError(400, "InvalidParameter.SecurityGroupType", "The specified SecurityGroupType is not valid.");
  const wanted = ids ? jsonArray(ids) : undefined;
  if (ids && (wanted === undefined || wanted.length > MOST_IDS))
    throw new RpcError(400, "InvalidParameter", 'The specified parameter "SecurityGroupIds" is not valid.');
  const tests = [...valueTests(input, VALUES), ...tagTests<EcsSecurityGroup>(input)];
  const matching = all.filter((group) => (wanted?.includes(group.id) ?? true) && tests.every((test) => test(group)));
  // Fifty by number, whatever the schema beside that sentence allows (DescribeSecurityGroups reference, `PageSize`).
  const sizes = { mostResults: 100, mostRows: 50, refusedToken };
  const { rows, byToken, counts, NextToken } = ecsPage(request, matching, sizes);
  const SecurityGroup = rows.map((group) => ({
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    SecurityGroupType: group.type,
    VpcId: group.vpcId,
    CreationTime: secondTime(group.createdMs),
    ResourceGroupId: "",
    ServiceManaged: false,
    Tags: tagList(group.tags),
  }));
  return { RegionId: region, ...(byToken ? {} : counts), SecurityGroups: { SecurityGroup }, NextToken };
}

function describeGroup(request: RpcRequest, all: readonly EcsSecurityGroup[]): Record<string, unknown> {
  const { input, region } = request;
  requireRegion(request, "MissingParameter.RegionId");
  const { SecurityGroupId: id = "", NicType: nic = "intranet", Direction: direction = "all" } = input;
  if (!id.startsWith("sg-"))
    throw new RpcError(400, "InvalidSecurityGroupId.Malformed", 'The specified parameter "SecurityGroupId" is not valid.');
  if (!NIC_TYPES.includes(nic)) throw new RpcError(400, "InvalidNicType.ValueNotSupported", "The specified NicType does not exist.");
  if (!["all", "ingress", "egress"].includes(direction)) throw new RpcError(400, "InvalidParamter", "Invalid Parameter.");
  const group = all.find((one) => one.id === id);
  if (group === undefined) throw new RpcError(404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist.");
  const matching = group.rules.filter((rule) => direction === "all" || rule.direction === direction);
  const paged = { ...request, input: { ...input, MaxResults: input.MaxResults ?? "500" } };
  const { rows, NextToken } = ecsPage(paged, matching, { leastResults: 10, mostResults: 1_000, mostRows: 1_000 });
  return {
    RegionId: region,
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    InnerAccessPolicy: group.type === "normal" ? "Accept" : "Drop",
    Permissions: { Permission: rows.map((rule) => permission(rule, group)) },
    NextToken,
  };
}

/** The `Permission` shape of the DescribeSecurityGroupAttribute reference: what does not apply is empty. */
function permission(rule: EcsSecurityRule, { createdMs }: EcsSecurityGroup): Readonly<Record<string, string>> {
  const incoming = rule.direction === "ingress";
  return {
    SecurityGroupRuleId: rule.id,
    Direction: rule.direction,
    Policy: rule.policy,
    Priority: String(rule.priority),
    IpProtocol: rule.protocol,
    PortRange: rule.ports,
    SourcePortRange: "",
    NicType: "intranet",
    Description: rule.description,
    CreateTime: secondTime(createdMs),
    SourceCidrIp: incoming ? rule.cidr : "",
    Ipv6SourceCidrIp: "",
    SourceGroupId: "",
    SourceGroupName: "",
    SourceGroupOwnerAccount: "",
    SourcePrefixListId: "",
    SourcePrefixListName: "",
    DestCidrIp: incoming ? "" : rule.cidr,
    Ipv6DestCidrIp: "",
    DestGroupId: "",
    DestGroupName: "",
    DestGroupOwnerAccount: "",
    DestPrefixListId: "",
    DestPrefixListName: "",
  };
}

// Its spelling (DescribeSecurityGroups reference, error codes).
function refusedToken(): RpcError {
  return new RpcError(400, "InValidParameter.NextToken", "The parameter NextToken is invalid.");
}
