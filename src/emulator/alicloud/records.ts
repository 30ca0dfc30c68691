import type { Fleet } from "../fleet.ts";
import type { TruthRecord } from "../truth-rows.ts";
import { alertEventsOf } from "./alert-history-data.ts";
import type { AlicloudChanges } from "./alicloud-changes.ts";
import { contactGroupsOf } from "./contact-group-data.ts";
import { disksOf, snapshotPoliciesOf } from "./ecs-disk-data.ts";
import { opensToWorld, securityGroupId, securityGroupsOf } from "./ecs-security-group-data.ts";
import { snapshotsOf } from "./ecs-snapshot-data.ts";
import { dashboardsOf, logstoreName, logstoresOf, projectName, retentionDays, savedSearchesOf, shardsOf } from "./sls-project-data.ts";

type Row = Pick<TruthRecord, "type" | "id" | "name" | "attributes">;
interface Place {
  readonly account: string;
  readonly region: string;
  readonly nowMs: number;
}

const HISTORY_MS = 15 * 86_400_000;

/** What there is beside resources, logs and alarms, after every write: alert history of the last fifteen days. */
export function alicloudRecords(fleet: Fleet, changes: AlicloudChanges, nowMs: number): readonly TruthRecord[] {
  const { provider } = fleet;
  return fleet.accounts.flatMap(({ id: account }) => [
    ...contactGroupRows(fleet, account).map((row) => ({ provider, account, region: "global", ...row })),
    ...fleet.regions.flatMap(({ id: region }) =>
      placeRows(fleet, changes, { account, region, nowMs }).map((row) => ({ provider, account, region, ...row })),
    ),
  ]);
}

function placeRows(fleet: Fleet, changes: AlicloudChanges, place: Place): readonly Row[] {
  return [
    ...storageRows(fleet, changes, place),
    ...groupRows(fleet, place),
    ...alertRows(fleet, place),
    ...logRows(fleet, place),
    ...fleet
      .of(place.account, place.region, "virtual-machine")
      .filter(({ id }) => changes.stopped.has(id))
      .map(({ id, name }) => ({ type: "machine-state", id, name, attributes: { state: "stopped" } })),
  ];
}

function storageRows(fleet: Fleet, changes: AlicloudChanges, place: Place): readonly Row[] {
  const { account, region } = place;
  const disks = disksOf(fleet, account, region);
  const snapshots = snapshotsOf(fleet, place).filter(({ id }) => !changes.deletedSnapshots.has(id));
  const snapshotCounts = Map.groupBy(snapshots, ({ diskId }) => diskId);
  const diskCounts = Map.groupBy(disks, ({ policyId }) => policyId);
  return [
    ...disks.map(({ id, name, zone, role, category, sizeGib, encrypted, policyId, machine, tags, createdMs }) => ({
      type: "disk",
      id,
      name,
      attributes: {
        zone,
        role,
        diskType: category,
        sizeGib,
        encrypted,
        state: machine === undefined ? "available" : "in-use",
        attachedTo: machine?.id ?? null,
        snapshotPolicy: policyId === "" ? null : policyId,
        snapshots: snapshotCounts.get(id)?.length ?? 0,
        createdMs,
        tags,
      },
    })),
    ...snapshots.map(({ id, name, diskId, sizeGib, encrypted, origin, retentionDays: days, usage, createdMs, tags }) => ({
      type: "snapshot",
      id,
      name,
      attributes: {
        sourceDisk: diskId,
        sizeGib,
        encrypted,
        origin,
        retentionDays: days ?? null,
        usage,
        state: "available",
        createdMs,
        tags,
      },
    })),
    ...snapshotPoliciesOf(fleet, account, region).map(({ id, name, retentionDays: days, hours, weekdays, tags, createdMs }) => ({
      type: "snapshot-policy",
      id,
      name,
      attributes: { retentionDays: days, hours, weekdays, disks: diskCounts.get(id)?.length ?? 0, createdMs, tags },
    })),
  ];
}

function groupRows(fleet: Fleet, { account, region }: Place): readonly Row[] {
  const machines = Map.groupBy(fleet.of(account, region, "virtual-machine"), securityGroupId);
  return securityGroupsOf(fleet, account, region).map((group) => ({
    type: "security-group",
    id: group.id,
    name: group.name,
    attributes: {
      groupType: group.type,
      network: group.vpcId,
      open22ToWorld: opensToWorld(group, 22),
      rules: group.rules.map(({ direction, policy, protocol, ports, cidr }) => [direction, policy, protocol, ports, cidr].join(" ")),
      machines: machines.get(group.id)?.length ?? 0,
      createdMs: group.createdMs,
      tags: group.tags,
    },
  }));
}

function alertRows(fleet: Fleet, place: Place): readonly Row[] {
  return alertEventsOf(fleet, place, place.nowMs - HISTORY_MS, place.nowMs).map(({ id, timeMs, kind, level, rule }) => ({
    type: "alarm-history",
    id,
    name: rule.name,
    attributes: { timeMs, event: kind.toLowerCase(), level, rule: rule.id, resource: rule.resource?.id ?? null },
  }));
}

function logRows(fleet: Fleet, { account, region }: Place): readonly Row[] {
  const project = projectName(fleet, account, region);
  return [
    ...logstoresOf(fleet, account, region).map((store) => ({
      type: "log-group",
      id: `${project}/${logstoreName(store)}`,
      name: logstoreName(store),
      attributes: { project, retentionDays: retentionDays(store), shards: shardsOf(store) },
    })),
    ...dashboardsOf(fleet, account, region).map(({ id, displayName, description }) => ({
      type: "dashboard",
      id,
      name: displayName,
      attributes: { project, description },
    })),
    ...savedSearchesOf(fleet, account, region).map(({ id, displayName, logstore, query }) => ({
      type: "saved-search",
      id,
      name: displayName,
      attributes: { project, logstore, query },
    })),
  ];
}

function contactGroupRows(fleet: Fleet, account: string): readonly Row[] {
  return contactGroupsOf(fleet, account).map(({ name, description, contacts, weeklyReport, createdMs }) => ({
    type: "contact-group",
    id: name,
    name,
    attributes: { description, contacts, weeklyReport, createdMs },
  }));
}
