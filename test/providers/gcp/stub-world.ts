import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Provider, Resource, ResourceWhere } from "../../../src/contracts/index.ts";
import { type GcpOptions, gcp } from "../../../src/providers/gcp/index.ts";
import { type FakeContext, fakeContext } from "../fake-context.ts";

export const PROJECT = "stub-project-1";
export const STUB_SCOPE = { provider: "gcp", account: PROJECT, region: "us-central1", service: "compute" };

export interface StubReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects as JSON. */
  readonly body: string | object;
}

export interface StubRequest {
  /** Last part of the path: `instances`, `timeSeries`, `entries:list`. */
  readonly operation: string;
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly body: string;
  readonly authorization: string;
  /** Resolves when the client has gone. */
  readonly closed: Promise<void>;
}

export interface StubWorld extends AsyncDisposable {
  readonly provider: Provider;
  readonly requests: StubRequest[];
  readonly context: FakeContext;
  list(where?: ResourceWhere): AsyncIterable<readonly Resource[]>;
}

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2_048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const CREDENTIALS = {
  gcp: {
    credentials: { private_key_id: "k1", private_key: privateKey, client_email: `reader@${PROJECT}.iam.gserviceaccount.com` },
    projects: [{ id: PROJECT, name: "stub" }],
  },
};

/** The provider in emulator mode, against a server that answers as a test says and verifies nothing. */
export async function openStubWorld(
  answer: (request: StubRequest) => StubReply | "never" | undefined,
  options: GcpOptions = {},
  more: Parameters<typeof fakeContext>[0] = {},
): Promise<StubWorld> {
  const requests: StubRequest[] = [];
  const server = createServer(async (message, response) => {
    const url = new URL(message.url ?? "/", "http://stub");
    const request = {
      operation: url.pathname.split("/").at(-1) ?? "",
      path: url.pathname,
      parameters: url.searchParams,
      body: await bodyOf(message),
      authorization: message.headers.authorization ?? "",
      closed: new Promise<void>((resolve) => response.on("close", resolve)),
    };
    const own = url.pathname === "/_emulator/credentials";
    if (!own) requests.push(request);
    const reply = own ? { body: CREDENTIALS } : (answer(request) ?? { status: 500, body: "" });
    if (reply === "never") return;
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = gcp(options, { env: { NEPHOSCOPE_EMULATOR: url } });
  const context = fakeContext(more);
  return {
    provider,
    requests,
    context,
    list: (where = {}) => provider.resources["virtual-machine"]!(STUB_SCOPE, where, context),
    async [Symbol.asyncDispose]() {
      await provider.close?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An instance as Compute Engine lists it. */
export function instance(number: number, zone = "us-central1-a"): Readonly<Record<string, unknown>> {
  return {
    id: String(4_000_000_000_000_000_000n + BigInt(number)),
    name: `vm-${number}`,
    status: "RUNNING",
    zone: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/zones/${zone}`,
    machineType: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/zones/${zone}/machineTypes/e2-small`,
  };
}

/** A page of aggregatedList with instances of these numbers. */
export function instancesPage(numbers: readonly number[], nextPageToken?: string): Readonly<Record<string, unknown>> {
  return {
    kind: "compute#instanceAggregatedList",
    items: {
      "zones/us-central1-a": { instances: numbers.map((number) => instance(number)) },
      "zones/us-central1-b": { warning: { code: "NO_RESULTS_ON_PAGE", message: "There are no results for scope 'zones/us-central1-b'." } },
    },
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
  };
}

/** An error as Google's APIs write it. */
export function googleError(code: number, status: string, message = "no", more: object = {}): StubReply {
  return { status: code, body: { error: { code, message, status, ...more } } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
