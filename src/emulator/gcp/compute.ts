import { type ComputeInstance, computeInstances, stoppedInstance } from "./compute-instances.ts";
import { aggregatedList, globalList, REGIONS, type ScopedItem } from "./compute-list.ts";
import { diskShape, firewallShape, regionShape, snapshotShape } from "./compute-shapes.ts";
import { deleteDisk, stopInstance } from "./compute-writes.ts";
import { disksOf } from "./disk-data.ts";
import { firewallsOf } from "./firewall-data.ts";
import { quotasOf } from "./quota-data.ts";
import { CLOUD_PLATFORM_SCOPE, type GoogleMethod, type GoogleService, type GoogleServiceFactory } from "./service.ts";
import { snapshotsOf } from "./snapshot-data.ts";

const ZONAL = String.raw`^\/compute\/v1\/projects\/(?<project>[^/]+)\/zones\/(?<zone>[^/]+)`;
const regionOf = ({ zone = "" }: Readonly<Record<string, string>>) => zone.replace(/-[a-z]$/, "");

/** Compute Engine: instances and disks of all zones at once, snapshots, firewall rules and regions with their quotas; stopping and deleting. */
export const computeService: GoogleServiceFactory = (fleet, changes) => {
  const instances = computeInstances(fleet);
  const disks = disksOf(fleet).toSorted((left, right) => (`${left.zone} ${left.name}` < `${right.zone} ${right.name}` ? -1 : 1));
  const firewalls = firewallsOf(fleet);
  const currently = (instance: ComputeInstance) => {
    const stoppedMs = changes.stoppedMs(instance.resource);
    return stoppedMs === undefined ? instance : stoppedInstance(instance, stoppedMs);
  };
  const service: GoogleService = {
    id: "compute",
    host: "compute.googleapis.com",
    scopes: [CLOUD_PLATFORM_SCOPE, "https://www.googleapis.com/auth/compute", "https://www.googleapis.com/auth/compute.readonly"],
    quota: { metric: "default", limit: "defaultPerMinutePerProject", title: "Queries" },
    legacyErrors: true,
    methods: [
      {
        ...listing("AggregatedListInstances", "compute.v1.InstancesService.AggregatedList", "aggregated/instances", "instances"),
        answer: (request) => {
          const all = (instances.get(request.project) ?? []).map(currently);
          return aggregatedList(service, { field: "instances", kind: "compute#instanceAggregatedList", regional: false }, all, request);
        },
      },
      {
        ...listing("ListRegions", "compute.v1.RegionsService.List", "regions", "regions"),
        answer: (request) =>
          globalList(
            service,
            {
              path: "regions",
              kind: "compute#regionList",
              shape: (region: string) => regionShape(request.project, region, quotasOf({ fleet, disks, changes }, request.project, region)),
            },
            REGIONS,
            request,
          ),
      },
      {
        ...listing("disks.aggregatedList", "compute.v1.DisksService.AggregatedList", "aggregated/disks", "disks"),
        answer: (request) => {
          const all = disks
            .filter(({ id, account }) => account === request.project && !changes.isDeletedDisk(id))
            .map((disk) => scopedItem(disk.zone, () => diskShape(disk, request.nowMs)));
          return aggregatedList(service, { field: "disks", kind: "compute#diskAggregatedList", regional: true }, all, request);
        },
      },
      {
        ...listing("snapshots.list", "compute.v1.SnapshotsService.List", "global/snapshots", "snapshots"),
        answer: (request) => {
          const own = disks.filter(({ account }) => account === request.project);
          const all = snapshotsOf(own, request.nowMs);
          return globalList(service, { path: "global/snapshots", kind: "compute#snapshotList", shape: snapshotShape }, all, request);
        },
      },
      {
        ...listing("firewalls.list", "compute.v1.FirewallsService.List", "global/firewalls", "firewalls"),
        answer: (request) => {
          const all = firewalls.filter(({ account }) => account === request.project);
          return globalList(service, { path: "global/firewalls", kind: "compute#firewallList", shape: firewallShape }, all, request);
        },
      },
      {
        name: "instances.stop",
        rpc: "compute.v1.InstancesService.Stop",
        verb: "POST",
        path: new RegExp(String.raw`${ZONAL}\/instances\/(?<instance>[^/]+)\/stop$`),
        permission: "compute.instances.stop",
        regionOf,
        answer: (request) => stopInstance(instances.get(request.project) ?? [], changes, request),
      },
      {
        name: "disks.delete",
        rpc: "compute.v1.DisksService.Delete",
        verb: "DELETE",
        path: new RegExp(String.raw`${ZONAL}\/disks\/(?<disk>[^/]+)$`),
        permission: "compute.disks.delete",
        regionOf,
        answer: (request) => deleteDisk(disks, changes, request),
      },
    ],
  };
  return service;
};

function listing(name: string, rpc: string, path: string, resource: string): Omit<GoogleMethod, "answer"> {
  return {
    name,
    rpc,
    verb: "GET",
    path: new RegExp(String.raw`^\/compute\/v1\/projects\/(?<project>[^/]+)\/${path}$`),
    permission: `compute.${resource}.list`,
  };
}

/** Put into shape when somebody looks: pages are small, lists are long. */
function scopedItem(zone: string, shape: () => Readonly<Record<string, unknown>>): ScopedItem {
  return {
    zone,
    get shape() {
      return shape();
    },
    get json() {
      return JSON.stringify(shape());
    },
  };
}
