import { createHash, createHmac, randomUUID } from "node:crypto";
import { exchange, type ReceivedReply, type SentRequest } from "./http-exchange.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

export const CREDENTIALS: Credentials = {
  accessKeyId: "LTAIemulator00000000",
  accessKeySecret: "emulator-secret-key-for-tests-only",
};

const VERSIONS = {
  ecs: "2014-05-26",
  cms: "2019-01-01",
  sts: "2015-04-01",
  rds: "2014-08-15",
  alb: "2020-06-16",
} as const;
const ENDPOINTS = { ecs: "ecs", cms: "metrics", sts: "sts", rds: "rds", alb: "alb" } as const;

export type RpcServiceId = keyof typeof VERSIONS;

export interface RpcSigning {
  readonly service: RpcServiceId;
  readonly action: string;
  readonly region?: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** Where the parameters stand. */
  readonly inBody?: boolean;
  readonly credentials?: Credentials;
  readonly dateMs?: number;
  readonly nonce?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the signed message on its way. */
  readonly tamper?: (request: SentRequest) => Partial<SentRequest>;
}

/** A request with an ACS3 signature written from "V3 request structure and signature", independent of the SDK and of the emulator. */
export function signedRpc(signing: RpcSigning): SentRequest {
  const { service, action, region = "cn-hangzhou", credentials = CREDENTIALS } = signing;
  const text = Object.entries(signing.parameters ?? {})
    .map(([name, value]) => [encode(name), encode(String(value))] as const)
    // By name alone: `InstanceId.1` comes before `InstanceId.10`.
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map((pair) => pair.join("="))
    .join("&");
  const [query, body] = signing.inBody === true ? ["", text] : [text, ""];
  const headers: Record<string, string> = {
    host: service === "sts" ? "sts.aliyuncs.com" : `${ENDPOINTS[service]}.${region}.aliyuncs.com`,
    "x-acs-action": action,
    "x-acs-version": VERSIONS[service],
    "x-acs-date": `${new Date(signing.dateMs ?? Date.now()).toISOString().slice(0, 19)}Z`,
    "x-acs-signature-nonce": signing.nonce ?? randomUUID(),
    "x-acs-content-sha256": sha256(body),
    ...(body === "" ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    ...(credentials.securityToken === undefined ? {} : { "x-acs-security-token": credentials.securityToken }),
    ...signing.headers,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    "POST",
    "/",
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    headers["x-acs-content-sha256"],
  ].join("\n");
  const signature = createHmac("sha256", credentials.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest("hex");
  const authorization = `ACS3-HMAC-SHA256 Credential=${credentials.accessKeyId},SignedHeaders=${names.join(";")},Signature=${signature}`;
  const request = { method: "POST", target: query === "" ? "/" : `/?${query}`, headers: { ...headers, authorization }, body };
  return { ...request, ...signing.tamper?.(request) };
}

export function sendRpc(url: string, signing: RpcSigning): Promise<ReceivedReply> {
  return exchange(url, signedRpc(signing));
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
