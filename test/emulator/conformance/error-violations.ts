import type { RecordedReply } from "./recorder.ts";
import { queryCodeOf, type SchemaRef, shapeOf } from "./sdk-schema.ts";
import { jsonViolations } from "./violations.ts";
import { WIRE_SERVICES, type WireService } from "./wire-services.ts";
import { parseXml, type XmlNode } from "./xml-tree.ts";

// "Common errors" of the API references, which no model lists: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html
const COMMON: Readonly<Record<"query" | "json", readonly string[]>> = {
  query: [
    "AccessDenied",
    "ExpiredToken",
    "IncompleteSignature",
    "InternalFailure",
    "InvalidAction",
    "InvalidClientTokenId",
    "InvalidParameterCombination",
    "InvalidParameterValue",
    "MissingAuthenticationToken",
    "SignatureDoesNotMatch",
    "Throttling",
    "ValidationError",
  ],
  json: [
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InternalFailure",
    "InternalServerException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
  ],
};
// EC2 has no error shapes in its model: "Error codes for the Amazon EC2 API", https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
const EC2 = [
  "AuthFailure",
  "IncorrectInstanceState",
  "InternalError",
  "InvalidGroup.NotFound",
  "InvalidInstanceID.Malformed",
  "InvalidInstanceID.NotFound",
  "InvalidNextToken",
  "InvalidPaginationToken",
  "InvalidParameterCombination",
  "InvalidParameterValue",
  "InvalidSnapshot.NotFound",
  "InvalidVolume.NotFound",
  "MissingParameter",
  "RequestExpired",
  "RequestLimitExceeded",
  "UnauthorizedOperation",
];

/** Refused before the request reaches the service, which alone knows its older codes. */
const IN_FRONT_OF_SERVICES: ReadonlySet<string> = new Set(["UnrecognizedClientException", "MissingAuthenticationTokenException"]);

/** The simple schema of a string. */
const TEXT = 0;

interface WireError {
  readonly code: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly violations: readonly string[];
}

type ErrorReply = Pick<RecordedReply, "id" | "operation" | "status" | "headers" | "body">;

/** The code of an error reply as it stands on the wire. */
export function errorCodeOf(reply: ErrorReply): string {
  return readError(reply).code;
}

/** What in an error reply does not fit the envelope of its protocol, the vendor's error shapes or the documented common codes. */
export function errorViolations(reply: ErrorReply): string[] {
  const { protocol, model }: WireService = WIRE_SERVICES[reply.id];
  const { code, members, violations } = readError(reply);
  const found = [...violations];
  if (reply.status < 400) found.push(`status ${reply.status}`);
  const schema = model.errors.get(code);
  const common = protocol === "ec2-query" ? EC2 : COMMON[protocol === "query" ? "query" : "json"];
  if (schema === undefined && !common.includes(code)) found.push(`nobody knows the code ${code}`);
  const shape = schema === undefined ? undefined : shapeOf(schema);
  // Clients take `message` and `Message` for the same member; the services themselves do not agree with their models on the case.
  const known = new Map<string, SchemaRef>(
    shape?.type === "structure" ? shape.members.map((member) => [member.name.toLowerCase(), member.schema]) : [["message", TEXT]],
  );
  for (const [name, value] of Object.entries(members)) {
    const member = known.get(name.toLowerCase());
    found.push(...(member === undefined ? [`${code} has no member ${name}`] : jsonViolations(member, value, `${code}.${name}`)));
  }
  found.push(...queryCodeViolations(reply, code, schema));
  if (typeof (members.message ?? members.Message) !== "string") found.push(`${code} has no message`);
  return found.map((violation) => `${reply.operation}: ${violation}`);
}

/** A JSON service that old query clients may ask too tells them the code they know (Smithy, "awsQueryCompatible"). */
function queryCodeViolations({ id, status, headers }: ErrorReply, code: string, schema: SchemaRef | undefined): string[] {
  if (WIRE_SERVICES[id].protocol !== "json-1.0" || status >= 500 || IN_FRONT_OF_SERVICES.has(code)) return [];
  const [sent, blamed] = headers.get("x-amzn-query-error")?.split(";") ?? [];
  const expected = schema === undefined ? undefined : queryCodeOf(schema);
  if (blamed !== "Sender") return [`${code} has no x-amzn-query-error`];
  return expected === undefined || sent === expected ? [] : [`${code} is ${expected} in x-amzn-query-error, not ${sent}`];
}

function readError({ id, status, headers, body }: ErrorReply): WireError {
  const { protocol }: WireService = WIRE_SERVICES[id];
  if (protocol === "query" || protocol === "ec2-query") return readXmlError(parseXml(body), protocol, status);
  const { __type: type, ...members } = JSON.parse(body) as Record<string, unknown>;
  const code = protocol === "rest-json" ? headers.get("x-amzn-errortype") : type;
  return { code: String(code), members, violations: [] };
}

/** `query`: `ErrorResponse(Error(Type, Code, Message), RequestId)`; EC2: `Response(Errors(Error(Code, Message)), RequestID)`. */
function readXmlError(root: XmlNode, protocol: "query" | "ec2-query", status: number): WireError {
  const error = protocol === "query" ? root.children[0] : root.children[0]?.children[0];
  const texts = new Map(error?.children.map((child) => [child.name, child.text]));
  const outline = (node: XmlNode): string =>
    node.children.length === 0 ? node.name : `${node.name}(${node.children.map(outline).join(" ")})`;
  const expected =
    protocol === "query" ? "ErrorResponse(Error(Type Code Message) RequestId)" : "Response(Errors(Error(Code Message)) RequestID)";
  const violations = outline(root) === expected ? [] : [`the envelope is ${outline(root)}, not ${expected}`];
  const blamed = status >= 500 ? "Receiver" : "Sender";
  if (protocol === "query" && texts.get("Type") !== blamed) violations.push(`the Type is ${texts.get("Type")}, not ${blamed}`);
  return { code: texts.get("Code") ?? "", members: { message: texts.get("Message") }, violations };
}
