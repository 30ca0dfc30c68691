import type { FleetResource } from "../fleet.ts";
import { jsonArray, refuseParameters, tagTests, valueTests } from "./ecs-input.ts";
import type { EcsInstance } from "./ecs-instances.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcRequest } from "./rpc-service.ts";
import { wildcardPattern } from "./wildcard.ts";

type Input = RpcRequest["input"];
type Test = (instance: EcsInstance) => boolean;

const MOST_VALUES = 100;
const STATUSES = ["Pending", "Running", "Starting", "Stopping", "Stopped"];

/** Parameters that name one value, and what they look at. */
const VALUES: Readonly<Record<string, (instance: EcsInstance) => string>> = {
  VpcId: ({ vpcId }) => vpcId,
  VSwitchId: ({ vSwitchId }) => vSwitchId,
  ZoneId: ({ zone }) => zone,
  SecurityGroupId: ({ securityGroupId }) => securityGroupId,
  ImageId: ({ imageId }) => imageId,
  InstanceType: ({ instanceType }) => instanceType,
  InstanceTypeFamily: ({ instanceType }) => instanceType.split(".").slice(0, 2).join(".").split("-")[0] ?? "",
  InstanceChargeType: ({ chargeType }) => chargeType,
  InstanceNetworkType: () => "vpc",
  InternetChargeType: () => "PayByTraffic",
};

/** Parameters that are a JSON array. No instance has a public address. */
const LISTS: Readonly<Record<string, (instance: EcsInstance) => string>> = {
  PrivateIpAddresses: ({ privateIp }) => privateIp,
  PublicIpAddresses: () => "",
  EipAddresses: () => "",
  InnerIpAddresses: () => "",
};

/** Filters of the reference that no emulated instance has anything for: refused rather than ignored. */
const NOT_EMULATED = ["LockReason", "KeyPairName", "ResourceGroupId", "HpcClusterId", "RdmaIpAddresses", "Filter.1.Key", "Ipv6Address.1"];

/** What a DescribeInstances call filters by; every filter has to match. Throws {@link RpcError} for filters that are none. */
export function instanceTests(input: Input): readonly Test[] {
  refuseParameters(input, NOT_EMULATED);
  const byTag = tagTests<FleetResource>(input).map(
    (test): Test =>
      ({ resource }) =>
        test(resource),
  );
  const tests: Test[] = [...valueTests(input, VALUES), ...byTag];
  const { Status: status, InstanceName: name, InstanceIds: ids } = input;
  if (status) {
    if (!STATUSES.includes(status)) throw new RpcError(404, "InvalidStatus.NotFound", "The specified Status is not found.");
    tests.push((instance) => instance.status === status);
  }
  if (name) {
    const pattern = wildcardPattern(name, { many: "*" });
    tests.push(({ resource }) => pattern.test(resource.name));
  }
  if (ids) {
    const wanted = jsonArray(ids);
    if (wanted === undefined) throw new RpcError(400, "InvalidInstanceIds.Malformed", "The specified instanceIds are not valid.");
    if (wanted.length > MOST_VALUES)
      throw new RpcError(403, "InvalidParameter.TooManyInstanceIds", "Instance ids cannot be more than 100.");
    tests.push(({ resource }) => wanted.includes(resource.id));
  }
  for (const [parameter, read] of Object.entries(LISTS)) {
    const value = input[parameter];
    if (!value) continue;
    const wanted = jsonArray(value);
    if (wanted === undefined) throw new RpcError(400, "InvalidParameter", `The specified parameter "${parameter}" is not valid.`);
    tests.push((instance) => wanted.includes(read(instance)));
  }
  return tests;
}
