import type { Fleet } from "../fleet.ts";
import { armService, resourceNotFound } from "./arm-operations.ts";
import { armPage } from "./arm-page.ts";
import type { AzureService } from "./service.ts";
import { type AzureStorageAccount, accessKeyOf, storageAccountsOf } from "./storage-data.ts";

const TYPE = "Microsoft.Storage/storageAccounts";
const VERSIONS = [
  "2025-01-01",
  "2024-01-01",
  "2023-05-01",
  "2023-04-01",
  "2023-01-01",
  "2022-09-01",
  "2022-05-01",
  "2021-09-01",
  "2021-08-01",
  "2021-06-01",
  "2021-04-01",
  "2021-02-01",
  "2021-01-01",
  "2019-06-01",
] as const;
const KEY_NAMES = ["key1", "key2"] as const;

/** The storage provider: accounts of a subscription, and their access keys. */
export function storageService(fleet: Fleet): AzureService {
  const all = storageAccountsOf(fleet);
  const byId = new Map(all.map((account) => [account.id.toLowerCase(), account]));
  const find = ({ account, group, name }: Readonly<Record<string, string>>) =>
    byId.get(`/subscriptions/${account}/resourceGroups/${group}/providers/${TYPE}/${name}`.toLowerCase());
  return armService("storage", fleet, [
    {
      name: "StorageAccounts_List",
      method: "GET",
      path: /^\/subscriptions\/(?<account>[^/]+)\/providers\/Microsoft\.Storage\/storageAccounts\/?$/i,
      action: `${TYPE}/read`,
      type: TYPE,
      versions: VERSIONS,
      answer: (call) => {
        const found = all.filter(({ account }) => account === call.account);
        return armPage(call, found, accountShape);
      },
    },
    {
      name: "StorageAccounts_ListKeys",
      method: "POST",
      path: /^\/subscriptions\/(?<account>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.Storage\/storageAccounts\/(?<name>[^/]+)\/listKeys$/i,
      action: `${TYPE}/listKeys/action`,
      type: TYPE,
      versions: VERSIONS,
      region: (path) => find(path)?.region ?? null,
      answer: ({ path }) => {
        const account = find(path);
        if (account === undefined) throw resourceNotFound(TYPE, path.group ?? "", path.name ?? "");
        const creationTime = instant(account.keysMs);
        return {
          body: {
            keys: KEY_NAMES.map((keyName) => ({ creationTime, keyName, value: accessKeyOf(account, keyName), permissions: "Full" })),
          },
        };
      },
    },
  ]);
}

/** `StorageAccount` of the specification. */
function accountShape(account: AzureStorageAccount): object {
  const { name, createdMs, keysMs, region } = account;
  const keyType = { keyType: "Account", enabled: true, lastEnabledTime: instant(createdMs) };
  return {
    sku: { name: account.sku, tier: "Standard" },
    kind: "StorageV2",
    id: account.id,
    name,
    type: TYPE,
    location: region,
    tags: account.tags,
    properties: {
      keyCreationTime: { key1: instant(keysMs), key2: instant(keysMs) },
      allowBlobPublicAccess: account.publicBlobs,
      minimumTlsVersion: account.minimumTls,
      allowSharedKeyAccess: true,
      networkAcls: { bypass: "AzureServices", virtualNetworkRules: [], ipRules: [], defaultAction: "Allow" },
      supportsHttpsTrafficOnly: true,
      encryption: { services: { file: keyType, blob: keyType }, keySource: "Microsoft.Storage" },
      accessTier: "Hot",
      provisioningState: "Succeeded",
      creationTime: instant(createdMs),
      primaryEndpoints: {
        blob: `https://${name}.blob.core.windows.net/`,
        file: `https://${name}.file.core.windows.net/`,
        queue: `https://${name}.queue.core.windows.net/`,
        table: `https://${name}.table.core.windows.net/`,
      },
      primaryLocation: region,
      statusOfPrimary: "available",
    },
  };
}

/** Seven digits of a second, as the storage provider gives times. */
function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}0000Z`;
}
