import { MAIN, type StartedGcp, WINDOW } from "./open-gcp.ts";

/** Addresses of the listings beyond what the provider asks, by the method's id without the API. */
export const LISTINGS: Readonly<Record<string, string>> = {
  "disks.aggregatedList": `/compute/v1/projects/${MAIN}/aggregated/disks`,
  "snapshots.list": `/compute/v1/projects/${MAIN}/global/snapshots`,
  "firewalls.list": `/compute/v1/projects/${MAIN}/global/firewalls`,
  "projects.dashboards.list": `/v1/projects/${MAIN}/dashboards`,
  "projects.notificationChannels.list": `/v3/projects/${MAIN}/notificationChannels`,
  "projects.sinks.list": `/v2/projects/${MAIN}/sinks`,
  "projects.metrics.list": `/v2/projects/${MAIN}/metrics`,
  "projects.secrets.list": `/v1/projects/${MAIN}/secrets`,
};

const ZONES = `/compute/v1/projects/${MAIN}/zones`;

/** Addresses of things in the world, for operations about one of them; from the truth. */
export async function thingsIn(gcp: Pick<StartedGcp, "truth">) {
  const { records, resources } = await gcp.truth(WINDOW);
  const own = records.filter(({ account }) => account === MAIN);
  const disks = own.filter(({ type }) => type === "disk");
  const free = disks.find(({ attributes }) => attributes.attachedTo === null);
  const used = disks.find(({ attributes }) => attributes.attachedTo !== null);
  const machine = resources.find((one) => one.account === MAIN && one.kind === "virtual-machine" && one.state === "running");
  const zone = disks.find(({ attributes }) => attributes.attachedTo === machine?.id)?.attributes.zone;
  const secret = own.find(({ type }) => type === "secret");
  return {
    freeDisk: { record: free, path: `${ZONES}/${free?.attributes.zone}/disks/${free?.name}` },
    usedDisk: { record: used, path: `${ZONES}/${used?.attributes.zone}/disks/${used?.name}` },
    machine: { resource: machine, path: `${ZONES}/${zone}/instances/${machine?.name}` },
    secret: { record: secret, path: `/v1/projects/${MAIN}/secrets/${secret?.name}/versions/latest:access` },
  };
}
