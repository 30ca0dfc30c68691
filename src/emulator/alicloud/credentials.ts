import { createHmac } from "node:crypto";
import { ALICLOUD_MAIN_ACCOUNT, ALICLOUD_PAYMENTS_ACCOUNT } from "./native-names.ts";

export const ALICLOUD_ACCESS_KEY_ID = "LTAIemulator00000000";
export const ALICLOUD_ACCESS_KEY_SECRET = "emulator-secret-key-for-tests-only";
/** The one role that can be assumed. */
export const ALICLOUD_PAYMENTS_ROLE = `acs:ram::${ALICLOUD_PAYMENTS_ACCOUNT}:role/nephoscope-read`;

/** Who a request comes from. */
export interface Identity {
  readonly type: "RAMUser" | "AssumedRoleUser";
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly principalId: string;
  /** Of an assumed role. */
  readonly roleId: string | undefined;
  readonly accessKeySecret: string;
  /** Milliseconds since the epoch; Infinity for a user's own key. */
  readonly expiresAtMs: number;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

const USER: Identity = {
  type: "RAMUser",
  account: ALICLOUD_MAIN_ACCOUNT,
  arn: `acs:ram::${ALICLOUD_MAIN_ACCOUNT}:user/emulator`,
  userId: "216959339000654321",
  principalId: "216959339000654321",
  roleId: undefined,
  accessKeySecret: ALICLOUD_ACCESS_KEY_SECRET,
  expiresAtMs: Number.POSITIVE_INFINITY,
};

/** The identity behind an AccessKey, or undefined for keys that are not the emulator's. */
export function identityOf(accessKeyId: string, securityToken: string | undefined): Identity | undefined {
  if (securityToken === undefined) return accessKeyId === ALICLOUD_ACCESS_KEY_ID ? USER : undefined;
  // A token says itself whose it is, so that sessions outlive a reset and need no memory; key and secret follow from it, so none can be made up.
  if (accessKeyId !== accessKeyOf(securityToken)) return undefined;
  const [account = "", role = "", session = "", expiresAtMs = ""] = Buffer.from(securityToken, "base64").toString("utf8").split("|");
  return {
    type: "AssumedRoleUser",
    account,
    // As STS tells it (GetCallerIdentity reference, "Arn").
    arn: `acs:ram::${account}:assumed-role/${role}/${session}`,
    userId: `${roleIdOf(role)}:${session}`,
    principalId: `${roleIdOf(role)}:${session}`,
    roleId: roleIdOf(role),
    accessKeySecret: secretOf(securityToken),
    expiresAtMs: Number(expiresAtMs),
  };
}

export function openSession(account: string, role: string, session: string, expiresAtMs: number): SessionCredentials {
  const securityToken = Buffer.from([account, role, session, expiresAtMs].join("|")).toString("base64");
  return { accessKeyId: accessKeyOf(securityToken), accessKeySecret: secretOf(securityToken), securityToken };
}

/** The unique id of a role, as `AssumedRoleId` begins with it: eighteen digits. */
export function roleIdOf(role: string): string {
  return `3${BigInt(`0x${keyed("role", role, "hex").slice(0, 14)}`)
    .toString()
    .padStart(17, "0")
    .slice(0, 17)}`;
}

function accessKeyOf(securityToken: string): string {
  return `STS.${keyed("access", securityToken, "base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 25)}`;
}

function secretOf(securityToken: string): string {
  return keyed("secret", securityToken, "base64").slice(0, 44);
}

function keyed(purpose: string, text: string, encoding: "base64" | "hex"): string {
  return createHmac("sha256", `nephoscope emulator alicloud ${purpose}`).update(text).digest(encoding);
}
