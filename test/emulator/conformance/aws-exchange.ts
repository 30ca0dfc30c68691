import type { RecordedReply } from "./recorder.ts";
import type { Exchange } from "./wire-exchange.ts";
import { WIRE_SERVICES, type WireService, type WireServiceId } from "./wire-services.ts";

const CREDENTIAL = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//;

/** The same question of the same identity about the same place; signatures and dates are not part of it. */
export function awsKeyOf({ method, target, headers, body }: Exchange): string {
  const [, accessKey, region, service] = CREDENTIAL.exec(headers.authorization ?? "") ?? [];
  return [method, target, headers["x-amz-target"], accessKey, region, service, body].join(" ");
}

const REST_OPERATIONS: readonly (readonly [prefix: string, operation: string])[] = [
  ["/TraceSummaries", "GetTraceSummaries"],
  ["/Traces", "BatchGetTraces"],
  ["/ServiceGraph", "GetServiceGraph"],
  ["/2015-03-31/functions", "ListFunctions"],
  ["/2017-03-31/tags/", "ListTags"],
];

/** What was asked of which service in which protocol. */
export function awsCallOf({ target, headers, body }: Exchange): Pick<RecordedReply, "id" | "operation"> | undefined {
  const [, , , signingName] = CREDENTIAL.exec(headers.authorization ?? "") ?? [];
  const amzTarget = headers["x-amz-target"];
  const xml = amzTarget === undefined && body.includes("Action=");
  const found = (Object.entries(WIRE_SERVICES) as [WireServiceId, WireService][]).find(
    ([, service]) => service.signingName === signingName && (service.protocol === "query" || service.protocol === "ec2-query") === xml,
  );
  if (found === undefined) return undefined;
  const operation = xml
    ? new URLSearchParams(body).get("Action")
    : (String(amzTarget ?? "").split(".")[1] ?? REST_OPERATIONS.find(([prefix]) => target.startsWith(prefix))?.[1]);
  return operation ? { id: found[0], operation } : undefined;
}
