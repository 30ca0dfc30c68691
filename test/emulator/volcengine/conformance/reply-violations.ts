import { GATEWAY_CODES, SERVICE_CODES, TLS_CODES } from "./error-codes.ts";
import { PUBLISHED, RESPONSE_METADATA } from "./published-shapes.ts";
import { isRecord, violationsOf } from "./schema.ts";

/** A reply as it came over the wire. */
export interface VolcengineReply {
  /** `ecs`, `volc_observe`, `sts`, `tls`. */
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What in a reply, success or refusal, does not fit what the vendor published. */
export function violations(reply: VolcengineReply): string[] {
  const path = `${reply.service}.${reply.operation}`;
  const body = parseJson(reply.body);
  if (!isRecord(body)) return [`${path}: the body is no JSON object`];
  return reply.service === "tls" ? tlsViolations(reply, body, path) : openApiViolations(reply, body, path);
}

function tlsViolations({ operation, status, headers }: VolcengineReply, body: Readonly<Record<string, unknown>>, path: string): string[] {
  const envelope = /^\w{34}$/.test(headers.get("x-tls-requestid") ?? "") ? [] : [`${path}: no x-tls-requestid`];
  if (status === 200) return [...envelope, ...resultViolations("tls", operation, body, path)];
  const { ErrorCode: code, ErrorMessage: message, ...rest } = body;
  if (typeof code !== "string" || !TLS_CODES.has(code)) envelope.push(`${path}: ErrorCode ${String(code)} is in no list`);
  if (typeof message !== "string" || message === "") envelope.push(`${path}: no ErrorMessage`);
  return [...envelope, ...Object.keys(rest).map((name) => `${path}.${name}: errors have no such member`)];
}

function openApiViolations(
  { service, operation, status }: VolcengineReply,
  body: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const { ResponseMetadata: metadata, Result: result, ...rest } = body;
  const found = [
    ...violationsOf(RESPONSE_METADATA, metadata, `${path}.ResponseMetadata`),
    ...Object.keys(rest).map((name) => `${path}.${name}: replies have no such member`),
  ];
  if (!isRecord(metadata)) return [...found, `${path}: no ResponseMetadata`];
  // "All responses contain the RequestId, Action, Version, Service, and Region" (ECS API reference, "Responses").
  for (const name of ["RequestId", "Action", "Version", "Service", "Region"])
    if (typeof metadata[name] !== "string") found.push(`${path}.ResponseMetadata.${name}: missing`);
  if (metadata.Action !== operation) found.push(`${path}: the Action is ${String(metadata.Action)}`);
  const { Error: error } = metadata;
  if (error === undefined)
    return [
      ...found,
      ...(status === 200 ? [] : [`${path}: ${status} without an error`]),
      ...resultViolations(service, operation, result, path),
    ];
  if (result !== undefined) found.push(`${path}: a Result beside an Error`);
  return [...found, ...errorViolations(service, status, error, path)];
}

function errorViolations(service: string, status: number, error: unknown, path: string): string[] {
  if (!isRecord(error)) return [`${path}: the Error is no object`];
  const { Code: code, CodeN: number, Message: message } = error;
  if (typeof message !== "string" || message === "") return [`${path}: no Message`];
  const known = GATEWAY_CODES[String(code)];
  if (known === undefined) {
    const own = SERVICE_CODES[service] ?? [];
    return [
      ...(own.includes(String(code)) ? [] : [`${path}: Code ${String(code)} is in no list`]),
      ...(number === undefined ? [] : [`${path}: a CodeN beside a code of the service itself`]),
    ];
  }
  // The cloud monitor tells what it refuses itself inside replies with status 200.
  const statuses = service === "volc_observe" ? [known[1], 200] : [known[1]];
  return [
    ...(number === known[0] ? [] : [`${path}: CodeN of ${String(code)} is ${known[0]}, not ${String(number)}`]),
    ...(statuses.includes(status) ? [] : [`${path}: ${String(code)} comes with ${statuses.join(" or ")}, not ${status}`]),
  ];
}

function resultViolations(service: string, operation: string, result: unknown, path: string): string[] {
  const published = PUBLISHED.get(`${service}.${operation}`);
  if (published === undefined) return [`${path}: nothing is published about it`];
  return isRecord(result) ? violationsOf(published.reply, result, path) : [`${path}: no Result`];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
