import { type AzureWorld, MAIN, NOW_MS, type RawOptions } from "./azure-world.ts";

export const ARM = "https://management.azure.com";
const SUBSCRIPTION = `${ARM}/subscriptions/${MAIN}`;
const DAY_MS = 86_400_000;

/** What a call of a resource provider is: its address, with or without a query, and its method. */
export interface ProviderCall {
  readonly url: string;
  readonly method?: NonNullable<RawOptions["method"]>;
}

/** Names of things in the world, for operations about one of them. */
interface Named {
  readonly machine: string;
  /** A disk that is attached to nothing. */
  readonly disk: string;
  readonly attachedDisk: string;
  readonly database: string;
  readonly storageAccount: string;
}

/** One call of every operation of the resource providers, by their ids in the call log; things are in eastus. */
export async function providerCalls(world: AzureWorld) {
  const named = await namesIn(world, "eastus");
  const start = new Date(NOW_MS - 2 * DAY_MS).toISOString();
  return {
    named,
    calls: {
      "compute.Disks_List": { url: `${SUBSCRIPTION}/providers/Microsoft.Compute/disks?api-version=2023-04-02` },
      "compute.Snapshots_List": { url: `${SUBSCRIPTION}/providers/Microsoft.Compute/snapshots?api-version=2023-04-02` },
      "compute.Usage_List": { url: `${SUBSCRIPTION}/providers/Microsoft.Compute/locations/eastus/usages?api-version=2023-07-01` },
      "network.NetworkSecurityGroups_ListAll": {
        url: `${SUBSCRIPTION}/providers/Microsoft.Network/networkSecurityGroups?api-version=2023-09-01`,
      },
      "monitor.ActivityLogs_List": { url: activityUrl(`eventTimestamp ge '${start}'`) },
      "monitor.DiagnosticSettings_List": {
        url: `${ARM}${named.database}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview`,
      },
      "storage.StorageAccounts_List": { url: `${SUBSCRIPTION}/providers/Microsoft.Storage/storageAccounts?api-version=2023-01-01` },
      "storage.StorageAccounts_ListKeys": { url: `${ARM}${named.storageAccount}/listKeys?api-version=2023-01-01`, method: "POST" },
      "compute.Disks_Delete": { url: `${ARM}${named.disk}?api-version=2023-04-02`, method: "DELETE" },
      "compute.VirtualMachines_Deallocate": { url: `${ARM}${named.machine}/deallocate?api-version=2023-07-01`, method: "POST" },
    } satisfies Readonly<Record<string, ProviderCall>>,
  };
}

export function activityUrl(filter: string): string {
  return `${SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=${encodeURIComponent(filter)}`;
}

/** The whole list behind an address, page after page. */
export async function listed<Item>(world: AzureWorld, token: string, url: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let next: string | undefined = url; next !== undefined; ) {
    const { status, body } = await world.raw(next, { token });
    if (status !== 200) throw new Error(`${next}: ${status} ${body}`);
    const page = JSON.parse(body) as { value: readonly Item[]; nextLink?: string };
    items.push(...page.value);
    next = page.nextLink;
  }
  return items;
}

/** From the truth: which of them have what is asked for. */
async function namesIn(world: AzureWorld, region: string): Promise<Named> {
  const { records, resources } = await world.truth(NOW_MS - 60_000, NOW_MS);
  const here = records.filter((record) => record.account === MAIN && record.region === region);
  const disks = here.filter(({ type }) => type === "disk");
  const first = <Item extends { readonly id: string }>(items: readonly Item[], what: string) => {
    if (items[0] === undefined) throw new Error(`There is no ${what} in ${region}.`);
    return items[0].id;
  };
  const running = resources.filter((one) => one.account === MAIN && one.region === region && one.state === "running");
  const setting = here.find(
    ({ type, attributes }) => type === "diagnostic-setting" && String(attributes.resource).includes("flexibleServers"),
  );
  return {
    machine: first(running, "machine"),
    disk: first(
      disks.filter(({ attributes }) => attributes.attachedTo === null),
      "free disk",
    ),
    attachedDisk: first(
      disks.filter(({ attributes }) => attributes.attachedTo !== null),
      "attached disk",
    ),
    database: String(setting?.attributes.resource),
    storageAccount: first(
      here.filter(({ type }) => type === "storage-account"),
      "storage account",
    ),
  };
}
