import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash } from "../hash.ts";
import { createdMsOf, projectOf, serial } from "./native-names.ts";

/** A public address. */
export interface EipAddress {
  readonly id: string;
  readonly ip: string;
  readonly name: string;
  readonly project: string;
  /** The instance that has it; null for one that is paid for and not used. */
  readonly instanceId: string | null;
  readonly bandwidthMbps: number;
  readonly createdMs: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The address of a machine; undefined where it has none. */
export function addressOf(machine: FleetResource): EipAddress | undefined {
  return chance(machine.key, "public") < 0.3 ? addressFor(machine, machine.key, machine.id) : undefined;
}

/** The addresses of a place: three of ten machines have one, and some were left behind. */
export function addressesOf(fleet: Fleet, account: string, region: string): readonly EipAddress[] {
  return fleet.of(account, region, "virtual-machine").flatMap((machine) => {
    const left = chance(machine.key, "address left") < 0.04 ? [addressFor(machine, hash(machine.key, "left address"), null)] : [];
    return [addressOf(machine) ?? [], left].flat();
  });
}

function addressFor(machine: FleetResource, key: number, instanceId: string | null): EipAddress {
  const address = hash(key, "eip");
  return {
    id: `eip-${serial(20, key, "eip")}`,
    // Of the range for benchmarks, which is nobody's (RFC 2544) and large enough.
    ip: `198.${18 + (address & 1)}.${(address >>> 8) & 255}.${(address >>> 16) & 255}`,
    name: `${machine.name}-${instanceId === null ? "闲置" : "eip"}`,
    project: projectOf(machine),
    instanceId,
    bandwidthMbps: 1 + (hash(key, "bandwidth") % 100),
    createdMs: createdMsOf(machine) + 600_000,
    tags: machine.tags,
  };
}
