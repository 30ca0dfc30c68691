import { readdirSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PublisherOptions, publisher } from "../../src/descriptions/publisher/index.ts";
import { isOf } from "../../src/descriptions/publisher/pinned-hosts.ts";
import { isPrivateAddress } from "../../src/descriptions/publisher/private-address.ts";
import { type SendRequest, sendOverTls } from "../../src/descriptions/publisher/send-request.ts";
import { nodeRuntime } from "../../src/runtime/index.ts";
import { alicloudDocument, discoveryDocument, explorerAnswer, smithyModel, swaggerDocuments } from "./fixtures/publishers-documents.ts";

const SIGNAL = new AbortController().signal;
const GOOGLE = "monitoring.googleapis.com/$discovery/rest?version=v3";

let server: Server;
let folder: string;
let nowMs: number;
let requests: { readonly address: string; readonly etag: string | undefined }[];
let answer: (address: string, reply: ServerResponse) => void;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "descriptions-")), "cache");
  nowMs = Date.UTC(2026, 0, 2);
  requests = [];
  answer = (_, reply) => reply.writeHead(404).end();
  server = createServer((request, reply) => {
    const address = `${request.headers.host}${request.url}`;
    requests.push({ address, etag: request.headers["if-none-match"] });
    answer(address, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(join(folder, ".."), { recursive: true, force: true });
});

/** Every host is the local server, which is told which one was meant. */
const sendLocally: SendRequest = (url, headers, signal) =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const options = { host: "127.0.0.1", port, path: `${url.pathname}${url.search}`, headers: { ...headers, host: url.host }, signal };
    get(options, (reply: IncomingMessage) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: reply })).on(
      "error",
      reject,
    );
  });

function source(options: Partial<PublisherOptions> = {}) {
  const clock = { now: () => nowMs, sleep: async () => {} };
  return publisher({ cacheFolder: folder, ...options }, { runtime: nodeRuntime({ clock }), send: sendLocally });
}

function serve(documents: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): void {
  answer = (address, reply) => {
    const document = documents[address];
    reply.writeHead(document === undefined ? 404 : 200, headers).end(document === undefined ? "" : JSON.stringify(document));
  };
}

describe("what publishers say online", () => {
  it("is fetched from each cloud's own place, and says so", async () => {
    const specs = Object.fromEntries(
      [...swaggerDocuments()].map(([name, document]) => [
        `raw.githubusercontent.com/Azure/azure-rest-api-specs/main/specification/${name.replace("watch/2020/gauge.json", "storage/resource-manager/Microsoft.Storage/stable/2023-01-01/storage.json").replace("watch/", "storage/resource-manager/Microsoft.Storage/stable/")}`,
        document,
      ]),
    );
    serve({
      ...specs,
      [GOOGLE]: discoveryDocument(),
      "raw.githubusercontent.com/aws/api-models-aws/main/models/xray/service/2016-04-12/xray-2016-04-12.json":
        smithyModel("aws.protocols#restJson1"),
      "api.aliyun.com/meta/v1/products/Ecs/versions/2014-05-26/api-docs.json": alicloudDocument(),
      "api.volcengine.com/api/common/explorer/apis?ServiceCode=ecs&Version=2020-04-01&APIVersion=2020-04-01": {
        Result: { Groups: [{ Name: "x", Apis: [{ Action: "DescribeGauges" }, { Action: "../evil" }] }] },
      },
      "api.volcengine.com/api/common/explorer/api-swagger?ServiceCode=ecs&Version=2020-04-01&APIVersion=2020-04-01&ActionName=DescribeGauges":
        explorerAnswer(),
    });
    const online = source();
    const described = await Promise.all([
      online.describe("aws", "xray", SIGNAL),
      online.describe("azure", "storage", SIGNAL),
      online.describe("gcp", "monitoring", SIGNAL),
      online.describe("alicloud", "ecs", SIGNAL),
      online.describe("volcengine", "ecs", SIGNAL),
    ]);
    expect(described.map((each) => [each?.origin.kind, each?.origin.source, each?.origin.date, each?.operations.length])).toEqual([
      ["publisher", "github.com/aws/api-models-aws", "2026-01-02", 3],
      ["publisher", "github.com/Azure/azure-rest-api-specs", "2026-01-02", 3],
      ["publisher", "monitoring.googleapis.com", "2026-01-02", 3],
      ["publisher", "api.aliyun.com", "2026-01-02", 2],
      ["publisher", "api.volcengine.com", "2026-01-02", 1],
    ]);
    expect(requests.map(({ address }) => address).filter((address) => address.includes("evil"))).toEqual([]);
  });

  it("is kept for its owner alone, and asked for again only when it is old, by its ETag", async () => {
    serve({ [GOOGLE]: discoveryDocument() }, { etag: '"one"' });
    await source().describe("gcp", "monitoring", SIGNAL);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600]);
    await source().describe("gcp", "monitoring", SIGNAL);
    expect(requests).toHaveLength(1);
    nowMs += 2 * 24 * 60 * 60 * 1000;
    answer = (_, reply) => reply.writeHead(304).end();
    const again = await source().describe("gcp", "monitoring", SIGNAL);
    expect(requests[1]?.etag).toBe('"one"');
    expect(again?.origin.date).toBe("2026-01-04");
    expect(again?.operations).toHaveLength(3);
  });

  it("is fetched anew where somebody changed what was kept", async () => {
    serve({ [GOOGLE]: discoveryDocument() }, { etag: '"one"' });
    await source().describe("gcp", "monitoring", SIGNAL);
    for (const name of readdirSync(folder))
      if (name.endsWith(".body")) writeFileSync(join(folder, name), '{"version":"v3","resources":{}}');
    expect((await source().describe("gcp", "monitoring", SIGNAL))?.operations).toHaveLength(3);
    expect(requests.map(({ etag }) => etag)).toEqual([undefined, undefined]);
  });

  it("is what was kept when offline, and nothing where nothing was", async () => {
    expect(await source({ offline: true }).describe("gcp", "monitoring", SIGNAL)).toBeUndefined();
    expect(requests).toEqual([]);
    serve({ [GOOGLE]: discoveryDocument() });
    await source().describe("gcp", "monitoring", SIGNAL);
    nowMs += 400 * 24 * 60 * 60 * 1000;
    expect((await source({ offline: true }).describe("gcp", "monitoring", SIGNAL))?.origin.date).toBe("2026-01-02");
    expect(requests).toHaveLength(1);
  });

  it("is missing without an error where there is no network, or nothing is published", async () => {
    answer = (_, reply) => reply.destroy();
    expect(await source().describe("gcp", "monitoring", SIGNAL)).toBeUndefined();
    answer = (_, reply) => reply.writeHead(404).end();
    expect(await source().describe("gcp", "monitoring", SIGNAL)).toBeUndefined();
    expect(await source().describe("gcp", "unheard-of", SIGNAL)).toBeUndefined();
  });

  it("is refused where it redirects elsewhere, and followed where it stays", async () => {
    for (const location of [
      "https://evil.example/x",
      "http://monitoring.googleapis.com/$discovery/rest?version=v3",
      "https://monitoring.googleapis.com:8443/$discovery/rest",
      "https://monitoring.googleapis.com/other",
      "//",
    ]) {
      requests = [];
      answer = (address, reply) => {
        if (address === GOOGLE) reply.writeHead(302, { location }).end();
        else reply.end(JSON.stringify(discoveryDocument()));
      };
      await expect(source().describe("gcp", "monitoring", SIGNAL), location).rejects.toMatchObject({
        code: "DESCRIPTION_REFUSED",
        message: expect.stringMatching(/redirects to/),
      });
      expect(requests.map(({ address }) => address)).toEqual([GOOGLE]);
    }
    answer = (address, reply) => {
      if (address === GOOGLE) reply.writeHead(302, { location: "/$discovery/rest?version=v3&moved" }).end();
      else reply.end(JSON.stringify(discoveryDocument()));
    };
    expect((await source().describe("gcp", "monitoring", SIGNAL))?.operations).toHaveLength(3);
    answer = (_, reply) => reply.writeHead(302, { location: "/$discovery/rest?version=v3" }).end();
    await rm(folder, { recursive: true });
    await expect(source().describe("gcp", "monitoring", SIGNAL)).rejects.toThrow(/without end/);
  });

  it("is refused above the cap of bytes, and after its time", async () => {
    serve({ [GOOGLE]: discoveryDocument() });
    await expect(source({ maxBytes: 100 }).describe("gcp", "monitoring", SIGNAL)).rejects.toThrow(/longer than 100 bytes/);
    answer = () => {};
    await expect(source({ timeoutMs: 50 }).describe("gcp", "monitoring", SIGNAL)).rejects.toThrow(/longer than 50 ms/);
  });

  it("rejects with the reason when it is given up", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    answer = () => controller.abort(reason);
    await expect(source().describe("gcp", "monitoring", controller.signal)).rejects.toBe(reason);
  });

  it("refers to nothing outside the pinned path", async () => {
    const main =
      "raw.githubusercontent.com/Azure/azure-rest-api-specs/main/specification/storage/resource-manager/Microsoft.Storage/stable/2023-01-01/storage.json";
    const up = `${"../".repeat(9)}evil/evil/main/x.json#/definitions/X`;
    const paths = { "/x": { get: { operationId: "X", responses: { "200": { schema: { $ref: up } } } } } };
    serve({ [main]: { swagger: "2.0", info: { version: "1" }, paths } });
    await expect(source().describe("azure", "storage", SIGNAL)).rejects.toMatchObject({ code: "DESCRIPTION_REFUSED" });
    expect(requests.map(({ address }) => address)).toEqual([main]);
  });

  it("takes no option that would lead it elsewhere", () => {
    const options = { cacheFolder: folder, hosts: ["evil.example"] } as PublisherOptions;
    expect(() => publisher(options)).toThrow(/hosts/);
  });
});

describe("addresses", () => {
  it("of this network are told from public ones", () => {
    const inside = [
      "127.0.0.1",
      "10.1.2.3",
      "172.31.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "::1",
      "fe80::1",
      "fd00:ec2::254",
      "::ffff:10.0.0.1",
    ];
    expect(inside.filter((address) => !isPrivateAddress(address))).toEqual([]);
    expect(["140.82.112.3", "172.32.0.1", "2606:50c0:8000::154", "::ffff:140.82.112.3"].filter(isPrivateAddress)).toEqual([]);
  });

  it("are checked when they are connected to: a name that resolves to one inside is not", async () => {
    const resolve = ((_name: string, _options: unknown, callback: (error: null, all: unknown) => void) =>
      callback(null, [{ address: "127.0.0.1", family: 4 }])) as unknown as Parameters<typeof sendOverTls>[0];
    const { port } = server.address() as AddressInfo;
    await expect(sendOverTls(resolve)(new URL(`https://raw.githubusercontent.com:${port}/`), {}, SIGNAL)).rejects.toThrow(
      /resolves to 127.0.0.1/,
    );
    const outside = publisher({ cacheFolder: folder }, { send: sendOverTls(resolve) });
    await expect(outside.describe("gcp", "monitoring", SIGNAL)).rejects.toMatchObject({ code: "DESCRIPTION_REFUSED" });
    expect(requests).toEqual([]);
  });

  it("of a place are below its path, over TLS, at the usual port", () => {
    const place = { host: "api.aliyun.com", path: "/meta/v1/" };
    expect(isOf(place, new URL("https://api.aliyun.com/meta/v1/products"))).toBe(true);
    for (const address of [
      "http://api.aliyun.com/meta/v1/x",
      "https://api.aliyun.com/meta/v1/../v2",
      "https://api.aliyun.com/meta/v1/%2e%2e%2fx",
      "https://u@api.aliyun.com/meta/v1/x",
      "https://api.aliyun.com.evil.example/meta/v1/x",
      "https://api.aliyun.com:444/meta/v1/x",
    ]) {
      expect(isOf(place, new URL(address)), address).toBe(false);
    }
  });
});
