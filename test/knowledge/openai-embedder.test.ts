import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openaiEmbedder } from "../../src/knowledge/chroma/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";

const never = new AbortController().signal;
const KEY = "sk-secret-of-the-tests-0123456789";

interface Asked {
  readonly model: string;
  readonly input: string[];
  readonly encoding_format: string;
}

let server: Server;
let baseUrl: string;
let asked: { readonly body: Asked; readonly authorization: string | undefined; readonly url: string | undefined }[];
/** What the server does with a request; by default it answers as SiliconFlow's reference says. */
let reply: (body: Asked, response: ServerResponse) => void;

beforeEach(async () => {
  asked = [];
  reply = (body, response) => response.end(JSON.stringify(embeddings(body)));
  server = createServer(async (request: IncomingMessage, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    asked.push({ body, authorization: request.headers.authorization, url: request.url });
    reply(body, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("openaiEmbedder", () => {
  it("asks as the vendor's reference says, in batches, and gives vectors in the order of the texts", async () => {
    reply = (body, response) => response.end(JSON.stringify({ ...embeddings(body), data: embeddings(body).data.toReversed() }));
    const embedder = openaiEmbedder({ baseUrl, apiKey: KEY, model: "BAAI/bge-m3", batchSize: 2 });
    const vectors = await embedder.embedDocuments(["one", "three", "fifteen"], never);
    expect(vectors.map(([first, ...rest]) => [first, rest.length])).toEqual([
      [3, 1023],
      [5, 1023],
      [7, 1023],
    ]);
    expect(asked.map(({ body, authorization, url }) => [url, authorization, body])).toEqual([
      ["/v1/embeddings", `Bearer ${KEY}`, { model: "BAAI/bge-m3", input: ["one", "three"], encoding_format: "float" }],
      ["/v1/embeddings", `Bearer ${KEY}`, { model: "BAAI/bge-m3", input: ["fifteen"], encoding_format: "float" }],
    ]);
  });

  it("waits as long as it is asked to when the server is busy, and then goes on", async () => {
    const runtime = fakeRuntime();
    const started = runtime.clock.now();
    const busy = [
      { status: 429, headers: { "retry-after": "7" } },
      { status: 503, headers: {} },
    ];
    reply = (body, response) => {
      const next = busy.shift();
      if (next === undefined) response.end(JSON.stringify(embeddings(body)));
      else response.writeHead(next.status, next.headers).end("busy");
    };
    const { clock, random } = stillRuntime(runtime);
    const embedder = openaiEmbedder({ baseUrl, apiKey: KEY, model: "BAAI/bge-m3", runtime: { clock, random } });
    expect(await embedder.embedQuery("text", never)).toHaveLength(1024);
    expect(asked).toHaveLength(3);
    expect(runtime.clock.now() - started).toBeGreaterThanOrEqual(7_000);
  });

  it("gives up when the server stays busy, or asks for more than half a minute", async () => {
    const runtime = stillRuntime(fakeRuntime());
    reply = (_, response) => response.writeHead(500).end(`no, ${KEY}`);
    const embedder = openaiEmbedder({ baseUrl, apiKey: KEY, model: "BAAI/bge-m3", runtime });
    await expect(embedder.embedQuery("text", never)).rejects.toMatchObject({ code: "KNOWLEDGE_UNAVAILABLE" });
    expect(asked).toHaveLength(4);
    reply = (_, response) => response.writeHead(429, { "retry-after": "3600" }).end();
    await expect(embedder.embedQuery("text", never)).rejects.toMatchObject({ code: "KNOWLEDGE_UNAVAILABLE" });
    expect(asked).toHaveLength(5);
  });

  it("never shows the key, whatever the server says", async () => {
    const embedder = openaiEmbedder({ baseUrl, apiKey: KEY, model: "BAAI/bge-m3" });
    for (const status of [400, 401, 403, 404]) {
      reply = (_, response) => response.writeHead(status).end(JSON.stringify({ code: 20012, message: `bad ${KEY}`, data: null }));
      const error = await embedder.embedQuery("text", never).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "KNOWLEDGE_UNAVAILABLE", message: expect.stringContaining("bad ***") });
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(KEY);
    }
    expect(asked).toHaveLength(4);
  });

  it("refuses vectors of another length or number than wanted", async () => {
    const embedder = openaiEmbedder({ baseUrl, apiKey: KEY, model: "BAAI/bge-m3" });
    for (const wrong of [
      { data: [{ index: 0, embedding: Array.from({ length: 256 }, () => 0) }] },
      { data: [] },
      { data: [{ index: 1, embedding: Array.from({ length: 1024 }, () => 0) }] },
      { data: [{ index: 0, embedding: "AAAA" }] },
      "not an object",
    ]) {
      reply = (_, response) => response.end(JSON.stringify(wrong));
      await expect(embedder.embedQuery("text", never)).rejects.toMatchObject({ code: "KNOWLEDGE_UNAVAILABLE" });
    }
    // Of a model that is not known the first reply decides.
    const other = openaiEmbedder({ baseUrl, model: "other" });
    reply = (_, response) => response.end(JSON.stringify({ data: [{ index: 0, embedding: [1, 2, 3] }] }));
    expect(await other.embedQuery("text", never)).toEqual([1, 2, 3]);
    reply = (_, response) => response.end(JSON.stringify({ data: [{ index: 0, embedding: [1, 2] }] }));
    await expect(other.embedQuery("text", never)).rejects.toThrow("length 2, not 3");
    expect(asked.at(-1)?.authorization).toBeUndefined();
  });

  it("cuts what is longer than the model reads, and counts it", async () => {
    const runtime = fakeRuntime();
    const { logger } = runtime;
    const embedder = openaiEmbedder({ baseUrl, apiKey: KEY, model: "BAAI/bge-large-zh-v1.5", runtime: { logger } });
    await embedder.embedDocuments(["字".repeat(2_000), "short", "word ".repeat(1_000), ""], never);
    const [chinese = "", short, english = "", empty] = asked[0]?.body.input ?? [];
    expect(chinese.length).toBeLessThan(510);
    expect(english.length).toBeLessThan(1_300);
    expect([short, empty]).toEqual(["short", "-"]);
    expect(embedder.cutTexts).toBe(2);
    expect(runtime.logged.map(({ level }) => level)).toEqual(["warn"]);
  });

  it("is told by the environment, and sends SiliconFlow's key to SiliconFlow only", async () => {
    const configured = (env: Record<string, string>) => openaiEmbedder({ runtime: { env } });
    expect(configured({ SILICONFLOW_API_KEY: KEY }).fingerprint).toContain("BAAI/bge-m3:1024");
    expect(() => configured({})).toThrow(expect.objectContaining({ code: "CREDENTIAL_MISSING" }));
    expect(() => configured({ NEPHOSCOPE_EMBEDDING_BASE_URL: baseUrl })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID" }),
    );
    const env = { SILICONFLOW_API_KEY: KEY, NEPHOSCOPE_EMBEDDING_BASE_URL: baseUrl, NEPHOSCOPE_EMBEDDING_MODEL: "BAAI/bge-m3" };
    await configured(env).embedQuery("text", never);
    await configured({ ...env, NEPHOSCOPE_EMBEDDING_API_KEY: "other" }).embedQuery("text", never);
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, "Bearer other"]);
    for (const secret of ["ключ", "a b"]) {
      const error = catchError(() => configured({ ...env, NEPHOSCOPE_EMBEDDING_API_KEY: secret }));
      expect(error).toMatchObject({ code: "CONFIGURATION_INVALID", message: expect.not.stringContaining(secret) });
    }
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    reply = () => controller.abort(new Error("enough"));
    const embedder = openaiEmbedder({ baseUrl, apiKey: KEY, model: "BAAI/bge-m3" });
    await expect(embedder.embedQuery("text", controller.signal)).rejects.toThrow("enough");
  });
});

/** A clock that waits for retries only: time limits of requests never pass. */
function stillRuntime(runtime: ReturnType<typeof fakeRuntime>) {
  const { clock, random } = runtime;
  const waitsForRequests = 30_000;
  return {
    random,
    clock: {
      now: () => clock.now(),
      sleep: (ms: number, signal?: AbortSignal) => (ms === waitsForRequests ? new Promise<void>(() => {}) : clock.sleep(ms, signal)),
    },
  };
}

function embeddings({ model, input }: Asked) {
  const data = input.map((text, index) => ({
    object: "embedding",
    index,
    embedding: Array.from({ length: 1024 }, (_, place) => (place === 0 ? text.length : 0.5)),
  }));
  return { object: "list", model, data, usage: { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 } };
}

function catchError(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}
