import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Provider, Scope } from "../../../src/contracts/index.ts";
import { type AzureOptions, azure } from "../../../src/providers/azure/index.ts";
import { type FakeContext, fakeContext } from "../fake-context.ts";
import { MAIN, NOW } from "./world.ts";

export interface StubReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface StubRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly authorization: string;
  /** Parsed where it is JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface StubWorld extends AsyncDisposable {
  readonly provider: Provider;
  readonly requests: StubRequest[];
  readonly context: FakeContext;
}

export const SCOPE: Scope = { provider: "azure", account: MAIN, region: "westeurope", service: "compute" };

/** A provider that talks to a server which says what a test wants Azure to say; where it says nothing, tokens are issued and the rest is 404. */
export async function openStubWorld(
  answer: (request: StubRequest) => StubReply | undefined,
  options: AzureOptions = {},
): Promise<StubWorld> {
  const requests: StubRequest[] = [];
  const server = createServer(async (message, response) => {
    const { pathname, searchParams } = new URL(message.url ?? "", "http://stub");
    if (pathname === "/_emulator/credentials") return void response.end(JSON.stringify(CREDENTIALS));
    const request: StubRequest = {
      method: message.method ?? "",
      host: message.headers.host ?? "",
      path: pathname,
      parameters: searchParams,
      authorization: message.headers.authorization ?? "",
      body: jsonOf(await bodyOf(message)),
    };
    requests.push(request);
    const reply = answer(request) ?? (pathname.endsWith("/token") ? tokenReply(requests.length) : { status: 404, body: {} });
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = azure(options, { env: { NEPHOSCOPE_EMULATOR: url } });
  return {
    provider,
    requests,
    context: fakeContext({ runtime: { clock: { now: () => NOW, sleep: async () => {} } } }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Rows as Resource Graph gives them. */
export function graphReply(rows: readonly object[], skipToken?: string): StubReply {
  const more = skipToken === undefined ? {} : { $skipToken: skipToken };
  return { body: { totalRecords: rows.length, count: rows.length, resultTruncated: "false", data: rows, facets: [], ...more } };
}

/** A virtual machine as the provider projects it. */
export function machineRow(name: string, more: object = {}): object {
  const id = `/subscriptions/${MAIN}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
  const place = { subscriptionId: MAIN, location: SCOPE.region, resourceGroup: "rg", type: "microsoft.compute/virtualmachines" };
  return { id, name, ...place, tags: null, status: "PowerState/running", size: "", os: "", createdAt: "", zone: "", ...more };
}

const CREDENTIALS = {
  azure: {
    tenantId: "7c1f0e2a-5b43-4d6e-9a10-0000000000aa",
    clientId: "33333333-4444-5555-8666-0000000000cc",
    clientSecret: "stub-secret",
    subscriptions: [{ id: MAIN, name: "main" }],
  },
};

function tokenReply(number: number): StubReply {
  return { body: { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: `token-${number}` } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

function jsonOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}
