import { type AwsRequest, isXml } from "./service.ts";

/** A moment as the request's protocol writes it: ISO 8601 in XML, seconds since the epoch in JSON. */
export function wireTime(request: Pick<AwsRequest, "protocol">, timestampMs: number): string | number {
  return isXml(request.protocol) ? new Date(timestampMs).toISOString() : timestampMs / 1_000;
}
