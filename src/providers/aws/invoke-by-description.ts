import type { OperationDescription, OperationRequest, ProviderContext } from "../../contracts/index.ts";
import { optionalImport } from "../../runtime/index.ts";
import { endpointLabel, restRequest } from "../shared/rest-request.ts";
import type { Accounts } from "./accounts.ts";
import { failure, PROVIDER_ID, replyInvalid, toAwsError } from "./errors.ts";
import { placeOf } from "./place-of.ts";
import { partitionOf } from "./regions.ts";
import { fromAwsJson, toAwsJson } from "./sdk-values.ts";

/** Below these all hosts are AWS's own (endpoints.json of botocore). */
const SUFFIXES = { aws: "amazonaws.com", "aws-cn": "amazonaws.com.cn", "aws-us-gov": "amazonaws.com" } as const;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  "aws-json-1.0": "application/x-amz-json-1.0",
  "aws-json-1.1": "application/x-amz-json-1.1",
  "aws-rest-json": "application/json",
};

/** What may stand in a signature or a header; a description comes from outside. */
const WORDS = /^[A-Za-z0-9_.-]{0,200}$/;

/**
 * Sends one request as its description says, in the protocols that speak JSON: signed by the vendor's signer, over the connections and with
 * the credentials of the account's STS client.
 */
export async function invokeByDescription(accounts: Accounts, request: OperationRequest, context: ProviderContext): Promise<unknown> {
  const { operation, scope, input } = request;
  const contentType = CONTENT_TYPES[operation.wire.protocol];
  if (contentType === undefined || !WORDS.test(operation.wire.signingName ?? "") || !WORDS.test(operation.wire.target ?? ""))
    throw notSpoken(operation);
  const label = endpointLabel(operation);
  const message = messageOf(operation, input, contentType);
  const { SignatureV4 } = await optionalImport("@smithy/signature-v4", () => import("@smithy/signature-v4"));
  const { client } = await accounts.connect("sts", placeOf(request), context);
  const { config } = client;
  const region = await config.region();
  const signer = new SignatureV4({
    credentials: config.credentials,
    region,
    service: operation.wire.signingName ?? label,
    sha256: config.sha256,
  });
  return await context.call(`${PROVIDER_ID}.${operation.service}.${operation.name}`, scope, async (signal) => {
    try {
      const address = await addressOf(operation, label, region, config.endpoint);
      const host = address.port === undefined ? address.hostname : `${address.hostname}:${address.port}`;
      const signed = await signer.sign({ ...address, ...message, headers: { ...message.headers, host } } as never);
      const { response } = await config.requestHandler.handle(signed as never, { abortSignal: signal });
      const text = await textOf(response.body);
      if (response.statusCode >= 300) throw refusal(response.statusCode, response.headers, text);
      return text === "" ? {} : fromAwsJson(jsonOf(operation, text), operation.output);
    } catch (error) {
      signal.throwIfAborted();
      throw toAwsError(error, operation.name);
    }
  });
}

interface Address {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
}

/** A fixed endpoint (the emulator, a private one) is asked for everything; otherwise the service's own host. */
async function addressOf(operation: OperationDescription, label: string, region: string, endpoint: unknown): Promise<Address> {
  if (typeof endpoint === "function") {
    const { protocol, hostname, port } = (await endpoint()) as Address;
    return { protocol, hostname, ...(port === undefined ? {} : { port }) };
  }
  if (!/^[a-z0-9-]{1,63}$/.test(region)) throw notSpoken(operation);
  return { protocol: "https:", hostname: `${label}.${region}.${SUFFIXES[partitionOf(region)]}` };
}

/** The request without its host. */
function messageOf(operation: OperationDescription, input: Readonly<Record<string, unknown>>, contentType: string) {
  const type = { "content-type": contentType };
  if (operation.wire.protocol !== "aws-rest-json") {
    const headers = { ...type, "x-amz-target": operation.wire.target ?? operation.name };
    return { method: "POST", path: "/", query: {}, headers, body: JSON.stringify(toAwsJson(input, operation.input)) };
  }
  const { method, path, query, headers, body } = restRequest(operation, withJsonBody(operation, input));
  const grouped: Record<string, string[]> = {};
  for (const [name, value] of query) grouped[name] = [...(grouped[name] ?? []), value];
  return { method, path, query: grouped, headers: { ...headers, ...type }, body: body === undefined ? "" : JSON.stringify(body) };
}

/** Times are seconds in the body alone; elsewhere they are ISO 8601. */
function withJsonBody({ input: shape }: OperationDescription, input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(input).map(([name, value]) => {
    const field = shape.fields[name];
    const isInBody = field !== undefined && (field.location === undefined || field.location === "body");
    return [name, isInBody ? toAwsJson(value, field.shape) : value] as const;
  });
  return Object.fromEntries(entries);
}

async function textOf(body: unknown): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function jsonOf(operation: OperationDescription, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw replyInvalid(operation.name, error);
  }
}

/** As the SDK would throw it: `__type` or the error header names what is wrong. */
function refusal(status: number, headers: Readonly<Record<string, string>>, text: string): Error {
  let body: Readonly<Record<string, unknown>> = {};
  try {
    body = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    // A proxy's page; its status must do.
  }
  const named = String(headers["x-amzn-errortype"] ?? body.__type ?? body.code ?? "");
  const name = (named.split("#").at(-1) ?? "").split(":")[0] || "Error";
  const error = new Error(String(body.message ?? body.Message ?? `HTTP ${status}`));
  return Object.assign(error, {
    name,
    $fault: status >= 500 ? "server" : "client",
    $metadata: { httpStatusCode: status, requestId: headers["x-amzn-requestid"] },
    $response: { headers },
  });
}

function notSpoken({ id, wire }: OperationDescription): Error {
  return failure("PROVIDER_NOT_FOUND", {
    en: `${id} cannot be sent: its protocol (${wire.protocol}) needs the service's own client.`,
    zh: `无法发送 ${id}：其协议（${wire.protocol}）需要该服务自己的客户端。`,
  });
}
