import type { Fleet, FleetResource } from "../fleet.ts";
import { type ArmCall, type ArmOperation, armService, resourceNotFound } from "./arm-operations.ts";
import { armPage } from "./arm-page.ts";
import { armError } from "./azure-error.ts";
import type { AzureChanges } from "./changes.ts";
import { diskShape, snapshotShape } from "./compute-shapes.ts";
import { type AzureDisk, disksOf } from "./disk-data.ts";
import { guidOf } from "./native-names.ts";
import type { AzureReply, AzureService } from "./service.ts";
import { type AzureSnapshot, snapshotsOf } from "./snapshot-data.ts";
import { usagesOf } from "./usage-data.ts";

const DISK_VERSIONS = [
  "2025-01-02",
  "2024-03-02",
  "2023-10-02",
  "2023-04-02",
  "2023-01-02",
  "2022-07-02",
  "2022-03-02",
  "2021-12-01",
  "2021-08-01",
  "2021-04-01",
  "2020-12-01",
] as const;
const COMPUTE_VERSIONS = [
  "2025-04-01",
  "2024-11-01",
  "2024-07-01",
  "2024-03-01",
  "2023-09-01",
  "2023-07-01",
  "2023-03-01",
  "2022-11-01",
  "2022-08-01",
  "2022-03-01",
  "2021-11-01",
  "2021-07-01",
  "2021-03-01",
  "2020-12-01",
] as const;
const SUBSCRIPTION = "^/subscriptions/(?<account>[^/]+)";
const GROUP = `${SUBSCRIPTION}/resourceGroups/(?<group>[^/]+)`;
/** What the vendor tells clients to wait between looks at a running operation, in seconds. */
const POLL_SECONDS = "10";

/** The compute provider: disks, snapshots, quotas, and what can be done to machines and disks. */
export function computeService(fleet: Fleet, changes: AzureChanges): AzureService {
  const all = disksOf(fleet);
  const byId = new Map(all.map((disk) => [disk.id.toLowerCase(), disk]));
  const regions = new Map(fleet.regions.map(({ id }) => [id, id]));
  const machines = new Map(fleet.resources.map((resource) => [resource.id.toLowerCase(), resource]));
  const diskAt = (path: Readonly<Record<string, string>>) => {
    const disk = byId.get(idOf(path, "disks"));
    return disk === undefined || changes.isDeletedDisk(disk.id) ? undefined : disk;
  };
  const machineAt = (path: Readonly<Record<string, string>>) => machines.get(idOf(path, "virtualMachines"));
  const snapshots = perDay((nowMs) => snapshotsOf(all, nowMs));

  const operations: readonly ArmOperation[] = [
    {
      ...resources("Disks_List", "disks", DISK_VERSIONS),
      answer: (call) => {
        const found = all.filter(({ id, account }) => account === call.account && !changes.isDeletedDisk(id));
        return armPage(call, found, (disk) => diskShape(disk, changes, call.circumstances.nowMs));
      },
    },
    {
      ...resources("Snapshots_List", "snapshots", DISK_VERSIONS),
      answer: (call) =>
        armPage(
          call,
          snapshots(call.circumstances.nowMs).filter(({ disk }) => disk.account === call.account),
          snapshotShape,
        ),
    },
    {
      name: "Usage_List",
      method: "GET",
      path: new RegExp(`${SUBSCRIPTION}/providers/Microsoft\\.Compute/locations/(?<location>[^/]+)/usages/?$`, "i"),
      action: "Microsoft.Compute/locations/usages/read",
      type: "Microsoft.Compute/locations/usages",
      versions: COMPUTE_VERSIONS,
      region: ({ location = "" }) => regions.get(location.toLowerCase()) ?? location.toLowerCase(),
      answer: (call) => {
        const region = regions.get(call.path.location?.toLowerCase() ?? "");
        if (region === undefined) throw noLocation(call.path.location ?? "", [...regions.keys()]);
        return armPage(call, usagesOf({ fleet, disks: all, changes }, call.account, region), ({ name, localizedName, current, limit }) => ({
          limit,
          unit: "Count",
          currentValue: current,
          name: { value: name, localizedValue: localizedName },
        }));
      },
    },
    {
      ...named("Disks_Delete", "DELETE", "disks", "", "delete"),
      versions: DISK_VERSIONS,
      region: (path) => diskAt(path)?.region ?? null,
      answer: (call) => deleteDisk(call, diskAt(call.path), changes),
    },
    {
      ...named("VirtualMachines_Deallocate", "POST", "virtualMachines", "/deallocate", "deallocate/action"),
      versions: COMPUTE_VERSIONS,
      region: (path) => machineAt(path)?.region ?? null,
      answer: (call) => deallocate(call, machineAt(call.path), changes),
    },
    {
      name: "AsyncOperation",
      method: "GET",
      path: new RegExp(`${SUBSCRIPTION}/providers/Microsoft\\.Compute/locations/(?<location>[^/]+)/operations/(?<operation>[^/]+)$`, "i"),
      action: "Microsoft.Compute/locations/operations/read",
      type: "Microsoft.Compute/locations/operations",
      versions: [...DISK_VERSIONS, ...COMPUTE_VERSIONS],
      answer: (call) => operationStatus(call, changes),
    },
  ];
  return armService("compute", fleet, operations);
}

type Template = Omit<ArmOperation, "answer" | "versions">;

function resources(name: string, type: string, versions: readonly string[]): Template & { readonly versions: readonly string[] } {
  return {
    name,
    method: "GET",
    path: new RegExp(`${SUBSCRIPTION}/providers/Microsoft\\.Compute/${type}/?$`, "i"),
    action: `Microsoft.Compute/${type}/read`,
    type: `Microsoft.Compute/${type}`,
    versions,
  };
}

function named(name: string, method: ArmOperation["method"], type: string, suffix: string, action: string): Template {
  return {
    name,
    method,
    path: new RegExp(`${GROUP}/providers/Microsoft\\.Compute/${type}/(?<name>[^/]+)${suffix}$`, "i"),
    action: `Microsoft.Compute/${type}/${action}`,
    type: `Microsoft.Compute/${type}`,
  };
}

function deleteDisk(call: ArmCall, disk: AzureDisk | undefined, changes: AzureChanges): AzureReply {
  // Gone is gone: 204 of the specification.
  if (disk === undefined) return { status: 204 };
  if (disk.attached) throw armError(409, "OperationNotAllowed", `Disk ${disk.name} is attached to VM ${disk.machine.id}.`);
  changes.deleteDisk(disk.id);
  return accepted(call, disk, changes);
}

function deallocate(call: ArmCall, machine: FleetResource | undefined, changes: AzureChanges): AzureReply {
  if (machine === undefined) throw resourceNotFound("Microsoft.Compute/virtualMachines", call.path.group ?? "", call.path.name ?? "");
  changes.deallocate(machine);
  return accepted(call, machine, changes);
}

/** "Track asynchronous Azure operations": 202 without a body, and where to look how it goes. */
function accepted(call: ArmCall, { region }: { readonly region: string }, changes: AzureChanges): AzureReply {
  const { account, request, circumstances } = call;
  const version = request.query.get("api-version") ?? "";
  const id = guidOf("operation", request.path, circumstances.nowMs, changes.version);
  changes.accept({ id, account, region, startMs: circumstances.nowMs });
  const status = `https://${request.host}/subscriptions/${account}/providers/Microsoft.Compute/locations/${region}/operations/${id}`;
  return {
    status: 202,
    headers: {
      "azure-asyncoperation": `${status}?api-version=${version}`,
      location: `${status}?monitor=true&api-version=${version}`,
      "retry-after": POLL_SECONDS,
    },
  };
}

function operationStatus({ account, path, circumstances }: ArmCall, changes: AzureChanges): AzureReply {
  const write = changes.accepted(path.operation ?? "");
  if (write === undefined || write.account !== account)
    throw armError(404, "NotFound", `The entity was not found in this Azure location: operation '${path.operation}'.`);
  return {
    body: {
      startTime: new Date(write.startMs).toISOString(),
      endTime: new Date(Math.max(write.startMs, circumstances.nowMs)).toISOString(),
      status: "Succeeded",
      name: write.id,
    },
  };
}

function noLocation(location: string, known: readonly string[]): ReturnType<typeof armError> {
  return armError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '${location}'. The supported locations are '${known.join(", ")}'.`,
  );
}

/** Names of a path in any case, as ids that are looked up have them. */
function idOf({ account, group, name }: Readonly<Record<string, string>>, type: string): string {
  return `/subscriptions/${account}/resourceGroups/${group}/providers/Microsoft.Compute/${type}/${name}`.toLowerCase();
}

/** Snapshots grow older by whole days. */
function perDay(make: (nowMs: number) => readonly AzureSnapshot[]): (nowMs: number) => readonly AzureSnapshot[] {
  let day = Number.NaN;
  let made: readonly AzureSnapshot[] = [];
  return (nowMs) => {
    const today = Math.floor(nowMs / 86_400_000);
    if (today !== day) [day, made] = [today, make(nowMs)];
    return made;
  };
}
