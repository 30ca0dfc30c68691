import type { Fleet } from "../fleet.ts";
import type { TruthRecord } from "../truth-rows.ts";
import { activitiesOf } from "./activity-data.ts";
import type { AzureChanges } from "./changes.ts";
import { diagnosticSettingsOf } from "./diagnostic-data.ts";
import { detachedMs, diskState, disksOf } from "./disk-data.ts";
import { isOpenToWorld, openPorts, securityGroupsOf } from "./security-group-data.ts";
import { snapshotsOf } from "./snapshot-data.ts";
import { storageAccountsOf } from "./storage-data.ts";
import { usagesOf } from "./usage-data.ts";

/** How far back activities are among the records, in milliseconds. */
const ACTIVITY_MS = 7 * 86_400_000;

/** Disks, snapshots, quotas, security groups, storage accounts, diagnostic settings, machines that were deallocated; activities of the last seven days. */
export function azureRecords(fleet: Fleet, changes: AzureChanges, nowMs: number): readonly TruthRecord[] {
  const all = disksOf(fleet);
  const snapshots = snapshotsOf(all, nowMs);
  const counts = new Map<string, number>();
  for (const { disk } of snapshots) counts.set(disk.id, (counts.get(disk.id) ?? 0) + 1);
  const record = (
    type: string,
    of: Pick<TruthRecord, "account" | "region" | "id" | "name">,
    attributes: TruthRecord["attributes"],
  ): TruthRecord => {
    const { account, region, id, name } = of;
    return { provider: "azure", account, region, type, id, name, attributes };
  };
  return [
    ...all
      .filter(({ id }) => !changes.isDeletedDisk(id))
      .map((disk) =>
        record("disk", disk, {
          sizeGib: disk.sizeGib,
          diskType: disk.sku,
          encrypted: true,
          customerKey: disk.customerKey,
          state: diskState(disk, changes),
          attachedTo: disk.attached ? disk.machine.id : null,
          detachedMs: disk.attached ? null : detachedMs(disk, nowMs),
          createdMs: disk.createdMs,
          snapshots: counts.get(disk.id) ?? 0,
          zones: disk.zones ?? [],
          tags: disk.tags,
        }),
      ),
    ...snapshots.map(({ disk, id, name, createdMs, incremental, tags }) =>
      record(
        "snapshot",
        { ...disk, id, name },
        { sourceDisk: disk.id, createdMs, sizeGib: disk.sizeGib, state: "Succeeded", incremental, tags },
      ),
    ),
    ...fleet.accounts.flatMap(({ id: account }) =>
      fleet.regions.flatMap(({ id: region }) =>
        usagesOf({ fleet, disks: all, changes }, account, region).map(({ name, localizedName, current, limit }) =>
          record("quota", { account, region, id: name, name: localizedName }, { used: current, limit }),
        ),
      ),
    ),
    ...securityGroupsOf(fleet).map((group) =>
      record("security-group", group, {
        open22ToWorld: isOpenToWorld(group, 22),
        open3389ToWorld: isOpenToWorld(group, 3_389),
        openPorts: openPorts(group),
        rules: group.rules.length,
        tags: group.tags,
      }),
    ),
    ...storageAccountsOf(fleet).map((account) =>
      record("storage-account", account, {
        sku: account.sku,
        publicBlobs: account.publicBlobs,
        minimumTls: account.minimumTls,
        createdMs: account.createdMs,
        keysMs: account.keysMs,
        tags: account.tags,
      }),
    ),
    ...fleet.resources.flatMap((resource) =>
      diagnosticSettingsOf(resource).map(({ id, name, workspaceId, metrics }) =>
        record("diagnostic-setting", { ...resource, id, name }, { resource: resource.id, workspace: workspaceId, metrics }),
      ),
    ),
    ...fleet.resources
      .filter((resource) => changes.isDeallocated(resource))
      .map((machine) => record("machine-state", machine, { state: "deallocated" })),
    ...fleet.accounts.flatMap(({ id: account }) =>
      activitiesOf(fleet, account, nowMs - ACTIVITY_MS, nowMs).map(({ resource, correlationId, action, caller, startMs, succeeded }) =>
        record(
          "activity",
          { ...resource, id: correlationId, name: action },
          { resource: resource.id, caller, timestampMs: startMs, succeeded },
        ),
      ),
    ),
  ];
}
