import type { RecordedReply } from "./recorder.ts";
import { jsonViolations, xmlViolations } from "./violations.ts";
import { WIRE_SERVICES, type WireService } from "./wire-services.ts";
import { parseXml, type XmlNode } from "./xml-tree.ts";

/** What in a recorded success does not fit the vendor's model or the protocol's envelope. */
export function replyViolations({ id, operation, body }: Pick<RecordedReply, "id" | "operation" | "body">): string[] {
  const { protocol, model }: WireService = WIRE_SERVICES[id];
  const schema = model.output(operation);
  if (protocol !== "query" && protocol !== "ec2-query") return jsonViolations(schema, parseJson(body), operation);
  let root: XmlNode;
  try {
    root = parseXml(body);
  } catch (error) {
    return [`${operation}: ${String(error)}`];
  }
  const envelope = root.name === `${operation}Response` ? [] : [`${operation}: the root is ${root.name}`];
  if (protocol === "ec2-query") {
    const [requestId, ...members] = root.children;
    if (requestId?.name !== "requestId") envelope.push(`${operation}: requestId does not come first`);
    return [...envelope, ...xmlViolations(schema, { ...root, children: members }, operation, protocol)];
  }
  const [result, metadata, ...rest] = root.children;
  if (result?.name !== `${operation}Result`) return [...envelope, `${operation}: no ${operation}Result but ${result?.name}`];
  if (metadata?.name !== "ResponseMetadata" || metadata.children[0]?.name !== "RequestId" || rest.length > 0)
    envelope.push(`${operation}: after the result comes ResponseMetadata with RequestId, and nothing else`);
  return [...envelope, ...xmlViolations(schema, result, operation, protocol)];
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
