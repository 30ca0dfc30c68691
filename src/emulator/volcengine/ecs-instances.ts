import type { ResourceState } from "../../contracts/index.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, hexDigits } from "../hash.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { addressOf } from "./address-data.ts";
import { tagFiltersOf } from "./filters.ts";
import {
  applicationSecurityGroupId,
  chinaTime,
  createdMsOf,
  defaultSecurityGroupId,
  imageIdOf,
  instanceTypeOf,
  projectOf,
  serial,
  vpcIdOf,
  zoneOf,
} from "./native-names.ts";
import { boundedInteger, flatList, optionalText } from "./parameters.ts";
import { invalidArgument } from "./refusals.ts";
import type { VolcengineHandler, VolcengineRequest } from "./service.ts";
import { currentResource, type VolcengineChanges } from "./volcengine-changes.ts";
import { VolcengineError } from "./volcengine-error.ts";
import { attachedVolumesOf } from "./volume-data.ts";

const INSTANCES_BY_DEFAULT = 10;
const MOST_INSTANCES = 100;
const MOST_IDS = 100;
/** A query with tag filters sees no more instances than these (API reference, DescribeInstances, note on TagFilters). */
const MOST_WITH_TAG_FILTERS = 1_000;
const STATUSES: Readonly<Partial<Record<ResourceState, string>>> = { running: "RUNNING", stopped: "STOPPED", stopping: "STOPPING" };
const KNOWN_STATUSES: readonly string[] = [
  "CREATING",
  "RUNNING",
  "STOPPING",
  "STOPPED",
  "REBOOTING",
  "STARTING",
  "REBUILDING",
  "RESIZING",
  "ERROR",
  "DELETING",
];

/** DescribeInstances. What an instance looks like rarely changes, so its JSON is made once. */
export function describeInstances(fleet: Fleet, changes: VolcengineChanges): VolcengineHandler {
  const prepared = new Map<FleetResource, string>();
  const jsonOf = (resource: FleetResource) => {
    if (changes.stoppedInstances.has(resource.id)) return JSON.stringify(instanceShape(resource));
    const known = prepared.get(resource) ?? JSON.stringify(instanceShape(resource));
    prepared.set(resource, known);
    return known;
  };
  return (request) => {
    const limit = boundedInteger(request.input, "MaxResults", 1, MOST_INSTANCES, INSTANCES_BY_DEFAULT);
    const { tests, most, binding } = filtersOf(request);
    const from = pagePosition(optionalText(request.input, "NextToken"), binding);
    if (from === undefined) throw invalidArgument();
    const found = fleet
      .of(request.account, request.region, "virtual-machine")
      .map((resource) => currentResource(changes, resource))
      .filter((resource) => tests.every((test) => test(resource)))
      .slice(0, most);
    const instances = found
      .slice(from, from + limit)
      .map(jsonOf)
      .join(",");
    const next = from + limit < found.length ? pageToken(from + limit, binding) : "";
    return `{"Instances":[${instances}],"TotalCount":${found.length},"NextToken":"${next}"}`;
  };
}

type Test = (resource: FleetResource) => boolean;

interface Filters {
  readonly tests: readonly Test[];
  readonly most: number;
  readonly binding: unknown;
}

function filtersOf({ account, region, input }: VolcengineRequest): Filters {
  const ids = flatList(input, "InstanceIds");
  const types = flatList(input, "InstanceTypes");
  if (ids.length > MOST_IDS)
    throw new VolcengineError("LimitExceeded.MaximumInstanceIds", "The number of specified InstanceIds exceeds the maximum limit.");
  const status = optionalText(input, "Status");
  if (status !== undefined && !KNOWN_STATUSES.includes(status)) throw invalidArgument("The specified argument Status is invalid.");
  const tags = tagFiltersOf(input);
  const equal: readonly (readonly [string | undefined, (resource: FleetResource) => string])[] = [
    [status, statusOf],
    [optionalText(input, "ZoneId"), zoneOf],
    [optionalText(input, "VpcId"), vpcIdOf],
    [optionalText(input, "ProjectName"), projectOf],
    [optionalText(input, "InstanceChargeType"), chargeTypeOf],
  ];
  // "The fuzzy match by using keywords is allowed" (API reference).
  const name = optionalText(input, "InstanceName");
  const tests: Test[] = equal.flatMap(([wanted, read]) => (wanted === undefined ? [] : [(resource) => read(resource) === wanted]));
  if (ids.length > 0) {
    const wanted = new Set(ids);
    tests.push((resource) => wanted.has(resource.id));
  }
  if (types.length > 0) tests.push((resource) => types.includes(instanceTypeOf(resource).id));
  if (name !== undefined) tests.push((resource) => resource.name.includes(name));
  for (const { key, values } of tags)
    tests.push((resource) => resource.tags[key] !== undefined && (values.length === 0 || values.includes(resource.tags[key])));
  return {
    tests,
    most: tags.length > 0 ? MOST_WITH_TAG_FILTERS : Number.POSITIVE_INFINITY,
    binding: [account, region, "instances", ids, types, equal.map(([wanted]) => wanted ?? null), name ?? null, tags],
  };
}

function statusOf({ state }: FleetResource): string {
  return STATUSES[state] ?? "ERROR";
}

function chargeTypeOf({ key }: FleetResource): string {
  return chance(key, "charge") < 0.6 ? "PostPaid" : "PrePaid";
}

/** An instance as the API reference of DescribeInstances shows it. */
function instanceShape(resource: FleetResource): Readonly<Record<string, unknown>> {
  const { key, id, name, tags } = resource;
  const type = instanceTypeOf(resource);
  const createdMs = createdMsOf(resource);
  const privateIp = `172.16.${hash(key, "subnet") % 32}.${1 + (hash(key, "address") % 250)}`;
  const vpc = vpcIdOf(resource);
  const address = addressOf(resource);
  return {
    InstanceId: id,
    InstanceName: name,
    Description: "",
    HostName: `i-${id.slice(-12)}`,
    Hostname: `i-${id.slice(-12)}`,
    Uuid: `${hexDigits(8, key, "uuid")}-${hexDigits(4, key, "uuid-2")}-4000-8000-${hexDigits(12, key, "uuid-3")}`,
    Status: statusOf(resource),
    ZoneId: zoneOf(resource),
    InstanceTypeId: type.id,
    Cpus: type.cpus,
    CpuOptions: { CoreCount: type.cpus / 2, ThreadsPerCore: 2, TopologyType: "" },
    MemorySize: type.memoryMib,
    ImageId: imageIdOf(resource.region),
    OsName: "veLinux 2.0 64 bit",
    OsType: "Linux",
    InstanceChargeType: chargeTypeOf(resource),
    StoppedMode: resource.state === "stopped" ? "KeepCharging" : "",
    SpotStrategy: "NoSpot",
    SpotPriceLimit: 0,
    ProjectName: projectOf(resource),
    CreatedAt: chinaTime(createdMs),
    UpdatedAt: chinaTime(createdMs + 3_600_000),
    ExpiredAt: "",
    DeletionProtection: tags.env === "prod",
    VpcId: vpc,
    KeyPairId: "",
    KeyPairName: "",
    DeploymentSetId: "",
    DeploymentSetGroupNumber: 0,
    HpcClusterId: "",
    ScheduledInstanceId: "",
    ElasticScheduledInstanceType: "NoEsi",
    EipAddress: address === undefined ? null : { AllocationId: address.id, IpAddress: address.ip },
    NetworkInterfaces: [
      {
        NetworkInterfaceId: `eni-${serial(20, key, "eni")}`,
        Type: "primary",
        VpcId: vpc,
        SubnetId: `subnet-${serial(20, hash(resource.region), "subnet")}`,
        PrimaryIpAddress: privateIp,
        MacAddress: "00:16:3e:00:00:01",
        SecurityGroupIds: [
          defaultSecurityGroupId(resource.region),
          applicationSecurityGroupId(resource.account, resource.region, resource.application),
        ],
        Ipv6Addresses: [],
      },
    ],
    Volumes: attachedVolumesOf(resource).map(({ id: VolumeId }) => ({ VolumeId })),
    LocalVolumes: [],
    RdmaIpAddresses: [],
    Placement: { Affinity: "", DedicatedHostClusterId: "", DedicatedHostId: "", Tenancy: "Default" },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
