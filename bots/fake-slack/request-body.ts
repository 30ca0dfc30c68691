import type { IncomingMessage } from "node:http";
import type { CallArguments } from "./methods/method.ts";

/** Everything that is sent in a body; of a form with a file in it, the file (`WebClient.files.uploadV2` sends one). */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const raw = await readRaw(request);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return raw;
  const form = await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
  for (const value of form.values()) if (typeof value !== "string") return Buffer.from(await value.arrayBuffer());
  return Buffer.alloc(0);
}

/** JSON, or a form: https://docs.slack.dev/apis/web-api/#basics. */
export async function readForm(request: IncomingMessage): Promise<CallArguments> {
  const body = (await readRaw(request)).toString("utf8");
  if (request.headers["content-type"]?.startsWith("application/json")) return JSON.parse(body || "{}") as CallArguments;
  return Object.fromEntries(new URLSearchParams(body));
}

async function readRaw(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
