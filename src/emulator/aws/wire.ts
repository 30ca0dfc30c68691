import type { CloudReply } from "../cloud.ts";
import type { AwsError } from "./aws-error.ts";
import type { AwsProtocol, AwsReply, AwsService } from "./service.ts";
import { element, textElement } from "./xml.ts";

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A reply in the envelope of its protocol. */
export function wireReply(service: AwsService, protocol: AwsProtocol, operation: string, reply: AwsReply, requestId: string): CloudReply {
  const content = typeof reply === "string" ? reply : JSON.stringify(reply);
  const namespace = service.query?.namespace ?? "";
  switch (protocol) {
    case "ec2-query":
      return xml(
        200,
        `${XML_DECLARATION}<${operation}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${content}</${operation}Response>`,
        requestId,
      );
    case "query":
      return xml(
        200,
        `<${operation}Response xmlns="${namespace}">${element(`${operation}Result`, content)}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
        requestId,
      );
    default:
      return { status: 200, headers: jsonHeaders(protocol, requestId), body: content };
  }
}

/** An error in the shape of its protocol. */
export function wireError(service: AwsService | undefined, protocol: AwsProtocol, error: AwsError, requestId: string): CloudReply {
  const { code, message, status, queryCode, fields } = error;
  // Query clients know errors by their older names.
  const codeAndMessage = textElement("Code", protocol === "query" ? (queryCode ?? code) : code) + textElement("Message", message);
  switch (protocol) {
    case "ec2-query":
      return xml(
        status,
        `${XML_DECLARATION}<Response><Errors><Error>${codeAndMessage}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
        requestId,
      );
    case "query": {
      const type = status >= 500 ? "Receiver" : "Sender";
      return xml(
        status,
        `<ErrorResponse xmlns="${service?.query?.namespace ?? ""}"><Error><Type>${type}</Type>${codeAndMessage}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
        requestId,
      );
    }
    case "rest-json":
      return {
        status,
        headers: { ...jsonHeaders(protocol, requestId), "x-amzn-errortype": code },
        body: JSON.stringify({ message, ...fields }),
      };
    default: {
      const compatible = queryCode !== undefined && service?.protocols.includes("query") === true;
      const type = status >= 500 ? "Receiver" : "Sender";
      return {
        status,
        headers: { ...jsonHeaders(protocol, requestId), ...(compatible ? { "x-amzn-query-error": `${queryCode};${type}` } : {}) },
        body: JSON.stringify({ __type: code, message, ...fields }),
      };
    }
  }
}

function xml(status: number, body: string, requestId: string): CloudReply {
  return { status, headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId }, body };
}

function jsonHeaders(protocol: AwsProtocol, requestId: string): Record<string, string> {
  const type =
    protocol === "json-1.0" ? "application/x-amz-json-1.0" : protocol === "json-1.1" ? "application/x-amz-json-1.1" : "application/json";
  return { "content-type": type, "x-amzn-requestid": requestId };
}
