import type { ResourceState } from "../../contracts/index.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";
import type { AlicloudChanges } from "./alicloud-changes.ts";
import { securityGroupId, vpcIdOf } from "./ecs-security-group-data.ts";
import { nativeId, zoneOf } from "./native-names.ts";

/** What ECS knows about an instance, and what filters look at. */
export interface EcsInstance {
  readonly resource: FleetResource;
  /** `Running`, as the API has it. */
  readonly status: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly securityGroupId: string;
  readonly privateIp: string;
  readonly chargeType: "PostPaid" | "PrePaid";
  /** The element of `Instances.Instance`. */
  readonly json: string;
}

const TYPES = [
  { type: "ecs.g7.large", family: "ecs.g7", cpu: 2, memoryMb: 8_192 },
  { type: "ecs.c7.xlarge", family: "ecs.c7", cpu: 4, memoryMb: 8_192 },
  { type: "ecs.r7.large", family: "ecs.r7", cpu: 2, memoryMb: 16_384 },
  { type: "ecs.g6.2xlarge", family: "ecs.g6", cpu: 8, memoryMb: 32_768 },
  { type: "ecs.t6-c1m2.large", family: "ecs.t6", cpu: 2, memoryMb: 4_096 },
] as const;
const STATUSES: Readonly<Partial<Record<ResourceState, string>>> = { running: "Running", stopped: "Stopped", stopping: "Stopping" };
const FIRST_LAUNCH_MS = Date.UTC(2023, 0, 1);
const LAST_LAUNCH_MS = Date.UTC(2024, 11, 31);

/** Instances of each account and region, with their JSON ready once a place was asked for: a call should cost no more than joining strings. */
export class EcsInstances {
  readonly #fleet: Fleet;
  readonly #changes: AlicloudChanges;
  readonly #byPlace = new Map<string, readonly EcsInstance[]>();

  constructor(fleet: Fleet, changes: AlicloudChanges) {
    this.#fleet = fleet;
    this.#changes = changes;
  }

  of(account: string, region: string): readonly EcsInstance[] {
    // A machine that was stopped stays so: the number of them tells one state of the world from another.
    const place = `${account}/${region}/${this.#changes.stopped.size}`;
    const known = this.#byPlace.get(place);
    if (known !== undefined) return known;
    const machines = this.#fleet.of(account, region, "virtual-machine");
    const instances = machines.map((machine) =>
      describe(this.#changes.stopped.has(machine.id) ? { ...machine, state: "stopped" } : machine),
    );
    this.#byPlace.set(place, instances);
    return instances;
  }

  find(account: string, region: string, id: string): EcsInstance | undefined {
    return this.of(account, region).find(({ resource }) => resource.id === id);
  }
}

function describe(resource: FleetResource): EcsInstance {
  const { key, account, region } = resource;
  const zone = zoneOf(resource);
  const type = pick(TYPES, key, "type");
  const facts = {
    resource,
    status: STATUSES[resource.state] ?? "Stopped",
    instanceType: type.type,
    imageId: "aliyun_3_x64_20G_alibase_20240819.vhd",
    zone,
    vpcId: vpcIdOf(account, region),
    vSwitchId: `vsw-${nativeId(region, hash(account, zone, "vswitch"), account)}`,
    securityGroupId: securityGroupId(resource),
    privateIp: `172.${16 + (key & 15)}.${(key >>> 8) & 255}.${4 + (((key >>> 16) & 255) % 250)}`,
    chargeType: chance(key, "prepaid") < 0.3 ? ("PrePaid" as const) : ("PostPaid" as const),
  };
  return { ...facts, json: JSON.stringify(toWire(facts, type)) };
}

/** The `Instance` shape of the DescribeInstances reference. No instance has a public address. */
function toWire(instance: Omit<EcsInstance, "json">, type: (typeof TYPES)[number]): Readonly<Record<string, unknown>> {
  const { resource, status, privateIp, chargeType } = instance;
  const { key, region, tags } = resource;
  const launchMs = FIRST_LAUNCH_MS + Math.floor(chance(key, "launch") * (LAST_LAUNCH_MS - FIRST_LAUNCH_MS));
  const serial = hexDigits(32, key, "serial");
  return {
    InstanceId: resource.id,
    InstanceName: resource.name,
    Description: "",
    RegionId: region,
    ZoneId: instance.zone,
    ClusterId: "",
    HostName: `${resource.id.slice(2)}Z`,
    SerialNumber: serial.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    Status: status,
    StoppedMode: status === "Stopped" ? "KeepCharging" : "Not-applicable",
    ImageId: instance.imageId,
    ImageOptions: { LoginAsNonRoot: false },
    OSName: "Alibaba Cloud Linux  3.2104 LTS 64位",
    OSNameEn: "Alibaba Cloud Linux  3.2104 LTS 64 bit",
    OSType: "linux",
    InstanceType: type.type,
    InstanceTypeFamily: type.family,
    Cpu: type.cpu,
    Memory: type.memoryMb,
    CpuOptions: { CoreCount: type.cpu / 2, ThreadsPerCore: 2, Numa: "ON", TopologyType: "" },
    GPUAmount: 0,
    GPUSpec: "",
    CreditSpecification: type.family === "ecs.t6" ? "Standard" : "",
    IoOptimized: true,
    DeviceAvailable: true,
    InstanceChargeType: chargeType,
    SaleCycle: chargeType === "PrePaid" ? "month" : "",
    SpotStrategy: "NoSpot",
    SpotPriceLimit: 0,
    SpotDuration: 0,
    CreationTime: minuteTime(launchMs),
    StartTime: minuteTime(launchMs + 60_000),
    ExpiredTime: chargeType === "PrePaid" ? "2027-12-31T16:00Z" : "2099-12-31T15:59Z",
    AutoReleaseTime: "",
    Recyclable: false,
    DeletionProtection: tags.env === "prod",
    DeploymentSetId: "",
    HpcClusterId: "",
    KeyPairName: `kp-${resource.application}`,
    ResourceGroupId: "",
    InstanceNetworkType: "vpc",
    InternetChargeType: "PayByTraffic",
    InternetMaxBandwidthIn: 0,
    InternetMaxBandwidthOut: 0,
    VlanId: "",
    VpcAttributes: {
      VpcId: instance.vpcId,
      VSwitchId: instance.vSwitchId,
      NatIpAddress: "",
      PrivateIpAddress: { IpAddress: [privateIp] },
    },
    PublicIpAddress: { IpAddress: [] },
    InnerIpAddress: { IpAddress: [] },
    RdmaIpAddress: { IpAddress: [] },
    EipAddress: { AllocationId: "", IpAddress: "", InternetChargeType: "" },
    SecurityGroupIds: { SecurityGroupId: [instance.securityGroupId] },
    NetworkInterfaces: {
      NetworkInterface: [
        {
          NetworkInterfaceId: `eni-${nativeId(region, key, "interface")}`,
          MacAddress: `00:16:3e:${[16, 8, 0].map((shift) => ((key >>> shift) & 255).toString(16).padStart(2, "0")).join(":")}`,
          PrimaryIpAddress: privateIp,
          Type: "Primary",
          PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: privateIp, Primary: true }] },
        },
      ],
    },
    OperationLocks: { LockReason: [] },
    DedicatedHostAttribute: { DedicatedHostId: "", DedicatedHostName: "", DedicatedHostClusterId: "" },
    DedicatedInstanceAttribute: { Affinity: "", Tenancy: "" },
    EcsCapacityReservationAttr: { CapacityReservationId: "", CapacityReservationPreference: "" },
    HibernationOptions: { Configured: false },
    MetadataOptions: { HttpEndpoint: "enabled", HttpTokens: "optional", HttpPutResponseHopLimit: 0 },
    Tags: { Tag: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
  };
}

/** `2017-12-10T04:04Z`. */
function minuteTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16)}Z`;
}
