import type { CloudReply } from "../cloud.ts";
import type { WireCall } from "./read-call.ts";
import { tlsCode } from "./refusals.ts";
import type { VolcengineReply, VolcengineService } from "./service.ts";
import type { VolcengineError } from "./volcengine-error.ts";

/** What the envelope tells of a call, whether or not it could be answered. */
export interface Envelope {
  readonly wire: WireCall;
  /** As the credential scope spells it; empty without one. */
  readonly service: string;
  readonly region: string;
  readonly requestId: string;
}

export function wireReply({ wire, service, region, requestId }: Envelope, reply: VolcengineReply): CloudReply {
  const content = typeof reply === "string" ? reply : JSON.stringify(reply);
  if (wire.protocol === "tls") return json(200, tlsHeaders(requestId), content);
  return json(200, {}, `{"ResponseMetadata":${JSON.stringify(metadata(wire, service, region, requestId))},"Result":${content}}`);
}

/** `byService`: the service itself refuses, not the gateway before it. */
export function wireError(
  { wire, service, region, requestId }: Envelope,
  error: VolcengineError,
  byService: VolcengineService | undefined,
): CloudReply {
  const { code, message, status, number } = error;
  if (wire.protocol === "tls")
    return json(status, tlsHeaders(requestId), JSON.stringify({ ErrorCode: tlsCode(code), ErrorMessage: message }));
  const body = {
    ResponseMetadata: {
      ...metadata(wire, service, region, requestId),
      Error: { ...(number === undefined ? {} : { CodeN: number }), Code: code, Message: message },
    },
  };
  return json(byService?.refusesWithin200 === true ? 200 : status, {}, JSON.stringify(body));
}

function metadata({ operation, version }: WireCall, service: string, region: string, requestId: string): Record<string, string> {
  return { RequestId: requestId, Action: operation, Version: version, Service: service, Region: region };
}

function tlsHeaders(requestId: string): Record<string, string> {
  return { "x-tls-requestid": requestId };
}

function json(status: number, headers: Readonly<Record<string, string>>, body: string): CloudReply {
  return { status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, body };
}
