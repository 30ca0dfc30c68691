import { refused, replyInvalid, required } from "./errors.ts";
import type { HttpReply } from "./transport.ts";

type Json = Readonly<Record<string, unknown>>;

/** The result in a reply of the Open API. An error may stand in a reply with status 200; where it does not say what it is, the status does. */
export function resultOf(reply: HttpReply, operation: string): unknown {
  const body = objectOf(reply, operation);
  const metadata = body.ResponseMetadata as Json | undefined | null;
  const error = metadata?.Error as Json | undefined | null;
  if ((error ?? undefined) !== undefined || reply.status >= 300) throw refusal(reply, operation, error ?? {}, metadata?.RequestId);
  required(metadata, operation, "ResponseMetadata");
  return required(body.Result, operation, "Result");
}

/** The body of a reply of the log service, whose errors have no envelope; the case of their fields differs between its documents and its SDKs. */
export function tlsResultOf(reply: HttpReply, operation: string): unknown {
  const body = objectOf(reply, operation);
  const Code = body.ErrorCode ?? body.errorCode;
  if (reply.status >= 300 || Code !== undefined)
    throw refusal(reply, operation, { Code, Message: body.ErrorMessage ?? body.errorMessage }, reply.headers["x-tls-requestid"]);
  return body;
}

function objectOf(reply: HttpReply, operation: string): Json {
  try {
    const parsed: unknown = JSON.parse(reply.body);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Json;
    throw new SyntaxError("not a JSON object");
  } catch (error) {
    // Behind a bad status it is the page of a proxy or a gateway.
    throw reply.status >= 300 ? refusal(reply, operation, {}, undefined) : replyInvalid(operation, error);
  }
}

function refusal(reply: HttpReply, operation: string, error: Json, requestId: unknown): Error {
  return refused({
    operation,
    status: reply.status,
    vendorCode: textOf(error.Code),
    message: textOf(error.Message),
    requestId: textOf(requestId) || null,
    retryAfterMs: retryAfterOf(reply),
  });
}

/** The header holds seconds (RFC 9110). */
function retryAfterOf({ headers }: HttpReply): number | undefined {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? seconds * 1_000 : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
