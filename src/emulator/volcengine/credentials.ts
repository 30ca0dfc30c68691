import { createHmac } from "node:crypto";
import { VOLCENGINE_MAIN_ACCOUNT, VOLCENGINE_PAYMENTS_ACCOUNT } from "./native-names.ts";

export const VOLCENGINE_ACCESS_KEY_ID = "AKLTemulator00000000";
export const VOLCENGINE_SECRET_ACCESS_KEY = "emulator-secret-key-for-tests-only";
/** The one role that can be assumed. */
export const VOLCENGINE_PAYMENTS_ROLE = `trn:iam::${VOLCENGINE_PAYMENTS_ACCOUNT}:role/nephoscope-read`;

/** Who a request comes from. */
export interface Identity {
  readonly account: string;
  readonly trn: string;
  readonly type: "User" | "Role";
  readonly identityId: string;
  readonly secretAccessKey: string;
  /** Milliseconds since the epoch; Infinity for a user's own key. */
  readonly expiresAtMs: number;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const USER: Identity = {
  account: VOLCENGINE_MAIN_ACCOUNT,
  trn: `trn:iam::${VOLCENGINE_MAIN_ACCOUNT}:user/emulator`,
  type: "User",
  identityId: "10086",
  secretAccessKey: VOLCENGINE_SECRET_ACCESS_KEY,
  expiresAtMs: Number.POSITIVE_INFINITY,
};

/** The identity behind an access key, or undefined for keys and tokens that are not the emulator's. */
export function identityOf(accessKeyId: string, sessionToken: string | undefined): Identity | undefined {
  if (sessionToken === undefined) return accessKeyId === VOLCENGINE_ACCESS_KEY_ID ? USER : undefined;
  // A token says itself whose it is, so that sessions outlive a reset and need no memory; key and secret follow from it, so none can be made up.
  if (accessKeyId !== accessKeyOf(sessionToken)) return undefined;
  const [account = "", role = "", session = "", expiresAtMs = ""] = Buffer.from(sessionToken.slice(3), "base64")
    .toString("utf8")
    .split("|");
  return {
    account,
    trn: assumedRoleTrn(account, role, session),
    type: "Role",
    identityId: `${roleIdOf(role)}:${session}`,
    secretAccessKey: keyed("secret", sessionToken),
    expiresAtMs: Number(expiresAtMs),
  };
}

export function openSession(account: string, role: string, session: string, expiresAtMs: number): SessionCredentials {
  const sessionToken = `STS${Buffer.from([account, role, session, expiresAtMs].join("|")).toString("base64")}`;
  return { accessKeyId: accessKeyOf(sessionToken), secretAccessKey: keyed("secret", sessionToken), sessionToken };
}

/** As GetCallerIdentity documents it for roles. */
export function assumedRoleTrn(account: string, role: string, session: string): string {
  return `trn:sts::${account}:assumed-role/${role}/${session}`;
}

/** The number of a role, as `AssumedRoleId` begins with it. */
export function roleIdOf(role: string): string {
  return String(20_000 + role.length);
}

function accessKeyOf(sessionToken: string): string {
  return `AKTP${keyed("access", sessionToken)
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 32)}`;
}

function keyed(purpose: string, text: string): string {
  return createHmac("sha256", `nephoscope emulator ${purpose}`).update(text).digest("base64");
}
