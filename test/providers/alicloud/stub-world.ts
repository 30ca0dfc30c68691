import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Provider, Resource, ResourceWhere } from "../../../src/contracts/index.ts";
import { type AlicloudOptions, alicloud } from "../../../src/providers/alicloud/index.ts";
import { type FakeContext, fakeContext } from "../fake-context.ts";

export const ACCOUNT = "1403275690172345";
export const SCOPE = { provider: "alicloud", account: ACCOUNT, region: "cn-beijing", service: "compute" };

export interface StubRequest {
  /** Of RPC services the action, of the log service the path. */
  readonly operation: string;
  readonly host: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface StubReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Anything but a text is sent as JSON. */
  readonly body: unknown;
}

export interface StubWorld extends AsyncDisposable {
  readonly url: string;
  readonly provider: Provider;
  readonly requests: StubRequest[];
  readonly context: FakeContext;
  list(where?: ResourceWhere): AsyncIterable<readonly Resource[]>;
}

/** A server that says what a test wants Alibaba Cloud to say; it verifies nothing. */
export async function openStubWorld(
  answer: (request: StubRequest) => StubReply | undefined,
  options: AlicloudOptions = {},
  accounts: readonly { readonly id: string; readonly name: string }[] = [{ id: ACCOUNT, name: "main" }],
): Promise<StubWorld> {
  const requests: StubRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = "";
    for await (const chunk of incoming) body += String(chunk);
    const url = new URL(incoming.url ?? "/", "http://stub");
    const host = incoming.headers.host ?? "";
    const action = incoming.headers["x-acs-action"];
    const request = {
      operation: action === undefined ? url.pathname : String(action),
      host,
      query: url.searchParams,
      headers: incoming.headers,
      body,
    };
    let reply: StubReply;
    if (url.pathname === "/_emulator/credentials") {
      const keys = { accessKeyId: "LTAIstub00000000Q2Xx", accessKeySecret: "stub", accounts };
      reply = { body: { alicloud: keys } };
    } else {
      requests.push(request);
      reply = answer(request) ?? (action === "GetCallerIdentity" ? { body: { AccountId: ACCOUNT } } : { status: 500, body: "" });
    }
    outgoing.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    outgoing.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = alicloud({ regions: [SCOPE.region], ...options }, { env: { NEPHOSCOPE_EMULATOR: url } });
  const context = fakeContext({ runtime: { clock: { now: () => Date.now(), sleep: async (_ms, signal) => signal?.throwIfAborted() } } });
  return {
    url,
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

/** A DescribeInstances reply with machines of these numbers. */
export function instancesReply(numbers: readonly number[], NextToken = ""): Record<string, unknown> {
  const Instance = numbers.map((number) => ({ InstanceId: `i-2ze${number}`, InstanceName: `web-${number}`, Status: "Running" }));
  return { RequestId: "R", NextToken, Instances: { Instance } };
}

/** An error as RPC services write it. */
export function rpcError(Code: string, status = 400): StubReply {
  return { status, body: { Code, Message: "no", RequestId: "7F3A", HostId: "ecs.aliyuncs.com" } };
}

/** An error as the log service writes it. */
export function slsError(errorCode: string, errorMessage = "no", status = 400): StubReply {
  return { status, body: { errorCode, errorMessage }, headers: { "x-log-requestid": "5B0A" } };
}
