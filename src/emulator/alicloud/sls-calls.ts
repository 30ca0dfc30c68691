import { randomBytes } from "node:crypto";
import type { CallCircumstances, CloudCall, CloudFault, CloudReply, CloudRequest, SignatureVerdict } from "../cloud.ts";
import type { Fleet } from "../fleet.ts";
import { isRegion } from "./native-names.ts";
import { compressed } from "./sls-compression.ts";
import { SlsError } from "./sls-error.ts";
import { slsLogOperations } from "./sls-logs.ts";
import type { SlsOperation } from "./sls-service.ts";
import { verifySls } from "./sls-signature.ts";
import { getIndex, getLogstore, listDashboards, listLogstores, listProjects, listSavedSearches } from "./sls-stores.ts";
import type { VerifiedSignature } from "./verified-signature.ts";

/** `PROJECT.cn-hangzhou.log.aliyuncs.com`, and the region's own endpoint without a project. */
const HOST = /^(?:([a-z0-9][a-z0-9-]*)\.)?([a-z]+(?:-[a-z0-9]+)+?)(?:-intranet|-share)?\.log\.aliyuncs\.com(?::\d+)?$/;

/** RAM actions of the operations (Log Service, "Overview of actions"). */
const ACTIONS: Readonly<Record<string, string>> = {
  ListProject: "ListProject",
  ListLogStores: "ListLogStores",
  GetLogStore: "GetLogStore",
  GetIndex: "GetIndex",
  ListDashboard: "ListDashboard",
  ListSavedSearch: "ListSavedSearch",
  GetLogs: "GetLogStoreLogs",
  GetLogsV2: "GetLogStoreLogs",
  GetHistograms: "GetLogStoreHistogram",
};

interface WireCall {
  readonly operation: string;
  readonly logstore: string;
  readonly project: string | undefined;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly acceptEncoding: string | undefined;
  readonly problem: SlsError | undefined;
}

/** Takes requests for Log Service: project and region from the host name, operation from method and path. */
export class SlsCalls {
  readonly operations: Readonly<Record<string, SlsOperation>>;

  constructor(fleet: Fleet) {
    this.operations = {
      ListProject: listProjects(fleet),
      ListLogStores: listLogstores(fleet),
      GetLogStore: getLogstore(fleet),
      GetIndex: getIndex(fleet),
      ListDashboard: listDashboards(fleet),
      ListSavedSearch: listSavedSearches(fleet),
      ...slsLogOperations(fleet),
    };
  }

  /** Signed in one of Log Service's ways, or at least carrying its version header. */
  speaks({ headers }: CloudRequest): boolean {
    const { authorization } = headers;
    return (
      headers["x-log-apiversion"] !== undefined ||
      authorization?.startsWith("LOG ") === true ||
      authorization?.startsWith("SLS4-HMAC-SHA256") === true
    );
  }

  open(request: CloudRequest): CloudCall {
    const signature = verifySls(request);
    const wire = readCall(request);
    return {
      operation: wire.operation,
      qualifiedOperation: `sls.${wire.operation}`,
      account: signature.identity?.account ?? null,
      region: wire.region === "" ? null : wire.region,
      signature: signature.verdict,
      continues: Number(wire.input.offset ?? 0) > 0,
      answer: (circumstances) => this.#answer(wire, signature, circumstances),
    };
  }

  #answer(wire: WireCall, signature: VerifiedSignature, { fault, denied, nowMs }: CallCircumstances): CloudReply {
    const requestId = randomBytes(12).toString("hex").toUpperCase();
    try {
      const { operation, region, project, logstore, input } = wire;
      const { identity } = signature;
      if (signature.verdict !== "ok" || identity === undefined) throw signatureRefusal(signature.verdict);
      if (!isRegion(region)) throw new SlsError(400, "InvalidHost", "Host header Host is invalid.");
      const handler = this.operations[operation];
      if (handler === undefined) throw new SlsError(404, "InvalidAPI", "The requested API does not exist.");
      if (wire.problem !== undefined) throw wire.problem;
      if (denied) throw deniedByRam(ACTIONS[operation] ?? operation, `acs:log:${region}:${identity.account}:project/${project ?? "*"}`);
      if (fault !== undefined) throw faultRefusal(fault);
      const reply = handler({ operation, account: identity.account, identity, region, project, logstore, input, nowMs });
      const text = JSON.stringify(reply.body);
      const body = reply.compresses === true ? compressed(text, wire.acceptEncoding) : { headers: {}, body: text };
      return { status: 200, headers: { ...commonHeaders(requestId), ...reply.headers, ...body.headers }, body: body.body };
    } catch (error) {
      if (!(error instanceof SlsError)) throw error;
      const body = JSON.stringify({ errorCode: error.code, errorMessage: error.message });
      return { status: error.status, headers: commonHeaders(requestId), body };
    }
  }
}

function readCall({ method, target, headers, body }: CloudRequest): WireCall {
  const [path = "/", query = ""] = target.split("?", 2);
  const [, project, region = ""] = HOST.exec(headers.host ?? "") ?? [];
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const [, logstore = "", rest = ""] = /^\/logstores\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const read = body.length === 0 ? {} : jsonObject(body);
  return {
    operation: operationOf(method, path, rest, parameters.type),
    logstore: decodeURIComponent(logstore),
    project,
    region,
    input: { ...parameters, ...read },
    acceptEncoding: headers["accept-encoding"],
    problem: read === undefined ? new SlsError(400, "PostBodyInvalid", "The request body is not valid JSON object.") : undefined,
  };
}

function operationOf(method: string, path: string, rest: string, type: string | undefined): string {
  if (method === "GET" && path === "/") return "ListProject";
  if (method === "GET" && path === "/logstores") return "ListLogStores";
  if (method === "GET" && path === "/dashboards") return "ListDashboard";
  if (method === "GET" && path === "/savedsearches") return "ListSavedSearch";
  if (method === "POST" && rest === "/logs") return "GetLogsV2";
  if (method === "GET" && rest === "" && /^\/logstores\/[^/]+$/.test(path))
    return type === "log" ? "GetLogs" : type === undefined ? "GetLogStore" : "unknown";
  if (method === "GET" && rest === "/index") return type === "histogram" ? "GetHistograms" : "GetIndex";
  return "unknown";
}

function jsonObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function commonHeaders(requestId: string): Record<string, string> {
  return { server: "AliyunSLS", "content-type": "application/json", "x-log-requestid": requestId };
}

function signatureRefusal(verdict: SignatureVerdict): SlsError {
  switch (verdict) {
    case "skewed":
      return new SlsError(400, "RequestTimeExpired", "Request time has been expired while server time is server time.");
    case "unknown-key":
      return new SlsError(401, "Unauthorized", "AccessKeyId not found");
    case "expired":
      return tokenExpired();
    case "wrong":
      return new SlsError(401, "SignatureNotMatch", "signature does not match");
    default:
      return new SlsError(400, "ParameterInvalid", "Http extend authorization : authorization pair is invalid.");
  }
}

function faultRefusal(fault: CloudFault): SlsError {
  switch (fault) {
    case "throttle":
      return new SlsError(403, "ReadQuotaExceed", "Read quota is exceeded.");
    case "500":
      return new SlsError(500, "InternalServerError", "Internal server error message.");
    case "expired":
      return tokenExpired();
    case "lost-page":
      return new SlsError(400, "ParameterInvalid", "parameter offset is invalid");
  }
}

/** Log Service says the same code to callers it does not know and to callers who may not: only the message tells them apart. */
function deniedByRam(action: string, resource: string): SlsError {
  return new SlsError(401, "Unauthorized", `denied by sts or ram, action: log:${action}, resource: ${resource}`);
}

function tokenExpired(): SlsError {
  return new SlsError(401, "SecurityTokenExpired", "The security token has expired.");
}
