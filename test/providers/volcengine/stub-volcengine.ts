import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Provider, Resource, ResourceWhere } from "../../../src/contracts/index.ts";
import { type VolcengineOptions, volcengine } from "../../../src/providers/volcengine/index.ts";
import { type FakeContext, fakeContext } from "../fake-context.ts";

export interface StubReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface StubRequest {
  /** The Action, or the path of the log service. */
  readonly operation: string;
  readonly parameters: URLSearchParams;
  /** The JSON body, if there is one. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage["headers"];
}

export const ACCOUNT = "2100000001";
const SCOPE = { provider: "volcengine", account: ACCOUNT, region: "cn-beijing", service: "compute" };

export interface StubWorld extends AsyncDisposable {
  readonly provider: Provider;
  readonly requests: StubRequest[];
  readonly context: FakeContext;
  list(where?: ResourceWhere): AsyncIterable<readonly Resource[]>;
}

/** The provider as on the real cloud, with keys from the environment, against a server that answers as a test says; it verifies nothing. */
export async function openStubWorld(
  answer: (request: StubRequest) => StubReply | undefined,
  options: VolcengineOptions = {},
  env: Readonly<Record<string, string>> = { VOLCENGINE_ACCESS_KEY: "AKLTSTUBSTUBSTUB7Q2X", VOLCENGINE_SECRET_KEY: "stub" },
): Promise<StubWorld> {
  const requests: StubRequest[] = [];
  const server = createServer(async (message, response) => {
    const url = new URL(message.url ?? "", "http://stub");
    let text = "";
    for await (const chunk of message) text += String(chunk);
    const request: StubRequest = {
      operation: url.searchParams.get("Action") ?? url.pathname.slice(1),
      parameters: url.searchParams,
      body: text.startsWith("{") ? JSON.parse(text) : {},
      headers: message.headers,
    };
    requests.push(request);
    const identity = request.operation === "GetCallerIdentity" ? result({ AccountId: Number(ACCOUNT) }) : { status: 500, body: "" };
    const reply = answer(request) ?? identity;
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = volcengine({ endpoint, regions: [SCOPE.region], ...options }, { env });
  const context = fakeContext({
    runtime: { clock: { now: () => 1_800_000_000_000, sleep: async (_ms, signal) => signal?.throwIfAborted() } },
  });
  return {
    provider,
    requests,
    context,
    list: (where = {}) => provider.resources["virtual-machine"]!(SCOPE, where, context),
    async [Symbol.asyncDispose]() {
      await provider.close?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A result in its envelope. */
export function result(Result: unknown): StubReply {
  return { body: JSON.stringify({ ResponseMetadata: { RequestId: "r" }, Result }) };
}

/** An error in its envelope. */
export function openError(Code: string, status = 400, Message = "no"): StubReply {
  return { status, body: JSON.stringify({ ResponseMetadata: { RequestId: "r", Error: { CodeN: 1, Code, Message } } }) };
}

/** A DescribeInstances reply with machines of these numbers. */
export function instances(numbers: readonly number[], NextToken = ""): StubReply {
  return result({
    Instances: numbers.map((number) => ({ InstanceId: `i-${number}`, InstanceName: `m${number}`, Status: "RUNNING", Tags: [] })),
    NextToken,
    TotalCount: numbers.length,
  });
}
