import type { ServerResponse } from "node:http";
import type { CloudReply } from "./cloud.ts";

export function send(response: ServerResponse, reply: CloudReply): void {
  response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

export function jsonReply(status: number, body: unknown): CloudReply {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
}

/** A defect of the emulator itself: told to the client, so that no call hangs. */
export function defectReply(error: unknown): CloudReply {
  return jsonReply(500, { message: `The emulator failed: ${error instanceof Error ? error.message : String(error)}` });
}
