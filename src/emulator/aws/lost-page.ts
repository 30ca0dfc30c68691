import type { AwsReply, AwsRequest, AwsService } from "./service.ts";
import { textElement } from "./xml.ts";

/** The reply with the request's own page token as the next one: a list that goes round in circles. */
export function losePage(service: AwsService, request: AwsRequest, reply: AwsReply): AwsReply {
  const token = String(request.input[service.pageToken?.input ?? "NextToken"]);
  const name = service.pageToken?.reply ?? (request.protocol === "ec2-query" ? "nextToken" : "NextToken");
  if (typeof reply !== "string") return { ...reply, [name]: token };
  return reply.replace(new RegExp(`<${name}>[^<]*</${name}>`), "") + textElement(name, token);
}
