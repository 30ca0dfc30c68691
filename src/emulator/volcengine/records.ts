import type { Fleet } from "../fleet.ts";
import type { TruthAttribute, TruthRecord } from "../truth-rows.ts";
import { addressesOf } from "./address-data.ts";
import { keyPairsOf } from "./key-pair-data.ts";
import { type SecurityGroupRule, securityGroupsOf } from "./security-group-data.ts";
import { systemEventsOf } from "./system-event-data.ts";
import type { VolcengineChanges } from "./volcengine-changes.ts";
import { allVolumesOf, snapshotsOf, volumesOf } from "./volume-data.ts";

type Row = readonly [type: string, id: string, name: string, attributes: Readonly<Record<string, TruthAttribute>>];

/** What there is besides resources, logs, traces and alarms, after every write. */
export function volcengineRecords(fleet: Fleet, changes: VolcengineChanges, nowMs: number): readonly TruthRecord[] {
  return fleet.accounts.flatMap(({ id: account }) =>
    fleet.regions.flatMap(({ id: region }) =>
      [
        ...diskRows(fleet, account, region, changes, nowMs),
        ...networkRows(fleet, account, region),
        ...machineRows(fleet, account, region, nowMs),
      ].map(([type, id, name, attributes]) => ({ provider: fleet.provider, account, region, type, id, name, attributes })),
    ),
  );
}

function diskRows(fleet: Fleet, account: string, region: string, changes: VolcengineChanges, nowMs: number): readonly Row[] {
  const snapshots = snapshotsOf(allVolumesOf(fleet, account, region), nowMs);
  const counts = Map.groupBy(snapshots, ({ volume }) => volume.id);
  return [
    ...volumesOf(fleet, account, region, changes).map((volume): Row => {
      const { id, name, sizeGib, type: diskType, encrypted, instanceId, kind, zone, createdMs, snapshotPolicyId, tags } = volume;
      const state = instanceId === null ? "available" : "attached";
      const of = { sizeGib, diskType, encrypted, state, attachedTo: instanceId, kind, zone, createdMs };
      const policy = snapshotPolicyId === "" ? null : snapshotPolicyId;
      return ["disk", id, name, { ...of, snapshotPolicy: policy, snapshots: counts.get(id)?.length ?? 0, tags }];
    }),
    ...snapshots.map(({ id, name, volume, createdMs, status: state, type: snapshotType }): Row => {
      const { id: sourceDisk, sizeGib, tags } = volume;
      return ["snapshot", id, name, { sourceDisk, createdMs, sizeGib, state, snapshotType, tags }];
    }),
  ];
}

function networkRows(fleet: Fleet, account: string, region: string): readonly Row[] {
  return [
    ...securityGroupsOf(fleet, account, region).map(({ id, name, rules, tags }): Row => {
      const open = rules.filter(({ direction, cidr }) => direction === "ingress" && cidr === "0.0.0.0/0");
      return ["security-group", id, name, { open22ToWorld: open.some(has22), openPortsToWorld: open.map(portsOf), tags }];
    }),
    ...addressesOf(fleet, account, region).map(({ id, name, ip, instanceId, bandwidthMbps, tags }): Row => {
      return ["address", id, name, { ip, attachedTo: instanceId, bandwidthMbps, tags }];
    }),
  ];
}

function machineRows(fleet: Fleet, account: string, region: string, nowMs: number): readonly Row[] {
  return [
    ...keyPairsOf(fleet, account, region).map(({ id, name, fingerprint, createdMs, tags }): Row => {
      return ["key-pair", id, name, { fingerprint, createdMs, tags }];
    }),
    ...systemEventsOf(fleet, account, region, nowMs).map(({ id, instanceId, type, status, createdMs }): Row => {
      return ["system-event", id, type, { resource: instanceId, eventType: type, status, createdMs }];
    }),
  ];
}

function has22({ portStart, portEnd }: SecurityGroupRule): boolean {
  return portStart <= 22 && portEnd >= 22;
}

function portsOf({ portStart, portEnd }: SecurityGroupRule): string {
  return portStart === portEnd ? String(portStart) : `${portStart}-${portEnd}`;
}
