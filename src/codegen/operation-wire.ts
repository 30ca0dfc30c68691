import type { OperationDescription } from "../contracts/index.ts";
import { isReservedName } from "./program-parameters.ts";

/**
 * Whether a read is spoken as its name says. A class was given to a name; what goes over the wire comes with the description, from outside,
 * and must not be something else under that name.
 */
export function isSpokenAsNamed(operation: OperationDescription): boolean {
  const { id, provider, service, name } = operation;
  return id === `${provider}.${service}.${name}` && hasOwnHost(operation) && isOwnAction(operation) && !hasDisguise(operation);
}

/** Services whose host or signature has another label than the service itself (endpoints of the vendors' own descriptions). */
const LABELS: Readonly<Record<string, string>> = {
  "alicloud.cms": "metrics",
  "alicloud.sls": "log",
  "aws.cloudwatch": "monitoring",
  "aws.elb": "elasticloadbalancing",
  "azure.loganalytics": "api",
};

function hasOwnHost({ provider, service, wire: { endpoint, signingName } }: OperationDescription): boolean {
  const label = LABELS[`${provider}.${service}`];
  const own = [service, label];
  // Without a label Azure's requests go to Resource Manager, whose paths are other services'.
  if (provider === "azure" && label !== undefined && endpoint !== label) return false;
  return [endpoint, signingName?.toLowerCase()].every((given) => given === undefined || own.includes(given));
}

/** Where the name itself is not sent, what is sent in its place fits it. */
function isOwnAction(operation: OperationDescription): boolean {
  const { provider, name, wire } = operation;
  const { protocol, method, target, path = "/" } = wire;
  switch (protocol) {
    case "aws-json-1.0":
    case "aws-json-1.1":
      return target === undefined || target.split(".").at(-1) === name;
    case "aws-query":
    case "aws-ec2-query":
    case "alicloud-rpc":
    case "volcengine-rpc":
      return true;
    default:
      if (provider === "gcp") return isGooglePath(name, method, path);
      return method === "GET" || method === "HEAD" || (method === "POST" && isReadByPost(operation, path));
  }
}

/** Reads that are asked with a body, with the last word of their paths. */
const READ_BY_POST: Readonly<Record<string, string>> = {
  "alicloud.sls.GetLogsV2": "logs",
  "azure.loganalytics.Query_Execute": "query",
  "azure.monitor.Metrics_ListAtSubscriptionScopePost": "metrics",
};

function isReadByPost({ id, name, provider, service }: OperationDescription, path: string): boolean {
  const last = path.split("/").at(-1) ?? "";
  // X-Ray posts everything (`GetServiceGraph` to `/ServiceGraph`); Resource Graph has the name in the path.
  if (provider === "aws") return last !== "" && name.endsWith(last);
  if (service === "resourcegraph") return last.toLowerCase() === name.toLowerCase();
  return READ_BY_POST[id] === last;
}

/** Google's ids repeat the path: `disks.get` is `…/disks/{disk}`, `regionDisks.list` `…/disks`, `entries.list` `/v2/entries:list` (AIP-127, AIP-136). */
function isGooglePath(name: string, method: string, path: string): boolean {
  const [verb = "", collection = ""] = name.split(".").toReversed();
  const [bare = "", customVerb] = path.split(/:(?=[A-Za-z]*$)/);
  if (customVerb !== undefined) return customVerb === verb && (method === "GET" || method === "POST");
  const segments = bare.split("/").filter((segment) => segment !== "");
  const last = segments.findLast((segment) => !segment.startsWith("{")) ?? "";
  const isItsOwn = last === verb || last === ALIASES[collection] || collection.toLowerCase().endsWith(last.toLowerCase());
  return method === "GET" && last !== "" && isItsOwn;
}

/** Cloud SQL: `connect.get` reads `…/connectSettings`. */
const ALIASES: Readonly<Record<string, string>> = { connect: "connectSettings" };

/** A parameter with a harmless name, or one for pages, that is sent under a name which programs must not give. */
function hasDisguise(operation: OperationDescription): boolean {
  const { input, pagination } = operation;
  const renamed = Object.entries(input.fields).map(([name, { wireName }]) => (wireName === name ? undefined : wireName));
  const paging =
    pagination?.by === "token" ? [pagination.inputToken] : pagination?.by === "number" ? [pagination.page, pagination.size] : [];
  return [...renamed, ...paging].some((name) => name !== undefined && isReservedName(operation, name));
}
