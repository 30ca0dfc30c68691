import { hexDigits } from "../hash.ts";
import type { GcpChanges } from "./changes.ts";
import { COMPUTE_ROOT, type ComputeInstance, pacificTime } from "./compute-instances.ts";
import type { GcpDisk } from "./disk-data.ts";
import { GoogleError } from "./google-error.ts";
import { numericId } from "./native-names.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

/** `instances.stop`: accepted at once; the instance is TERMINATED from then on. */
export function stopInstance(instances: readonly ComputeInstance[], changes: GcpChanges, request: GoogleRequest): GoogleReply {
  const { zone = "", instance: wanted = "" } = request.path;
  const resource = `projects/${request.project}/zones/${zone}/instances/${wanted}`;
  requireAllowed(request, resource);
  const instance = instances.find((one) => one.zone === zone && (one.resource.name === wanted || one.resource.id === wanted));
  if (instance === undefined) throw resourceNotFound(resource);
  changes.stop(instance.resource, request.nowMs);
  return operation(request, "stop", { link: `instances/${instance.resource.name}`, id: instance.resource.id });
}

/** `disks.delete`: what an instance uses cannot be deleted. */
export function deleteDisk(disks: readonly GcpDisk[], changes: GcpChanges, request: GoogleRequest): GoogleReply {
  const { zone = "", disk: wanted = "" } = request.path;
  const { project } = request;
  const resource = `projects/${project}/zones/${zone}/disks/${wanted}`;
  requireAllowed(request, resource);
  const disk = disks.find((one) => one.account === project && one.zone === zone && (one.name === wanted || one.id === wanted));
  if (disk === undefined || changes.isDeletedDisk(disk.id)) throw resourceNotFound(resource);
  if (disk.attached)
    throw new GoogleError(
      "INVALID_ARGUMENT",
      `The disk resource '${resource}' is already being used by 'projects/${project}/zones/${zone}/instances/${disk.machine.name}'`,
      { reason: "resourceInUseByAnotherResource" },
    );
  changes.deleteDisk(disk.id);
  return operation(request, "delete", { link: `disks/${disk.name}`, id: disk.id });
}

function requireAllowed(request: GoogleRequest, resource: string): void {
  const { regionOf, permission } = request.method;
  const region = regionOf?.(request.path);
  if (region === undefined || !request.denies(region)) return;
  throw new GoogleError("PERMISSION_DENIED", `Required '${permission}' permission for '${resource}'`, { reason: "forbidden" });
}

function resourceNotFound(resource: string): GoogleError {
  return new GoogleError("NOT_FOUND", `The resource '${resource}' was not found`, { reason: "notFound" });
}

/** The `Operation` of the vendor's discovery document, just begun. */
function operation(request: GoogleRequest, operationType: string, target: { readonly link: string; readonly id: string }): GoogleReply {
  const { project, path, nowMs } = request;
  const zoneUrl = `${COMPUTE_ROOT}/projects/${project}/zones/${path.zone}`;
  const name = `operation-${nowMs}-${hexDigits(13, target.id, operationType)}-${hexDigits(8, target.id, nowMs)}-${hexDigits(8, nowMs)}`;
  return {
    kind: "compute#operation",
    id: numericId(Number.parseInt(hexDigits(8, name), 16)),
    name,
    zone: zoneUrl,
    operationType,
    targetLink: `${zoneUrl}/${target.link}`,
    targetId: target.id,
    status: "RUNNING",
    user: "nephoscope@nimbus.example.com",
    progress: 0,
    insertTime: pacificTime(nowMs),
    startTime: pacificTime(nowMs),
    selfLink: `${zoneUrl}/operations/${name}`,
  };
}
