import type { Fleet } from "../fleet.ts";
import type { TruthRecord } from "../truth-rows.ts";
import type { GcpChanges } from "./changes.ts";
import { channelsOf } from "./channel-data.ts";
import { dashboardsOf, mentions } from "./dashboard-data.ts";
import { detachedMs, disksOf, type GcpDisk } from "./disk-data.ts";
import { firewallsOf, isOpenToWorld } from "./firewall-data.ts";
import { logMetricsOf, sinksOf } from "./log-routing-data.ts";
import { quotasOf } from "./quota-data.ts";
import { secretsOf } from "./secret-data.ts";
import { snapshotsOf } from "./snapshot-data.ts";

/** Disks, snapshots, quotas, firewall rules, dashboards, channels, sinks, log metrics, secrets, and machines that were stopped. */
export function gcpRecords(fleet: Fleet, changes: GcpChanges, nowMs: number): readonly TruthRecord[] {
  const disks = disksOf(fleet);
  return [
    ...diskRecords(disks, changes, nowMs),
    ...fleet.accounts.flatMap(({ id: account }) =>
      fleet.regions.flatMap(({ id: region }) =>
        quotasOf({ fleet, disks, changes }, account, region).map(({ metric, usage, limit }) =>
          record("quota", { account, region, id: metric, name: metric }, { used: usage, limit }),
        ),
      ),
    ),
    ...firewallsOf(fleet).map((rule) =>
      record("security-group", rule, {
        open22ToWorld: isOpenToWorld(rule, 22),
        open3389ToWorld: isOpenToWorld(rule, 3_389),
        sources: rule.sources,
        openPorts: rule.allows && !rule.disabled && rule.sources.includes("0.0.0.0/0") ? rule.ports : [],
        disabled: rule.disabled,
      }),
    ),
    ...configurationRecords(fleet),
    ...fleet.resources
      .filter((machine) => changes.stoppedMs(machine) !== undefined)
      .map((machine) => record("machine-state", machine, { state: "TERMINATED" })),
  ];
}

function diskRecords(disks: readonly GcpDisk[], changes: GcpChanges, nowMs: number): readonly TruthRecord[] {
  const snapshots = snapshotsOf(disks, nowMs);
  const counts = Map.groupBy(snapshots, ({ disk }) => disk.id);
  return [
    ...disks
      .filter(({ id }) => !changes.isDeletedDisk(id))
      .map((disk) =>
        record("disk", disk, {
          zone: disk.zone,
          sizeGib: disk.sizeGib,
          diskType: disk.type,
          encrypted: true,
          customerKey: disk.customerKey,
          state: "READY",
          attachedTo: disk.attached ? disk.machine.id : null,
          detachedMs: disk.attached ? null : detachedMs(disk, nowMs),
          createdMs: disk.createdMs,
          scheduled: disk.scheduled,
          snapshots: counts.get(disk.id)?.length ?? 0,
          tags: disk.labels,
        }),
      ),
    ...snapshots.map(({ disk, id, name, createdMs, storageBytes, automatic, labels }) =>
      record(
        "snapshot",
        { account: disk.account, id, name },
        {
          sourceDisk: disk.id,
          createdMs,
          sizeGib: disk.sizeGib,
          storageBytes,
          state: "READY",
          automatic,
          storageRegion: disk.region,
          tags: labels,
        },
      ),
    ),
  ];
}

function configurationRecords(fleet: Fleet): readonly TruthRecord[] {
  const applications = [...new Set(fleet.resources.map(({ application }) => application))].sort();
  return [
    ...dashboardsOf(fleet).map((dashboard) =>
      record(
        "dashboard",
        { account: dashboard.account, id: dashboard.name, name: dashboard.displayName },
        { mentions: applications.filter((application) => mentions(dashboard, application)), widgets: dashboard.widgets.length },
      ),
    ),
    ...channelsOf(fleet).map(({ account, name, displayName, type, enabled, verified, userLabels }) =>
      record("notification-channel", { account, id: name, name: displayName }, { type, enabled, verified, tags: userLabels }),
    ),
    ...sinksOf(fleet).map(({ account, name, destination, filter, disabled }) =>
      record("log-sink", { account, id: name, name }, { destination, filter, disabled }),
    ),
    ...logMetricsOf(fleet).map(({ account, name, filter, disabled }) =>
      record("metric-filter", { account, id: name, name }, { filter, disabled }),
    ),
    ...secretsOf(fleet).map(({ account, name, id, createdMs, versions, rotationDays, labels }) =>
      record("secret", { account, id: name, name: id }, { createdMs, versions, rotationDays, tags: labels }),
    ),
  ];
}

type Named = Pick<TruthRecord, "account" | "id" | "name"> & { readonly region?: string };

function record(type: string, { account, region = "global", id, name }: Named, attributes: TruthRecord["attributes"]): TruthRecord {
  return { provider: "gcp", account, region, type, id, name, attributes };
}
