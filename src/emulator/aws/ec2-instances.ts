import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hexDigits } from "../hash.ts";
import { imageIdOf, instanceTypeOf, zoneOf } from "./native-names.ts";
import { element, textElement } from "./xml.ts";

/** What EC2 knows about an instance; `null` where a terminated one has let go of it. */
export interface Ec2Instance {
  readonly resource: FleetResource;
  /** Instances launched together share one. */
  readonly reservationId: string;
  readonly stateName: string;
  readonly instanceType: string;
  readonly architecture: string;
  readonly imageId: string;
  readonly zone: string;
  readonly launchTime: string;
  readonly privateIp: string | null;
  readonly vpcId: string | null;
  readonly subnetId: string | null;
  /** The `item` of `instancesSet`, without its envelope. */
  readonly xml: string;
}

const STATE_CODES: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};
const FIRST_LAUNCH_MS = Date.UTC(2023, 0, 1);
const LAST_LAUNCH_MS = Date.UTC(2024, 11, 31);

/** Code of an instance state: 16 for `running`. */
export function stateCodeOf(stateName: string): number {
  return STATE_CODES[stateName] ?? 0;
}

/** Instances of each account and region, with their XML ready: a call should cost no more than joining strings. */
export class Ec2Instances {
  readonly #byPlace: ReadonlyMap<string, readonly Ec2Instance[]>;

  constructor(fleet: Fleet) {
    const places = fleet.accounts.flatMap((account) => fleet.regions.map((region) => [account.id, region.id] as const));
    this.#byPlace = new Map(
      places.map(([account, region]) => [`${account}/${region}`, describeAll(fleet.of(account, region, "virtual-machine"))]),
    );
  }

  of(account: string, region: string): readonly Ec2Instance[] {
    return this.#byPlace.get(`${account}/${region}`) ?? [];
  }
}

function describeAll(resources: readonly FleetResource[]): readonly Ec2Instance[] {
  let reservationId = "";
  return resources.map((resource) => {
    if (reservationId === "" || chance(resource.key, "launched alone") < 0.8) {
      reservationId = `r-0${hexDigits(16, resource.key, "reservation")}`;
    }
    return describe(resource, reservationId);
  });
}

function describe(resource: FleetResource, reservationId: string): Ec2Instance {
  const { key, region } = resource;
  const terminated = resource.state === "terminated";
  const instanceType = instanceTypeOf(resource);
  const zone = zoneOf(resource);
  const launchMs = FIRST_LAUNCH_MS + Math.floor(chance(key, "launch") * (LAST_LAUNCH_MS - FIRST_LAUNCH_MS));
  const facts = {
    resource,
    reservationId,
    stateName: resource.state,
    instanceType,
    architecture: instanceType.startsWith("r6g") ? "arm64" : "x86_64",
    imageId: imageIdOf(resource),
    zone,
    launchTime: `${new Date(launchMs).toISOString().slice(0, 19)}.000Z`,
    privateIp: terminated ? null : `10.${key & 255}.${(key >>> 8) & 255}.${4 + (((key >>> 16) & 255) % 250)}`,
    vpcId: terminated ? null : `vpc-0${hexDigits(16, resource.account, region, "vpc")}`,
    subnetId: terminated ? null : `subnet-0${hexDigits(16, resource.account, zone, "subnet")}`,
  };
  return { ...facts, xml: toXml(facts) };
}

function toXml(instance: Omit<Ec2Instance, "xml">): string {
  const { resource, privateIp, vpcId, subnetId, stateName } = instance;
  const dnsName =
    privateIp === null
      ? ""
      : `ip-${privateIp.replaceAll(".", "-")}.${resource.region === "us-east-1" ? "ec2" : `${resource.region}.compute`}.internal`;
  const running = stateName === "running";
  return [
    textElement("instanceId", resource.id),
    textElement("imageId", instance.imageId),
    element("instanceState", textElement("code", stateCodeOf(stateName)) + textElement("name", stateName)),
    textElement("privateDnsName", dnsName),
    textElement("dnsName", ""),
    running ? "" : textElement("reason", "User initiated (2024-12-31 08:00:00 GMT)"),
    textElement("amiLaunchIndex", 0),
    "<productCodes/>",
    textElement("instanceType", instance.instanceType),
    textElement("launchTime", instance.launchTime),
    element("placement", textElement("availabilityZone", instance.zone) + textElement("groupName", "") + textElement("tenancy", "default")),
    element("monitoring", textElement("state", resource.monitoring === "detailed" ? "enabled" : "disabled")),
    subnetId === null ? "" : textElement("subnetId", subnetId),
    vpcId === null ? "" : textElement("vpcId", vpcId),
    privateIp === null ? "" : textElement("privateIpAddress", privateIp),
    running
      ? ""
      : element(
          "stateReason",
          textElement("code", "Client.UserInitiatedShutdown") +
            textElement("message", "Client.UserInitiatedShutdown: User initiated shutdown"),
        ),
    textElement("architecture", instance.architecture),
    textElement("rootDeviceType", "ebs"),
    textElement("rootDeviceName", "/dev/xvda"),
    textElement("virtualizationType", "hvm"),
    textElement("hypervisor", "xen"),
    textElement("ebsOptimized", true),
    textElement("enaSupport", true),
    textElement("platformDetails", "Linux/UNIX"),
    tagSetXml(resource.tags),
  ].join("");
}

function tagSetXml(tags: Readonly<Record<string, string>>): string {
  const items = Object.entries(tags).map(([key, value]) => element("item", textElement("key", key) + textElement("value", value)));
  return element("tagSet", items.join(""));
}
