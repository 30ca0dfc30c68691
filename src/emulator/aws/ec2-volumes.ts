import type { Fleet } from "../fleet.ts";
import { hexDigits } from "../hash.ts";
import { AwsError } from "./aws-error.ts";
import { type FilterAttributes, filterMatcher, isFilterName, parseFilters } from "./ec2-filters.ts";
import { maxResultsOf, named, pageOf, refuseDryRun, stringsOf } from "./ec2-request.ts";
import { kmsKeyArn } from "./native-names.ts";
import type { AwsOperation, AwsRequest } from "./service.ts";
import { type AwsSnapshot, type AwsVolume, iopsOf, snapshotsOf, volumesOf } from "./volume-data.ts";
import { itemsElement, tagSetElement, textElement } from "./xml.ts";

/** "This value can be between 5 and 500; if MaxResults is given a value larger than 500, only 500 results are returned" (DescribeVolumes). */
const MOST_VOLUMES = 500;
/** The same with 1,000 (DescribeSnapshots). Without the parameter both return everything. */
const MOST_SNAPSHOTS = 1_000;
const PUBLIC_SNAPSHOTS = 8;

const VOLUME_ATTRIBUTES: FilterAttributes<AwsVolume> = {
  "attachment.device": ({ attachment }) => attachment?.device ?? null,
  "attachment.instance-id": ({ attachment }) => attachment?.instanceId ?? null,
  "attachment.status": ({ attachment }) => (attachment === null ? null : "attached"),
  "availability-zone": ({ zone }) => zone,
  "create-time": ({ createdMs }) => iso(createdMs),
  encrypted: ({ encrypted }) => String(encrypted),
  size: ({ sizeGib }) => String(sizeGib),
  "snapshot-id": ({ madeFrom }) => madeFrom,
  status: (volume) => statusOf(volume),
  "tag-key": ({ tags }) => Object.keys(tags),
  "volume-id": ({ id }) => id,
  "volume-type": ({ type }) => type,
};

interface ListedSnapshot extends Omit<AwsSnapshot, "volume"> {
  readonly volumeId: string;
  readonly sizeGib: number;
  readonly encrypted: boolean;
  readonly ownerId: string;
  readonly ownerAlias: string | null;
}

const SNAPSHOT_ATTRIBUTES: FilterAttributes<ListedSnapshot> = {
  description: ({ description }) => description,
  encrypted: ({ encrypted }) => String(encrypted),
  "owner-alias": ({ ownerAlias }) => ownerAlias,
  "owner-id": ({ ownerId }) => ownerId,
  "snapshot-id": ({ id }) => id,
  "start-time": ({ startedMs }) => iso(startedMs),
  status: ({ state }) => state,
  "tag-key": ({ tags }) => Object.keys(tags),
  "volume-id": ({ volumeId }) => volumeId,
  "volume-size": ({ sizeGib }) => String(sizeGib),
};

/** Volumes and snapshots. */
export function volumeOperations(fleet: Fleet): Readonly<Record<string, AwsOperation>> {
  const places = new Map<string, readonly AwsVolume[]>();
  const volumesAt = ({ account, region }: AwsRequest) => {
    const known = places.get(`${account}/${region}`) ?? volumesOf(fleet, account, region);
    places.set(`${account}/${region}`, known);
    return known;
  };
  return {
    DescribeVolumes: (request) => describeVolumes(volumesAt(request), request),
    DescribeSnapshots: (request) => describeSnapshots(snapshotsOf(volumesAt(request), request.nowMs), request),
  };
}

function describeVolumes(all: readonly AwsVolume[], request: AwsRequest): string {
  refuseDryRun(request);
  const ids = stringsOf(request.input.VolumeId);
  refuseIdsWithPages(ids, request, "volumeId");
  const filters = parseFilters(request.input.Filter, (name) => isFilterName(VOLUME_ATTRIBUTES, name));
  const chosen = named(
    all,
    ids,
    (volume) => volume.id,
    (id) => new AwsError("InvalidVolume.NotFound", `The volume '${id}' does not exist.`),
  );
  const matching = chosen.filter(filterMatcher(filters, VOLUME_ATTRIBUTES, ({ tags }) => tags));
  const { page, rest } = pageOf(matching, request, maxResultsOf(request, MOST_VOLUMES, "clipped") ?? all.length, [filters, ids]);
  return itemsElement("volumeSet", page.map(volumeXml)) + rest;
}

function describeSnapshots(own: readonly AwsSnapshot[], request: AwsRequest): string {
  refuseDryRun(request);
  const { input, account, region } = request;
  const ids = stringsOf(input.SnapshotId);
  refuseIdsWithPages(ids, request, "snapshotId");
  const filters = parseFilters(input.Filter, (name) => isFilterName(SNAPSHOT_ATTRIBUTES, name));
  const owners = stringsOf(input.Owner).map((owner) => (owner === "self" ? account : owner));
  // Without owners the list has what anybody made public, too (API reference, DescribeSnapshots).
  const all = [...own.map(listed), ...publicSnapshots(region)];
  const chosen = named(
    all,
    ids,
    (snapshot) => snapshot.id,
    (id) => new AwsError("InvalidSnapshot.NotFound", `The snapshot '${id}' does not exist.`),
  ).filter(({ ownerId, ownerAlias }) => owners.length === 0 || owners.includes(ownerId) || owners.includes(ownerAlias ?? ""));
  const matching = chosen.filter(filterMatcher(filters, SNAPSHOT_ATTRIBUTES, ({ tags }) => tags));
  const limit = maxResultsOf(request, MOST_SNAPSHOTS, "clipped") ?? all.length;
  const { page, rest } = pageOf(matching, request, limit, [filters, ids, owners]);
  return (
    itemsElement(
      "snapshotSet",
      page.map((snapshot) => snapshotXml(snapshot, region)),
    ) + rest
  );
}

function refuseIdsWithPages(ids: readonly string[], { input }: AwsRequest, parameter: string): void {
  if (ids.length > 0 && input.MaxResults !== undefined)
    throw new AwsError("InvalidParameterCombination", `The parameter ${parameter} cannot be used with the parameter maxResults`);
}

function statusOf({ attachment }: AwsVolume): string {
  return attachment === null ? "available" : "in-use";
}

function listed({ volume, ...snapshot }: AwsSnapshot): ListedSnapshot {
  const { id: volumeId, sizeGib, encrypted, account: ownerId } = volume;
  return { ...snapshot, volumeId, sizeGib, encrypted, ownerId, ownerAlias: null };
}

/** Of images that the vendor publishes; nobody else's are emulated. */
function publicSnapshots(region: string): readonly ListedSnapshot[] {
  return Array.from({ length: PUBLIC_SNAPSHOTS }, (_, index) => ({
    id: `snap-0${hexDigits(16, region, "public", index)}`,
    // "An arbitrary ID … is not the ID of a volume": what copies and published ones have (API reference, Snapshot).
    volumeId: "vol-ffffffff",
    sizeGib: 8,
    encrypted: false,
    ownerId: "137112412989",
    ownerAlias: "amazon",
    startedMs: Date.UTC(2024, index, 1, 6),
    description: "Created by CreateImage for a published image",
    state: "completed" as const,
    tags: {},
  }));
}

function volumeXml(volume: AwsVolume): string {
  const { id, account, region, zone, type, encrypted, attachment } = volume;
  const iops = iopsOf(volume);
  return [
    textElement("volumeId", id),
    textElement("size", volume.sizeGib),
    textElement("snapshotId", volume.madeFrom),
    textElement("availabilityZone", zone),
    textElement("status", statusOf(volume)),
    textElement("createTime", iso(volume.createdMs)),
    itemsElement("attachmentSet", attachment === null ? [] : [attachmentXml(volume, attachment)]),
    tagSetElement(volume.tags),
    textElement("volumeType", type),
    iops === null ? "" : textElement("iops", iops),
    type === "gp3" ? textElement("throughput", 125) : "",
    textElement("encrypted", encrypted),
    encrypted ? textElement("kmsKeyId", kmsKeyArn(account, region)) : "",
    textElement("multiAttachEnabled", false),
  ].join("");
}

function attachmentXml({ id, createdMs }: AwsVolume, { instanceId, device, root }: NonNullable<AwsVolume["attachment"]>): string {
  return [
    textElement("volumeId", id),
    textElement("instanceId", instanceId),
    textElement("device", device),
    textElement("status", "attached"),
    textElement("attachTime", iso(createdMs + 1_000)),
    textElement("deleteOnTermination", root),
  ].join("");
}

function snapshotXml(snapshot: ListedSnapshot, region: string): string {
  const { id, volumeId, state, ownerId, ownerAlias, encrypted } = snapshot;
  return [
    textElement("snapshotId", id),
    textElement("volumeId", volumeId),
    textElement("status", state),
    state === "error" ? textElement("statusMessage", "The volume could not be read.") : "",
    textElement("startTime", iso(snapshot.startedMs)),
    textElement("progress", state === "error" ? "42%" : "100%"),
    textElement("ownerId", ownerId),
    ownerAlias === null ? "" : textElement("ownerAlias", ownerAlias),
    textElement("volumeSize", snapshot.sizeGib),
    textElement("description", snapshot.description),
    tagSetElement(snapshot.tags),
    textElement("encrypted", encrypted),
    encrypted ? textElement("kmsKeyId", kmsKeyArn(ownerId, region)) : "",
    textElement("storageTier", "standard"),
  ].join("");
}

function iso(timestampMs: number): string {
  return new Date(timestampMs).toISOString();
}
