import type { Fleet } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";
import { projectNumber } from "./native-names.ts";

export interface GcpSecret {
  readonly key: number;
  readonly id: string;
  /** `projects/NUMBER/secrets/ID`: replies call projects by their number. */
  readonly name: string;
  readonly account: string;
  readonly createdMs: number;
  readonly versions: number;
  /** How often it is to be renewed, in days; null where nobody asked for it. */
  readonly rotationDays: number | null;
  /** Where replicas are; null: wherever the platform likes. */
  readonly regions: readonly string[] | null;
  readonly labels: Readonly<Record<string, string>>;
}

const KINDS = ["db-password", "api-token", "tls-key"] as const;
const CREATED_MS = Date.UTC(2024, 3, 2, 10);
const DAY_MS = 86_400_000;

/** Up to three secrets for each application of a project. */
export function secretsOf(fleet: Fleet): readonly GcpSecret[] {
  return fleet.accounts.flatMap(({ id: account }) => {
    const applications = new Set(fleet.resources.filter((one) => one.account === account).map(({ application }) => application));
    return [...applications]
      .sort()
      .flatMap((application) => KINDS.map((kind) => secret(fleet, account, application, kind)))
      .filter(({ key }) => chance(key, "there") < 0.85);
  });
}

/** What a version holds. It opens nothing. */
export function payloadOf({ key }: GcpSecret, version: number): Buffer {
  return Buffer.from(`emulated-${hexDigits(24, key, "version", version)}`);
}

function secret(fleet: Fleet, account: string, application: string, kind: (typeof KINDS)[number]): GcpSecret {
  const key = hash(fleet.seed, account, application, kind, "secret");
  const id = `${application}-${kind}`;
  return {
    key,
    id,
    name: `projects/${projectNumber(account)}/secrets/${id}`,
    account,
    createdMs: CREATED_MS + (key % 500) * DAY_MS,
    versions: 1 + (hash(key, "versions") % 4),
    rotationDays: chance(key, "rotation") < 0.35 ? pick([30, 90], key, "period") : null,
    regions: chance(key, "regional") < 0.25 ? fleet.regions.slice(0, 2).map((region) => region.id) : null,
    labels: { service: application, owner: pick(["secops", "李雷", "韩梅梅"], key, "owner") },
  };
}
