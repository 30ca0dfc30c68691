import type { Resource, ResourceKind } from "../../contracts/index.ts";

/** How Cloud Monitoring names a kind of resource, and which label tells one from the other ("Monitored resource types"). */
interface MonitoredResource {
  readonly type: string;
  readonly label: string;
  /** The value of the label for a resource. */
  labelOf(resource: Resource): string;
}

export const MONITORED_RESOURCES: Readonly<Partial<Record<ResourceKind, MonitoredResource>>> = {
  "virtual-machine": { type: "gce_instance", label: "instance_id", labelOf: ({ id }) => id },
  database: { type: "cloudsql_database", label: "database_id", labelOf: ({ id, account }) => `${account}:${id}` },
};
