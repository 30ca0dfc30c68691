import { request } from "node:http";

export interface SentRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface ReceivedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** Sends a request as it is, `host` header included: `fetch` would put its own there. */
export function exchange(url: string, { method, target, headers, body }: SentRequest): Promise<ReceivedReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path: target, method, headers, setHost: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const received = Buffer.concat(chunks);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received, json: parsed(received) });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
