import { createHash, createHmac } from "node:crypto";
import { exchange, type ReceivedReply, type SentRequest } from "./http-exchange.ts";
import { CREDENTIALS, type Credentials } from "./rpc-request.ts";

export interface SlsSigning {
  readonly region?: string;
  /** Undefined for the region's own endpoint. */
  readonly project?: string | undefined;
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signature?: "v1-sha1" | "v1-sha256" | "v4";
  readonly credentials?: Credentials;
  readonly dateMs?: number;
  readonly acceptEncoding?: string;
  /** Changes the signed message on its way. */
  readonly tamper?: (request: SentRequest) => Partial<SentRequest>;
}

/** A request to Log Service, signed after "Request signatures" (v1) and after the vendor's published v4 signers, independent of the emulator. */
function signedSls(signing: SlsSigning): SentRequest {
  const { region = "cn-hangzhou", project, path, signature = "v1-sha1", credentials = CREDENTIALS } = signing;
  const method = signing.method ?? (signing.body === undefined ? "GET" : "POST");
  const body = signing.body === undefined ? "" : JSON.stringify(signing.body);
  const date = new Date(signing.dateMs ?? Date.now());
  const query = Object.entries(signing.query ?? {})
    .map(([name, value]) => [name, String(value)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const headers: Record<string, string> = {
    host: `${project === undefined ? "" : `${project}.`}${region}.log.aliyuncs.com`,
    "x-log-apiversion": "0.6.0",
    "x-log-bodyrawsize": String(Buffer.byteLength(body)),
    ...(body === "" ? {} : { "content-type": "application/json" }),
    ...(signing.acceptEncoding === undefined ? {} : { "accept-encoding": signing.acceptEncoding }),
    ...(credentials.securityToken === undefined ? {} : { "x-acs-security-token": credentials.securityToken }),
  };
  const authorization =
    signature === "v4"
      ? v4(method, path, query, headers, body, date, region, credentials)
      : v1(method, path, query, headers, body, date, signature === "v1-sha1" ? "sha1" : "sha256", credentials);
  const text = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  const request = { method, target: text === "" ? path : `${path}?${text}`, headers: { ...headers, authorization }, body };
  return { ...request, ...signing.tamper?.(request) };
}

export function sendSls(url: string, signing: SlsSigning): Promise<ReceivedReply> {
  return exchange(url, signedSls(signing));
}

type Pairs = readonly (readonly [name: string, value: string])[];

function v1(
  method: string,
  path: string,
  query: Pairs,
  headers: Record<string, string>,
  body: string,
  date: Date,
  algorithm: "sha1" | "sha256",
  { accessKeyId, accessKeySecret }: Credentials,
): string {
  headers["x-log-signaturemethod"] = `hmac-${algorithm}`;
  headers.date = date.toUTCString();
  if (body !== "") headers["content-md5"] = createHash("md5").update(body).digest("hex").toUpperCase();
  const resource = query.map(([name, value]) => `${name}=${value}`).join("&");
  const toSign = [
    method,
    headers["content-md5"] ?? "",
    headers["content-type"] ?? "",
    headers.date,
    ...Object.keys(headers)
      .filter((name) => /^x-(log|acs)-/.test(name))
      .sort()
      .map((name) => `${name}:${headers[name]}`),
    resource === "" ? path : `${path}?${resource}`,
  ].join("\n");
  return `LOG ${accessKeyId}:${createHmac(algorithm, accessKeySecret).update(toSign).digest("base64")}`;
}

/** The `authorization` header of a v4 signature; adds what it signs to `headers`. */
export function v4(
  method: string,
  path: string,
  query: Pairs,
  headers: Record<string, string>,
  body: string,
  date: Date,
  region: string,
  { accessKeyId, accessKeySecret }: Credentials,
): string {
  const time = `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const day = time.slice(0, 8);
  headers["x-log-date"] = time;
  headers["x-log-content-sha256"] = createHash("sha256").update(body).digest("hex");
  const names = Object.keys(headers)
    .filter((name) => /^x-(log|acs)-/.test(name) || name === "host" || name === "content-type")
    .sort();
  const canonical = [
    method,
    path,
    query.map(([name, value]) => (value === "" ? name : `${name}=${encode(value)}`)).join("&"),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    headers["x-log-content-sha256"],
  ].join("\n");
  const scope = `${day}/${region}/sls/aliyun_v4_request`;
  const toSign = ["SLS4-HMAC-SHA256", time, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  let key: string | Buffer = `aliyun_v4${accessKeySecret}`;
  for (const part of [day, region, "sls", "aliyun_v4_request", toSign]) key = createHmac("sha256", key).update(part).digest();
  return `SLS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},Signature=${(key as Buffer).toString("hex")}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
