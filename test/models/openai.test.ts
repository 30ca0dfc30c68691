import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LLMock } from "@copilotkit/aimock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Model, ModelRequest } from "../../src/contracts/index.ts";
import { ModelError } from "../../src/errors/index.ts";
import { type OpenaiOptions, openai } from "../../src/models/openai/index.ts";
import { nodeRuntime } from "../../src/runtime/index.ts";

const KEY = "sk-canary-0123456789abcdef";
const { signal } = new AbortController();
const question = (content: string): ModelRequest => ({ messages: [{ role: "user", content }], json: true, maxTokens: 64 });

const mock = new LLMock({ port: 0 });
beforeAll(async () => {
  await mock.start();
});
afterAll(() => mock.stop());
beforeEach(() => {
  mock.reset();
});

function model(options: OpenaiOptions = {}): Model {
  return openai({ baseUrl: `${mock.url}/v1`, apiKey: KEY, model: "Qwen/Qwen3-32B", ...options });
}

async function failureOf(call: Promise<unknown>): Promise<ModelError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelError)) throw new Error(`no ModelError: ${String(error)}`);
  expect(error.text.en).not.toBe(error.text.zh);
  expect(error.hint?.zh).toMatch(/[一-鿿]/);
  return error;
}

describe("a call", () => {
  it("asks for JSON, unstreamed, once, and takes usage from the server", async () => {
    mock.onMessage("hello", { content: '{"kind":"plan"}', usage: { prompt_tokens: 11, completion_tokens: 7 } });
    expect(await model().complete(question("hello"), signal)).toEqual({
      text: '{"kind":"plan"}',
      finishReason: "stop",
      usage: { promptTokens: 11, completionTokens: 7 },
    });
    const requests = mock.getRequests();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body).toMatchObject({
      model: "Qwen/Qwen3-32B",
      stream: false,
      max_tokens: 64,
      temperature: 0,
      response_format: { type: "json_object" },
    });
    expect(requests[0]?.body).not.toHaveProperty("enable_thinking");
  });

  it("asks for no format where prose is wanted, or the model family has none", async () => {
    mock.onMessage("hello", { content: "hi" });
    await model().complete({ ...question("hello"), json: false }, signal);
    await model({ model: "deepseek-ai/DeepSeek-R1" }).complete(question("hello"), signal);
    await model({ capabilities: { json: "prompt" } }).complete(question("hello"), signal);
    expect(mock.getRequests().map(({ body }) => body !== null && "response_format" in body)).toEqual([false, false, false]);
  });

  it("leaves temperature out for reasoning models and lets options put the table right", async () => {
    mock.onMessage("hello", { content: "{}" });
    await model({ model: "gpt-5-mini" }).complete(question("hello"), signal);
    await model({ capabilities: { thinkingSwitch: true } }).complete(question("hello"), signal);
    const [reasoning, switched] = mock.getRequests().map(({ body }) => body);
    expect(reasoning).toMatchObject({ max_completion_tokens: 64 });
    expect(reasoning).not.toHaveProperty("temperature");
    expect(switched).toMatchObject({ enable_thinking: false });
  });

  it("reports a reply that was cut, and one that was filtered", async () => {
    mock.onMessage("long", { content: '{"steps":[', finishReason: "length" });
    mock.onMessage("bad", { content: "no", finishReason: "content_filter" });
    expect(await model().complete(question("long"), signal)).toMatchObject({ finishReason: "length" });
    expect(await model().complete(question("bad"), signal)).toMatchObject({ finishReason: "refused" });
  });

  it("rejects with the caller's reason, unchanged, before and during a call", async () => {
    const reason = { why: "the person left" };
    const before = new AbortController();
    before.abort(reason);
    await expect(model().complete(question("hello"), before.signal)).rejects.toBe(reason);
    const during = new AbortController();
    mock.onMessage(
      "slowly",
      () => {
        during.abort(reason);
        return { content: "{}" };
      },
      { chaos: { latencyMs: 20 } },
    );
    await expect(model().complete(question("slowly"), during.signal)).rejects.toBe(reason);
  });
});

describe("a server that fails", () => {
  const statuses: readonly [number, string, boolean][] = [
    [400, "MODEL_REFUSED", false],
    [401, "MODEL_UNAUTHENTICATED", false],
    [403, "MODEL_UNAUTHENTICATED", false],
    [404, "MODEL_REFUSED", false],
    [422, "MODEL_REFUSED", false],
    [429, "MODEL_RATE_LIMITED", true],
    [500, "MODEL_UNAVAILABLE", true],
    [503, "MODEL_UNAVAILABLE", true],
  ];
  it.each(statuses)("with %i is %s, asked once, with what it said", async (status, code, retryable) => {
    mock.nextRequestError(status, { message: `because of ${status}` });
    const error = await failureOf(model().complete(question("hello"), signal));
    expect(error).toMatchObject({ code, retryable, modelId: "Qwen/Qwen3-32B", details: { status } });
    expect(error.message).toContain(`because of ${status}`);
    expect(mock.getRequests()).toHaveLength(1);
  });

  it("with 429 says how long to wait", async () => {
    mock.on({ userMessage: "hello" }, { error: { message: "slow down", type: "rate_limit" }, status: 429, retryAfter: 7 });
    const error = await failureOf(model().complete(question("hello"), signal));
    expect(error.retryAfterMs).toBe(7_000);
    expect(error.hint?.en).toContain("7 seconds");
  });

  it("by sending nothing, or nothing readable, or hanging up, is unavailable", async () => {
    mock.onMessage("empty", { content: "" });
    mock.onMessage("thinking", { content: "", finishReason: "length" });
    mock.onMessage("malformed", { content: "x" }, { chaos: { malformedRate: 1 } });
    mock.onMessage("disconnect", { content: "x" }, { chaos: { disconnectRate: 1 } });
    const texts: string[] = [];
    for (const what of ["empty", "thinking", "malformed", "disconnect"]) {
      const error = await failureOf(model().complete(question(what), signal));
      expect(error.code).toBe("MODEL_UNAVAILABLE");
      texts.push(error.message);
    }
    expect(texts[0]).toContain("empty reply");
    expect(texts[1]).toContain("without answering");
    expect(texts[2]).toContain("cannot be read");
    expect(texts[3]).toContain("failed: UND_ERR_SOCKET");
  });

  it("by not answering in time is unavailable", async () => {
    // A clock that runs out as soon as the request has arrived.
    let expire: () => void = () => {};
    const clock = { now: () => 0, sleep: () => new Promise<void>((resolve) => (expire = resolve)) };
    mock.onMessage(
      "slowly",
      () => {
        expire();
        return { content: "{}" };
      },
      { chaos: { latencyMs: 50 } },
    );
    const error = await failureOf(model({ timeoutMs: 9_000, runtime: nodeRuntime({ clock }) }).complete(question("slowly"), signal));
    expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE", retryable: true });
    expect(error.message).toBe("Qwen/Qwen3-32B did not answer within 9 seconds.");
  });

  it("by not being there is unavailable, with the reason", async () => {
    const error = await failureOf(model({ baseUrl: "http://127.0.0.1:1/v1" }).complete(question("hello"), signal));
    expect(error.code).toBe("MODEL_UNAVAILABLE");
    expect(error.message).toMatch(/The connection to 127\.0\.0\.1:1 failed: \S+/);
  });
});

describe("a server with manners of its own", () => {
  let server: Server;
  let url: string;
  let respond: { status: number; body: string; headers?: Record<string, string>; destroyAfter?: number };
  let headers: NodeJS.Dict<string | string[]>;
  beforeAll(async () => {
    server = createServer((request, response) => {
      headers = request.headers;
      request.resume();
      response.writeHead(respond.status, { "content-type": "application/json", ...respond.headers });
      if (respond.destroyAfter === undefined) response.end(respond.body);
      else response.write(respond.body.slice(0, respond.destroyAfter), () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterAll(() => {
    server.close();
  });
  const ask = () => failureOf(model({ baseUrl: url }).complete(question("hello"), signal));
  const completion = { choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "{}" } }] };

  it("such as SiliconFlow's errors is quoted", async () => {
    respond = { status: 400, body: '{"code":20012,"message":"Model does not exist. Please check it carefully.","data":null}' };
    expect((await ask()).message).toContain("Model does not exist. Please check it carefully. (20012)");
    respond = { status: 401, body: '"Api key is invalid"' };
    expect((await ask()).message).toContain("Api key is invalid");
    respond = { status: 503, body: '{"code":50505,"message":"Model service overloaded. Please try again later.","data":null}' };
    expect(await ask()).toMatchObject({ code: "MODEL_UNAVAILABLE" });
  });

  it("such as an error with status 200, a stream nobody asked for, or a page of HTML is a broken reply", async () => {
    respond = { status: 200, body: '{"code":50505,"message":"overloaded","data":null}' };
    expect((await ask()).message).toContain("overloaded (50505)");
    for (const body of ["", "data: [DONE]\n\n", "<html><body>Sign in</body></html>", "{}", '{"choices":[]}']) {
      respond = { status: 200, body };
      const error = await ask();
      expect(error.code).toBe("MODEL_UNAVAILABLE");
      expect(error.message).not.toContain("<html>");
    }
  });

  it("such as hanging up in the middle of its reply is a failed connection", async () => {
    const body = JSON.stringify(completion);
    respond = { status: 200, body, headers: { "content-length": String(body.length) }, destroyAfter: 20 };
    expect((await ask()).message).toContain("The connection to");
  });

  it("such as Retry-After as a date is understood", async () => {
    respond = { status: 429, body: "{}", headers: { "retry-after": new Date(90_000).toUTCString() } };
    const clock = { now: () => 30_000, sleep: () => new Promise<void>(() => {}) };
    const call = model({ baseUrl: url, runtime: nodeRuntime({ clock }) }).complete(question("hello"), signal);
    expect((await failureOf(call)).retryAfterMs).toBe(60_000);
  });

  it("such as counting no tokens, or asking for no key, is served", async () => {
    respond = { status: 200, body: JSON.stringify(completion) };
    const local = openai({ baseUrl: url, model: "qwen3:8b", runtime: nodeRuntime({ env: {} }) });
    expect(await local.complete(question("hello"), signal)).toMatchObject({ usage: { promptTokens: 0, completionTokens: 0 } });
    expect(headers).not.toHaveProperty("openai-organization");
  });

  it("such as refusing in so many words has refused", async () => {
    const message = { role: "assistant", content: null, refusal: "I cannot help with that." };
    respond = { status: 200, body: JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message }] }) };
    expect(await ask()).toMatchObject({ code: "MODEL_REFUSED" });
  });
});
