import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hexDigits } from "../hash.ts";
import { type AwsChanges, currentInstance } from "./aws-changes.ts";
import { AwsError } from "./aws-error.ts";
import { imageIdOf, instanceTypeOf, isWindows, launchMsOf, vpcIdOf, zoneOf } from "./native-names.ts";
import { element, tagSetElement, textElement } from "./xml.ts";

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

/** Code of an instance state: 16 for `running`. */
export function stateCodeOf(stateName: string): number {
  return STATE_CODES[stateName] ?? 0;
}

/** Instances of each account and region, with their XML ready: a call should cost no more than joining strings. */
export class Ec2Instances {
  readonly #byPlace: ReadonlyMap<string, readonly Ec2Instance[]>;
  readonly #changes: AwsChanges;

  constructor(fleet: Fleet, changes: AwsChanges) {
    this.#changes = changes;
    const places = fleet.accounts.flatMap((account) => fleet.regions.map((region) => [account.id, region.id] as const));
    this.#byPlace = new Map(
      places.map(([account, region]) => [`${account}/${region}`, describeAll(fleet.of(account, region, "virtual-machine"))]),
    );
  }

  of(account: string, region: string): readonly Ec2Instance[] {
    const all = this.#byPlace.get(`${account}/${region}`) ?? [];
    if (this.#changes.stoppedInstances.size === 0) return all;
    return all.map((instance) => {
      const current = currentInstance(this.#changes, instance.resource);
      return current === instance.resource ? instance : describe(current, instance.reservationId);
    });
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
  const { account, key, region } = resource;
  const terminated = resource.state === "terminated";
  const instanceType = instanceTypeOf(resource);
  const zone = zoneOf(resource);
  const facts = {
    resource,
    reservationId,
    stateName: resource.state,
    instanceType,
    architecture: instanceType.startsWith("r6g") ? "arm64" : "x86_64",
    imageId: imageIdOf(resource),
    zone,
    launchTime: new Date(launchMsOf(resource)).toISOString(),
    privateIp: terminated ? null : `10.${key & 255}.${(key >>> 8) & 255}.${4 + (((key >>> 16) & 255) % 250)}`,
    vpcId: terminated ? null : vpcIdOf(account, region),
    subnetId: terminated ? null : `subnet-0${hexDigits(16, account, zone, "subnet")}`,
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
    ...(isWindows(resource) ? [textElement("platform", "windows")] : []),
    textElement("platformDetails", isWindows(resource) ? "Windows" : "Linux/UNIX"),
    tagSetElement(resource.tags),
  ].join("");
}

/** Instances by id. @throws AwsError for ids that are none, or that nobody has. */
export function instancesById(all: readonly Ec2Instance[], ids: readonly string[]): readonly Ec2Instance[] {
  const malformed = ids.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) throw new AwsError("InvalidInstanceID.Malformed", `Invalid id: "${malformed}"`);
  const wanted = new Set(ids);
  const found = all.filter((instance) => wanted.has(instance.resource.id));
  const missing = ids.filter((id) => !found.some((instance) => instance.resource.id === id));
  if (missing.length === 1) throw new AwsError("InvalidInstanceID.NotFound", `The instance ID '${missing[0]}' does not exist`);
  if (missing.length > 1) throw new AwsError("InvalidInstanceID.NotFound", `The instance IDs '${missing.join(", ")}' do not exist`);
  return found;
}
