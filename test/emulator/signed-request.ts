import { createHash, createHmac } from "node:crypto";
import { CREDENTIALS, type Credentials } from "./started-emulator.ts";

export interface SentRequest {
  readonly target: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Signing {
  readonly service: string;
  readonly region?: string;
  readonly credentials?: Credentials;
  readonly dateMs?: number;
  readonly method?: string;
  /** Path and query string. */
  readonly target?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the signed message on its way. */
  readonly tamper?: (request: SentRequest) => Partial<SentRequest>;
}

/** Sends a request with a Signature Version 4 written from the specification, independent of the SDK and of the emulator. */
export async function sendSigned(url: string, signing: Signing): Promise<{ status: number; headers: Headers; text: string }> {
  const { service, region = "us-east-1", method = "POST", target = "/", body = "" } = signing;
  const credentials: Credentials = signing.credentials ?? CREDENTIALS;
  const date = `${new Date(signing.dateMs ?? Date.now()).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const day = date.slice(0, 8);
  const headers: Record<string, string> = { host: new URL(url).host, "x-amz-date": date, ...signing.headers };
  if (credentials.sessionToken !== undefined) headers["x-amz-security-token"] = credentials.sessionToken;
  const names = Object.keys(headers).sort();
  const [path = "/", query = ""] = target.split("?");
  const canonical = [
    method,
    path
      .split("/")
      .map((part) => encodeURIComponent(part))
      .join("/"),
    query.split("&").sort().join("&"),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    createHash("sha256").update(body).digest("hex"),
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  let key: string | Buffer = `AWS4${credentials.secretAccessKey}`;
  for (const part of [day, region, service, "aws4_request", toSign]) key = createHmac("sha256", key).update(part).digest();
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${(key as Buffer).toString("hex")}`;
  const signed: SentRequest = { target, body, headers: { ...headers, authorization } };
  const request = { ...signed, ...signing.tamper?.(signed) };
  const { host: _host, ...sent } = request.headers;
  const response = await fetch(url + request.target, { method, headers: sent, ...(method === "GET" ? {} : { body: request.body }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
