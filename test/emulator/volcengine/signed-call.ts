import { createHash, createHmac } from "node:crypto";
import { CREDENTIALS } from "./started-volcengine.ts";

export interface SignedCall {
  /** As the credential scope has it: `ecs`, `Volc_Observe`, `TLS`. */
  readonly service: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secret?: string;
  /** `20260131T235959Z`. */
  readonly date?: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What to fetch for a call, signed as the vendor's guide says, word for word and without its SDK. */
export function signedCall(call: SignedCall) {
  const { service, region = "cn-beijing", secret = CREDENTIALS.secretKey, method = "GET", path = "/" } = call;
  const date = call.date ?? new Date().toISOString().replace(/[:-]|\.\d{3}/g, "");
  const body = call.body === undefined ? "" : JSON.stringify(call.body);
  const query = Object.entries(call.query ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
  const canonical = [
    method,
    path,
    query,
    `x-content-sha256:${sha256(body)}\nx-date:${date}\n`,
    "x-content-sha256;x-date",
    sha256(body),
  ].join("\n");
  const scope = `${date.slice(0, 8)}/${region}/${service}/request`;
  let key: string | Buffer = secret;
  for (const part of scope.split("/")) key = createHmac("sha256", key).update(part).digest();
  const signature = createHmac("sha256", key)
    .update(`HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`)
    .digest("hex");
  const credential = `Credential=${call.accessKeyId ?? CREDENTIALS.accessKeyId}/${scope}`;
  const headers: Record<string, string> = {
    "X-Date": date,
    "X-Content-Sha256": sha256(body),
    Authorization: `HMAC-SHA256 ${credential}, SignedHeaders=x-content-sha256;x-date, Signature=${signature}`,
    ...(body === "" ? {} : { "Content-Type": "application/json" }),
  };
  return { target: query === "" ? path : `${path}?${query}`, method, headers, body };
}

/** Sends a call; `headers` come on top of the signed ones. */
export async function sendSigned(url: string, call: SignedCall, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const signed = signedCall(call);
  return fetch(`${url}${signed.target}`, {
    method: signed.method,
    headers: { ...signed.headers, ...headers },
    ...(signed.body === "" ? {} : { body: signed.body }),
  });
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
