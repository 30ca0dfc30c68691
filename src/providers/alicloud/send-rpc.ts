import { RefusedReply } from "./errors.ts";
import type { Sdk } from "./sdk.ts";
import type { HttpReply, Transport } from "./transport.ts";

/** What requests are signed with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/** What requests hand to the SDK in the place of its runtime options, which its operations pass on untouched. */
export interface RequestMeans {
  readonly keys: Keys;
  readonly signal: AbortSignal;
}

export interface RpcRequest {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
}

const ALGORITHM = "ACS3-HMAC-SHA256";

/** One request in the RPC style, all its parameters in the query, signed by the vendor's signer. Gives the body. Throws `RefusedReply`. */
export async function sendRpc(
  { OpenApiUtil }: Sdk<"core">,
  transport: Transport,
  { host, action, version, query }: RpcRequest,
  { keys: { accessKeyId, accessKeySecret, securityToken }, signal }: RequestMeans,
): Promise<object> {
  const payload = OpenApiUtil.hash(Buffer.alloc(0), ALGORITHM).toString("hex");
  const headers: Record<string, string> = {
    host,
    accept: "application/json",
    "user-agent": OpenApiUtil.getUserAgent(""),
    "x-acs-action": action,
    "x-acs-version": version,
    "x-acs-date": OpenApiUtil.getTimestamp(),
    "x-acs-signature-nonce": OpenApiUtil.getNonce(),
    "x-acs-content-sha256": payload,
  };
  if (securityToken) {
    headers["x-acs-accesskey-id"] = accessKeyId;
    headers["x-acs-security-token"] = securityToken;
  }
  const signed = { method: "POST", pathname: "/", query, headers } as unknown as Parameters<typeof OpenApiUtil.getAuthorization>[0];
  headers.authorization = OpenApiUtil.getAuthorization(signed, ALGORITHM, payload, accessKeyId, accessKeySecret);
  const text = new URLSearchParams(query).toString().replaceAll("+", "%20");
  const reply = await transport.send({ host, method: "POST", path: text === "" ? "/" : `/?${text}`, headers }, signal);
  if (reply.status < 200 || reply.status >= 300) throw refusedReply(reply);
  const body: unknown = JSON.parse(reply.body.toString());
  if (typeof body === "object" && body !== null) return body;
  throw new SyntaxError(`${action}: the body is no object`);
}

/** The parts of an error body that are looked at: those of RPC services are capitalised, those of the log service are not. */
interface ErrorBody {
  readonly Code?: unknown;
  readonly code?: unknown;
  readonly errorCode?: unknown;
  readonly Message?: unknown;
  readonly message?: unknown;
  readonly errorMessage?: unknown;
  readonly RequestId?: unknown;
}

/** A reply whose status says no. A proxy's page has no code; its status must do. */
export function refusedReply({ status, headers, body }: HttpReply): RefusedReply {
  const said = errorBody(body);
  const requestId = headers["x-acs-request-id"] ?? headers["x-log-requestid"] ?? said.RequestId;
  return new RefusedReply({
    status,
    vendorCode: String(said.Code ?? said.code ?? said.errorCode ?? ""),
    message: String(said.Message ?? said.message ?? said.errorMessage ?? ""),
    requestId: typeof requestId === "string" ? requestId : null,
    retryAfterMs: retryAfterOf(headers),
  });
}

function errorBody(body: Buffer): ErrorBody {
  try {
    const said: unknown = JSON.parse(body.toString());
    return typeof said === "object" && said !== null ? said : {};
  } catch {
    return {};
  }
}

/** Milliseconds in `x-acs-retry-after`, as the SDK reads it; seconds in `retry-after`. */
function retryAfterOf(headers: HttpReply["headers"]): number | undefined {
  const milliseconds = Number(headers["x-acs-retry-after"]);
  if (milliseconds > 0) return milliseconds;
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? seconds * 1_000 : undefined;
}
