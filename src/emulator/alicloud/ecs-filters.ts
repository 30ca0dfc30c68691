import type { EcsInstance } from "./ecs-instances.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcRequest } from "./rpc-service.ts";
import { wildcardPattern } from "./wildcard.ts";

type Input = RpcRequest["input"];
type Test = (instance: EcsInstance) => boolean;

const MOST_TAGS = 20;
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
  const refused = NOT_EMULATED.find((name) => (input[name] ?? "") !== "");
  if (refused !== undefined) throw new RpcError(400, "InvalidParameter", `The emulator does not filter by ${refused}.`);
  const tests: Test[] = [];
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
    const wanted = jsonArray(ids, "InvalidInstanceIds.Malformed", "The specified instanceIds are not valid.");
    if (wanted.length > MOST_VALUES)
      throw new RpcError(403, "InvalidParameter.TooManyInstanceIds", "Instance ids cannot be more than 100.");
    tests.push(({ resource }) => wanted.includes(resource.id));
  }
  for (const [parameter, read] of Object.entries(VALUES)) {
    const value = input[parameter];
    if (value) tests.push((instance) => read(instance) === value);
  }
  for (const [parameter, read] of Object.entries(LISTS)) {
    const value = input[parameter];
    if (!value) continue;
    const wanted = jsonArray(value, "InvalidParameter", `The specified parameter "${parameter}" is not valid.`);
    tests.push((instance) => wanted.includes(read(instance)));
  }
  for (const { key, value } of tagsOf(input)) {
    tests.push(({ resource: { tags } }) => (value === undefined ? Object.hasOwn(tags, key) : tags[key] === value));
  }
  return tests;
}

/** `Tag.N.Key` and `Tag.N.Value`; the lower-case names are older ones of the same. */
function tagsOf(input: Input): readonly { readonly key: string; readonly value: string | undefined }[] {
  const numbers = Object.keys(input).flatMap((name) => /^Tag\.(\d+)\.(?:[Kk]ey|[Vv]alue)$/.exec(name)?.[1] ?? []);
  return [...new Set(numbers)].map((number) => {
    if (Number(number) < 1 || Number(number) > MOST_TAGS)
      throw new RpcError(400, "InvalidTagCount", "The specified tags are beyond the permitted range.");
    const key = input[`Tag.${number}.Key`] ?? input[`Tag.${number}.key`];
    if (!key) throw new RpcError(400, "InvalidTag.Mismatch", "The specified Tag.n.Key and Tag.n.Value are not match.");
    return { key, value: input[`Tag.${number}.Value`] ?? input[`Tag.${number}.value`] };
  });
}

function jsonArray(text: string, code: string, message: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((one) => typeof one === "string")) return list;
  } catch {
    // Refused below, like everything that is no array of strings.
  }
  throw new RpcError(400, code, message);
}
