import type { Fleet } from "../fleet.ts";
import { addressesOf, type EipAddress } from "./address-data.ts";
import { equality, isAmong, isTagged } from "./filters.ts";
import { chinaTime, vpcIdOf } from "./native-names.ts";
import { numberedPage, tokenPage } from "./pages.ts";
import { optionalText } from "./parameters.ts";
import { type SecurityGroup, type SecurityGroupRule, securityGroupsOf } from "./security-group-data.ts";
import type { ParameterType, VolcengineReply, VolcengineRequest, VolcengineServiceFactory } from "./service.ts";
import { VolcengineError } from "./volcengine-error.ts";

/** Page numbers: 20 by default; tokens: 10 by default; 100 at most of both (volcengine.com/docs/6401/70753, DescribeSecurityGroups). */
const BY_NUMBER = 20;
const BY_TOKEN = 10;
const MOST_A_PAGE = 100;
const TEXT: ParameterType = { TypeName: "string" };
const LIST: ParameterType = { TypeName: "array[string]" };
const COMMON = {
  PageNumber: { TypeName: "integer" },
  PageSize: { TypeName: "integer" },
  MaxResults: { TypeName: "integer" },
  NextToken: TEXT,
  ProjectName: TEXT,
  "TagFilters.N.Key": TEXT,
  "TagFilters.N.Values.N": LIST,
} as const;
const NEXT_TOKEN = { input: "NextToken", reply: "NextToken" } as const;

/** Volcengine private networks (volcengine.com/docs/6401) and the public addresses in them (docs/6402). */
export const vpcService: VolcengineServiceFactory = (fleet) => ({
  id: "vpc",
  protocol: "open-api",
  versions: ["2020-04-01"],
  operations: {
    DescribeSecurityGroups: {
      parameters: { ...COMMON, VpcId: TEXT, "SecurityGroupIds.N": LIST, "SecurityGroupNames.N": LIST },
      pageToken: NEXT_TOKEN,
      handle: (request) => describeSecurityGroups(fleet, request),
    },
    DescribeSecurityGroupAttributes: {
      parameters: {
        SecurityGroupId: { TypeName: "string", Required: true },
        Direction: TEXT,
        Protocol: TEXT,
        CidrIp: TEXT,
      },
      handle: (request) => describeSecurityGroupAttributes(fleet, request),
    },
    DescribeEipAddresses: {
      parameters: {
        ...COMMON,
        "AllocationIds.N": LIST,
        "EipAddresses.N": LIST,
        Name: TEXT,
        Status: TEXT,
        AssociatedInstanceId: TEXT,
        AssociatedInstanceType: TEXT,
      },
      pageToken: NEXT_TOKEN,
      handle: (request) => describeEipAddresses(fleet, request),
    },
  },
});

function describeSecurityGroups(fleet: Fleet, request: VolcengineRequest): VolcengineReply {
  const { account, region, input } = request;
  const vpc = vpcIdOf({ account, region });
  const is = equality(input);
  const found = securityGroupsOf(fleet, account, region).filter(
    ({ id, name, project, tags }) =>
      isAmong(input, "SecurityGroupIds", id) &&
      isAmong(input, "SecurityGroupNames", name) &&
      is("VpcId", vpc) &&
      is("ProjectName", project) &&
      isTagged(input, tags),
  );
  const { page, told } = pageOf(found, request);
  return { SecurityGroups: page.map((group) => ({ ...groupShape(group, vpc), ProjectName: group.project })), ...told };
}

function describeSecurityGroupAttributes(fleet: Fleet, { account, region, input }: VolcengineRequest): VolcengineReply {
  const id = String(input.SecurityGroupId);
  const group = securityGroupsOf(fleet, account, region).find((each) => each.id === id);
  if (group === undefined)
    throw new VolcengineError("InvalidSecurityGroup.NotFound", `The specified security group ${id} does not exist.`, { status: 404 });
  const is = equality(input);
  const rules = group.rules.filter(
    ({ direction, protocol, cidr }) => is("Direction", direction) && is("Protocol", protocol) && is("CidrIp", cidr),
  );
  return {
    AccountId: account,
    ...groupShape(group, vpcIdOf({ account, region })),
    UpdateTime: chinaTime(group.createdMs + 60_000),
    Permissions: rules.map((rule) => permissionShape(rule, group.createdMs)),
  };
}

function describeEipAddresses(fleet: Fleet, request: VolcengineRequest): VolcengineReply {
  const { account, region, input } = request;
  const is = equality(input);
  const found = addressesOf(fleet, account, region).filter(
    (address) =>
      isAmong(input, "AllocationIds", address.id) &&
      isAmong(input, "EipAddresses", address.ip) &&
      address.name.includes(optionalText(input, "Name") ?? "") &&
      is("Status", statusOf(address)) &&
      is("ProjectName", address.project) &&
      is("AssociatedInstanceId", address.instanceId ?? "") &&
      is("AssociatedInstanceType", instanceTypeOf(address)) &&
      isTagged(input, address.tags),
  );
  const { page, told } = pageOf(found, request);
  return { EipAddresses: page.map(addressShape), ...told };
}

/** By token where the request speaks of one, else by number. */
function pageOf<Item>(all: readonly Item[], request: VolcengineRequest) {
  const { input } = request;
  return input.MaxResults !== undefined || input.NextToken !== undefined
    ? tokenPage(all, request, BY_TOKEN, MOST_A_PAGE)
    : numberedPage(all, request, BY_NUMBER, MOST_A_PAGE);
}

function statusOf({ instanceId }: EipAddress): string {
  return instanceId === null ? "Available" : "Attached";
}

function instanceTypeOf({ instanceId }: EipAddress): string {
  return instanceId === null ? "" : "EcsInstance";
}

function groupShape({ id, name, description, createdMs, tags }: SecurityGroup, vpc: string): Readonly<Record<string, unknown>> {
  return {
    SecurityGroupId: id,
    SecurityGroupName: name,
    Description: description,
    VpcId: vpc,
    Type: "normal",
    Status: "Available",
    ServiceManaged: false,
    CreationTime: chinaTime(createdMs),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function permissionShape(rule: SecurityGroupRule, createdMs: number): Readonly<Record<string, unknown>> {
  return {
    Direction: rule.direction,
    Policy: "accept",
    Priority: 1,
    Protocol: rule.protocol,
    PortStart: rule.portStart,
    PortEnd: rule.portEnd,
    CidrIp: rule.cidr,
    SourceGroupId: "",
    Description: rule.description,
    CreationTime: chinaTime(createdMs),
    UpdateTime: chinaTime(createdMs),
  };
}

/** An address as the vendor's Go SDK has it (EipAddressForDescribeEipAddressesOutput). */
function addressShape(address: EipAddress): Readonly<Record<string, unknown>> {
  return {
    AllocationId: address.id,
    EipAddress: address.ip,
    Name: address.name,
    Description: "",
    ISP: "BGP",
    Bandwidth: address.bandwidthMbps,
    BandwidthPackageId: "",
    // 1: prepaid, 2: by bandwidth, 3: by traffic (API reference).
    BillingType: 3,
    BusinessStatus: "Normal",
    Status: statusOf(address),
    InstanceId: address.instanceId ?? "",
    InstanceType: instanceTypeOf(address),
    IpAddressPoolId: "",
    LockReason: "",
    ProjectName: address.project,
    ReleaseWithInstance: false,
    SecurityProtectionTypes: [],
    AllocationTime: chinaTime(address.createdMs),
    UpdatedAt: chinaTime(address.createdMs + 60_000),
    ExpiredTime: "",
    OverdueTime: "",
    DeletedTime: "",
    Tags: Object.entries(address.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
