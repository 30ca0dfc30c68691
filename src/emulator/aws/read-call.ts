import type { CloudRequest } from "../cloud.ts";
import { AwsError } from "./aws-error.ts";
import { parseQueryParameters } from "./query-parameters.ts";
import type { AwsProtocol, AwsService } from "./service.ts";

/** A request as its protocol is read, before anybody asked whether it may be answered. */
export interface WireCall {
  readonly protocol: AwsProtocol;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What is wrong with the message itself. */
  readonly problem?: AwsError;
}

/** Reads protocol, operation and input of a request. */
export function readCall(request: CloudRequest, service: AwsService | undefined): WireCall {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return readJsonCall(request, target, service);
  const [path = "/", query = ""] = request.target.split("?", 2);
  const body = request.body.toString("utf8");
  const form = body.startsWith("Action=") || body.includes("&Action=") ? body : query;
  if (form.startsWith("Action=") || form.includes("&Action=")) return readQueryCall(form, service);
  const parameters = new URLSearchParams(query);
  const route = service?.route?.(request.method, path, parameters);
  const protocol = service?.protocols.includes("ec2-query") ? "ec2-query" : (service?.protocols.at(0) ?? "rest-json");
  if (route === undefined) return { protocol, operation: "unknown", input: {} };
  const document = parseDocument(body);
  if (document === undefined) return { protocol, operation: route.operation, input: route.input, problem: unreadable() };
  return { protocol, operation: route.operation, input: { ...document, ...route.input } };
}

function readJsonCall(request: CloudRequest, target: string, service: AwsService | undefined): WireCall {
  const protocol = request.headers["content-type"]?.includes("1.0") ? "json-1.0" : "json-1.1";
  const dot = target.lastIndexOf(".");
  const operation = target.slice(dot + 1);
  if (service === undefined || !service.protocols.includes(protocol) || target.slice(0, dot) !== service.targetPrefix) {
    const problem = new AwsError("UnknownOperationException", `The target ${target} is not known.`);
    return { protocol, operation, input: {}, problem };
  }
  const input = parseDocument(request.body.toString("utf8"));
  return input === undefined ? { protocol, operation, input: {}, problem: unreadable() } : { protocol, operation, input };
}

function readQueryCall(form: string, service: AwsService | undefined): WireCall {
  const input = parseQueryParameters(form);
  const operation = String(input.Action);
  const protocol = service?.protocols.includes("ec2-query") || form.includes("Version=2016-11-15") ? "ec2-query" : "query";
  if (service?.query !== undefined && input.Version !== service.query.version) {
    const problem = new AwsError(
      "InvalidAction",
      `Could not find operation ${operation} for version ${input.Version ?? "NO_VERSION_SPECIFIED"}`,
    );
    return { protocol, operation, input, problem };
  }
  return { protocol, operation, input };
}

function parseDocument(body: string): Readonly<Record<string, unknown>> | undefined {
  if (body === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(): AwsError {
  return new AwsError("SerializationException", "The request body is not a JSON object.");
}
