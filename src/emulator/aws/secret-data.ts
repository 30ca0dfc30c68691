import type { Fleet } from "../fleet.ts";
import { chance, hash, hexDigits } from "../hash.ts";

export interface AwsSecret {
  readonly key: number;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly createdMs: number;
  readonly changedMs: number;
  /** Days between rotations; null for a secret that stays as it is. */
  readonly rotationDays: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly versionId: string;
  /** JSON. Every value of a secret in this world begins with `emulated-secret-`, so that it can be recognised where it should not be. */
  readonly value: string;
}

const DAY_MS = 86_400_000;

/** The secrets of a place: the password of each database, and a key of each application's payment or mail service. */
export function secretsOf(fleet: Fleet, account: string, region: string): readonly AwsSecret[] {
  const databases = fleet.of(account, region, "database").map(({ key, name, tags, application }) => ({
    key,
    name: `${tags.env ?? "dev"}/${application}/${name}`,
    description: `Password of the database ${name}`,
    tags,
    value: { username: "admin", password: `emulated-secret-${hexDigits(16, key, "password")}` },
  }));
  const applications = [...new Set(fleet.of(account, region, "virtual-machine").map(({ application }) => application))];
  const keys = applications.map((application) => {
    const key = hash(fleet.seed, account, region, application, "secret");
    const value = { apiKey: `emulated-secret-${hexDigits(24, key, "api-key")}` };
    return { key, name: `prod/${application}/api-key`, description: `${application} 的接口密钥`, tags: { service: application }, value };
  });
  return [...databases, ...keys].map(({ value, ...secret }) => ({
    ...secret,
    ...historyOf(secret.key),
    ...namesOf(secret, account, region),
    value: JSON.stringify(value),
  }));
}

function historyOf(key: number): Pick<AwsSecret, "createdMs" | "changedMs" | "rotationDays"> {
  const createdMs = Date.UTC(2024, 0, 1) + Math.floor(chance(key, "secret created") * 365) * DAY_MS;
  const rotationDays = chance(key, "rotates") < 0.4 ? 30 : null;
  // What rotates was changed in the last month of the year that follows; what does not, when it was made.
  const changedMs = rotationDays === null ? createdMs : Date.UTC(2025, 11, 1) + Math.floor(chance(key, "rotated") * 30) * DAY_MS;
  return { createdMs, changedMs, rotationDays };
}

/** Secrets Manager appends six random characters to the name (API reference, CreateSecret). */
function namesOf({ key, name }: { readonly key: number; readonly name: string }, account: string, region: string) {
  const digits = hexDigits(32, key, "version");
  const versionId = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
  return { versionId, arn: `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${hexDigits(6, key, "suffix")}` };
}
