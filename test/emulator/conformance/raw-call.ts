import { createHash, createHmac } from "node:crypto";

interface RawCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface RawRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** Path and query string, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The service name and region of the signature. */
  readonly signingName: string;
  readonly region: string;
  readonly credentials: RawCredentials;
}

export interface RawReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends one request without any SDK, signed as "Signature Version 4" of the AWS general reference has it, and returns what came over the wire. */
export async function sendRaw(request: RawRequest): Promise<RawReply> {
  const { url, method, target, body, signingName, region, credentials } = request;
  const amzDate = `${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const day = amzDate.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host: new URL(url).host,
    "x-amz-date": amzDate,
    ...(credentials.sessionToken === undefined ? {} : { "x-amz-security-token": credentials.sessionToken }),
  };
  const [path = "/", query = ""] = target.split("?", 2);
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    path.split("/").map(encodeURIComponent).join("/"),
    query.split("&").sort().join("&"),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
  const scope = `${day}/${region}/${signingName}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", amzDate, scope, sha256(canonical)].join("\n");
  const key = [day, region, signingName, "aws4_request"].reduce<Buffer | string>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  const { host: _, ...sent } = headers;
  const response = await fetch(`${url}${target}`, {
    method,
    headers: {
      ...sent,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
    },
    ...(method === "POST" ? { body } : {}),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
