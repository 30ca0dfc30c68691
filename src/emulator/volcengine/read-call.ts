import type { CloudRequest } from "../cloud.ts";
import { invalidArgument, missingParameter } from "./refusals.ts";
import type { VolcengineError } from "./volcengine-error.ts";

/** A request as its protocol is read, before anybody asked whether it may be answered. */
export interface WireCall {
  readonly protocol: "open-api" | "tls";
  /** `unknown` where the request names none. */
  readonly operation: string;
  readonly version: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What is wrong with the message itself. */
  readonly problem?: VolcengineError;
}

/** Reads operation and input. The log service names its operations in the path, the Open API in the parameter `Action`. */
export function readCall(request: CloudRequest, signedService: string): WireCall {
  const [path = "/", query = ""] = request.target.split("?", 2);
  const parameters: Record<string, unknown> = Object.fromEntries(new URLSearchParams(query));
  const body = readBody(request);
  const input = { ...parameters, ...body };
  if (signedService.toLowerCase() === "tls" || request.headers["x-tls-apiversion"] !== undefined) {
    const call = {
      protocol: "tls",
      operation: path.slice(1) || "unknown",
      version: request.headers["x-tls-apiversion"] ?? "",
      input,
    } as const;
    return body === undefined ? { ...call, problem: invalidArgument("The request body is not a JSON object.") } : call;
  }
  const { Action: action, Version: version } = parameters;
  const call = { protocol: "open-api", operation: text(action) ?? "unknown", version: text(version) ?? "", input } as const;
  if (text(action) === undefined) return { ...call, problem: missingParameter("Action") };
  if (text(version) === undefined) return { ...call, problem: missingParameter("Version") };
  return body === undefined ? { ...call, problem: invalidArgument("The request body is not a JSON object.") } : call;
}

/** The members of the body, none without a body; undefined for what is neither a JSON object nor a form. */
function readBody({ body, headers }: CloudRequest): Readonly<Record<string, unknown>> | undefined {
  const content = body.toString("utf8");
  if (content === "") return {};
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true)
    return Object.fromEntries(new URLSearchParams(content));
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
