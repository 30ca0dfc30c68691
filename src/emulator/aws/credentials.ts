import { createHmac } from "node:crypto";
import { AWS_MAIN_ACCOUNT, AWS_PAYMENTS_ACCOUNT } from "./native-names.ts";

export const AWS_ACCESS_KEY_ID = "AKIAEMULATOR00000000";
export const AWS_SECRET_ACCESS_KEY = "emulator-secret-key-for-tests-only";
/** The one role that can be assumed. */
export const AWS_PAYMENTS_ROLE = `arn:aws:iam::${AWS_PAYMENTS_ACCOUNT}:role/nephoscope-read`;

const USER_ARN = `arn:aws:iam::${AWS_MAIN_ACCOUNT}:user/emulator`;

/** Who a request comes from. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
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
  account: AWS_MAIN_ACCOUNT,
  arn: USER_ARN,
  userId: "AIDAEMULATOR00000000",
  secretAccessKey: AWS_SECRET_ACCESS_KEY,
  expiresAtMs: Number.POSITIVE_INFINITY,
};

/** The identity behind an access key, or undefined for keys and tokens that are not the emulator's. */
export function identityOf(accessKeyId: string, sessionToken: string | undefined): Identity | undefined {
  if (sessionToken === undefined) return accessKeyId === AWS_ACCESS_KEY_ID ? USER : undefined;
  // A token says itself whose it is, so that sessions outlive a reset and need no memory; key and secret follow from it, so none can be made up.
  if (accessKeyId !== accessKeyOf(sessionToken)) return undefined;
  const [account = "", role = "", session = "", expiresAtMs = ""] = Buffer.from(sessionToken, "base64").toString("utf8").split("|");
  return {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    userId: `${roleIdOf(role)}:${session}`,
    secretAccessKey: secretOf(sessionToken),
    expiresAtMs: Number(expiresAtMs),
  };
}

export function openSession(account: string, role: string, session: string, expiresAtMs: number): SessionCredentials {
  const sessionToken = Buffer.from([account, role, session, expiresAtMs].join("|")).toString("base64");
  return { accessKeyId: accessKeyOf(sessionToken), secretAccessKey: secretOf(sessionToken), sessionToken };
}

/** The unique id of a role, as `AssumedRoleId` begins with it. */
export function roleIdOf(role: string): string {
  return `AROA${keyed("role", role)
    .replace(/[^A-Za-z0-9]/g, "")
    .toUpperCase()
    .slice(0, 17)}`;
}

function accessKeyOf(sessionToken: string): string {
  return `ASIA${keyed("access", sessionToken)
    .replace(/[^A-Za-z0-9]/g, "")
    .toUpperCase()
    .slice(0, 16)}`;
}

function secretOf(sessionToken: string): string {
  return keyed("secret", sessionToken).slice(0, 40);
}

function keyed(purpose: string, text: string): string {
  return createHmac("sha256", `nephoscope emulator ${purpose}`).update(text).digest("base64");
}
