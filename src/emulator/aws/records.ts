import type { Fleet, FleetResource } from "../fleet.ts";
import { logSourcesOf } from "../log-data.ts";
import type { TruthAttribute, TruthRecord } from "../truth-rows.ts";
import { alarmHistoryOf } from "./alarm-history-data.ts";
import { type AwsChanges, currentInstance } from "./aws-changes.ts";
import { currentDashboards, dashboardsOf } from "./dashboard-data.ts";
import { metricFiltersOf, subscriptionFiltersOf } from "./logs-filter-data.ts";
import { logGroupArn, logGroupName, retentionDaysOf } from "./logs-groups.ts";
import { quotasOf } from "./quota-data.ts";
import { secretsOf } from "./secret-data.ts";
import { securityGroupsOf } from "./security-group-data.ts";
import { snapshotsOf, volumesOf } from "./volume-data.ts";

type Attributes = Readonly<Record<string, TruthAttribute>>;
type Row = readonly [type: string, id: string, name: string, attributes: Attributes];

/** What there is besides resources, logs, traces and alarms, after every write. Values of secrets are not told. */
export function awsRecords(fleet: Fleet, changes: AwsChanges, nowMs: number): readonly TruthRecord[] {
  return fleet.accounts.flatMap(({ id: account }) => [
    ...rows({ fleet, account, region: "global" }, dashboardRows(fleet, account, changes)),
    ...fleet.regions
      .filter(({ weight }) => weight > 0)
      .flatMap(({ id: region }) =>
        rows({ fleet, account, region }, [
          ...diskRows(fleet, account, region, nowMs),
          ...securityGroupRows(fleet, account, region),
          ...logGroupRows(fleet, account, region, changes),
          ...alarmHistoryRows(fleet, account, region, nowMs),
          ...quotaRows(account, region),
          ...secretRows(fleet, account, region),
        ]),
      ),
  ]);
}

/** A resource as writes have left it. */
export function awsResource(resource: FleetResource, changes: AwsChanges): FleetResource {
  return resource.kind === "virtual-machine" ? currentInstance(changes, resource) : resource;
}

function rows(place: { readonly fleet: Fleet; readonly account: string; readonly region: string }, all: readonly Row[]): TruthRecord[] {
  const { fleet, account, region } = place;
  return all.map(([type, id, name, attributes]) => ({ provider: fleet.provider, account, region, type, id, name, attributes }));
}

function dashboardRows(fleet: Fleet, account: string, changes: AwsChanges): readonly Row[] {
  return currentDashboards(dashboardsOf(fleet, account), account, changes).map(({ arn, name, body, modifiedMs }) => [
    "dashboard",
    arn,
    name,
    { body, modifiedMs, sizeBytes: Buffer.byteLength(body) },
  ]);
}

function diskRows(fleet: Fleet, account: string, region: string, nowMs: number): readonly Row[] {
  const volumes = volumesOf(fleet, account, region);
  const snapshots = snapshotsOf(volumes, nowMs);
  const counts = Map.groupBy(snapshots, ({ volume }) => volume.id);
  return [
    ...volumes.map(({ id, tags, sizeGib, type, encrypted, createdMs, zone, attachment }): Row => {
      const state = attachment === null ? "available" : "in-use";
      const attachedTo = attachment?.instanceId ?? null;
      const of = { sizeGib, diskType: type, encrypted, state, attachedTo, zone, createdMs };
      return ["disk", id, tags.Name ?? "", { ...of, snapshots: counts.get(id)?.length ?? 0, tags }];
    }),
    ...snapshots.map(({ id, tags, volume, startedMs, description, state }): Row => {
      const { id: sourceDisk, sizeGib, encrypted } = volume;
      return ["snapshot", id, tags.Name ?? "", { sourceDisk, createdMs: startedMs, sizeGib, encrypted, state, description, tags }];
    }),
  ];
}

function securityGroupRows(fleet: Fleet, account: string, region: string): readonly Row[] {
  return securityGroupsOf(fleet, account, region).map(({ id, name, ingress, tags }) => {
    const openToWorld = ingress.filter(({ from }) => "cidr" in from && from.cidr === "0.0.0.0/0").map(({ port }) => port);
    return ["security-group", id, name, { open22ToWorld: openToWorld.includes(22), openPortsToWorld: openToWorld, tags }];
  });
}

function logGroupRows(fleet: Fleet, account: string, region: string, changes: AwsChanges): readonly Row[] {
  return logSourcesOf(fleet, account, region).flatMap((source): readonly Row[] => {
    const logGroup = logGroupName(source);
    const metricFilters = metricFiltersOf(source);
    const subscriptionFilters = subscriptionFiltersOf(source);
    const counts = { metricFilters: metricFilters.length, subscriptionFilters: subscriptionFilters.length };
    return [
      ["log-group", logGroupArn(source), logGroup, { retentionDays: retentionDaysOf(source, changes) ?? null, ...counts }],
      ...metricFilters.map(({ name, pattern, metric, namespace }): Row => {
        return ["metric-filter", `${logGroup}/${name}`, name, { logGroup, pattern, metric, namespace }];
      }),
      ...subscriptionFilters.map(({ name, pattern, destinationArn }): Row => {
        return ["subscription-filter", `${logGroup}/${name}`, name, { logGroup, pattern, destination: destinationArn }];
      }),
    ];
  });
}

function alarmHistoryRows(fleet: Fleet, account: string, region: string, nowMs: number): readonly Row[] {
  return alarmHistoryOf(fleet, account, region, nowMs).map(({ alarm, type, timestampMs, summary }) => {
    const attributes = { alarm: alarm.name, alarmType: alarm.type, itemType: type, timestampMs, summary };
    return ["alarm-history", `${alarm.arn}/${type}/${timestampMs}`, alarm.name, attributes];
  });
}

function quotaRows(account: string, region: string): readonly Row[] {
  return quotasOf(account, region).map(({ service, code, name, value, unit, adjustable }) => [
    "quota",
    `${service}/${code}`,
    name,
    { service, value, unit, adjustable },
  ]);
}

function secretRows(fleet: Fleet, account: string, region: string): readonly Row[] {
  return secretsOf(fleet, account, region).map(({ arn, name, createdMs, changedMs, rotationDays, tags }) => [
    "secret",
    arn,
    name,
    { createdMs, changedMs, rotationDays, tags },
  ]);
}
