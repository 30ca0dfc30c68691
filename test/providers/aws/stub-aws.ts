import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface StubReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface StubRequest {
  /** Of query protocols the Action, of JSON ones the target header's last part, of REST the path without its slash. */
  readonly operation: string;
  readonly parameters: URLSearchParams;
  readonly body: string;
  readonly region: string;
}

/** A server that says what a test wants AWS to say; it verifies nothing. */
export async function startStub(answer: (request: StubRequest) => StubReply): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const parameters = new URLSearchParams(body);
    const target = request.headers["x-amz-target"];
    const operation =
      parameters.get("Action") ?? (target === undefined ? (request.url ?? "").slice(1) : String(target).split(".").at(-1)) ?? "";
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const reply = answer({ operation, parameters, body, region });
    response.writeHead(reply.status ?? 200, { "content-type": "text/xml", ...reply.headers });
    response.end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A DescribeInstances reply with machines of these numbers. */
export function instancesXml(numbers: readonly number[], nextToken?: string): string {
  const items = numbers.map(
    (number) =>
      `<item><instanceId>i-${String(number).padStart(17, "0")}</instanceId><instanceState><code>16</code><name>running</name></instanceState><monitoring><state>disabled</state></monitoring></item>`,
  );
  const token = nextToken === undefined ? "" : `<nextToken>${nextToken}</nextToken>`;
  return `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><reservationSet><item><instancesSet>${items.join("")}</instancesSet></item></reservationSet>${token}</DescribeInstancesResponse>`;
}

/** An error as EC2 writes it. */
export function ec2Error(code: string, message = "no"): StubReply {
  return {
    status: 400,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>`,
  };
}

/** GetCallerIdentity for an account. */
export function identityXml(account: string): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/u</Arn><UserId>U</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
