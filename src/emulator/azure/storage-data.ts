import type { Fleet } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";

export interface AzureStorageAccount {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly application: string;
  readonly sku: string;
  readonly publicBlobs: boolean;
  readonly minimumTls: "TLS1_0" | "TLS1_2";
  readonly createdMs: number;
  /** When its access keys were last made anew. */
  readonly keysMs: number;
  readonly tags: Readonly<Record<string, string>>;
}

const CREATED_MS = Date.UTC(2024, 5, 1, 8);
const DAY_MS = 86_400_000;

/** An account for each application in each region in which it has machines. */
export function storageAccountsOf(fleet: Fleet): readonly AzureStorageAccount[] {
  return fleet.accounts.flatMap(({ id: account }) =>
    fleet.regions.flatMap(({ id: region }) => {
      const applications = new Set(fleet.of(account, region, "virtual-machine").map(({ application }) => application));
      return [...applications].sort().map((application) => storageAccount(fleet.seed, account, region, application));
    }),
  );
}

/** An access key: 64 bytes in base64. It opens nothing. */
export function accessKeyOf({ key }: AzureStorageAccount, name: string): string {
  return Buffer.from(hexDigits(128, key, name), "hex").toString("base64");
}

function storageAccount(seed: number, account: string, region: string, application: string): AzureStorageAccount {
  const key = hash(seed, account, region, application, "storage");
  // 3 to 24 lower-case letters and digits ("Storage account overview").
  const name = `st${application}${hexDigits(8, key, "name")}`;
  const createdMs = CREATED_MS + (key % 300) * DAY_MS;
  return {
    key,
    id: `/subscriptions/${account}/resourceGroups/rg-${application}/providers/Microsoft.Storage/storageAccounts/${name}`,
    name,
    account,
    region,
    application,
    sku: pick(["Standard_LRS", "Standard_GRS", "Standard_ZRS"], key, "sku"),
    publicBlobs: chance(key, "public") < 0.2,
    minimumTls: chance(key, "tls") < 0.25 ? "TLS1_0" : "TLS1_2",
    createdMs,
    keysMs: chance(key, "rotated") < 0.5 ? createdMs : createdMs + 200 * DAY_MS,
    tags: { service: application, data: pick(["logs", "备份", "uploads"], key, "data") },
  };
}
