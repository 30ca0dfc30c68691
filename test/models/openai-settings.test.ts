import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError, OrchestratorError } from "../../src/errors/index.ts";
import { type OpenaiOptions, openai, openaiSettings } from "../../src/models/openai/index.ts";
import { nodeRuntime } from "../../src/runtime/index.ts";

type Env = Record<string, string>;
const KEY = "sk-canary-0123456789abcdef";

function sources(env: Env, options: OpenaiOptions = {}) {
  const settings = openaiSettings(options, env);
  if (settings === null) return null;
  const { baseUrl, apiKey, model } = settings;
  return [
    `${baseUrl.value} (${baseUrl.source})`,
    apiKey === null ? null : `${apiKey.value} (${apiKey.source})`,
    `${model.value} (${model.source})`,
  ];
}

describe("where the model comes from", () => {
  it("is SiliconFlow by its own variable, with a default model", () => {
    expect(sources({ SILICONFLOW_API_KEY: KEY })).toEqual([
      "https://api.siliconflow.cn/v1 (default)",
      "sk-c…cdef (SILICONFLOW_API_KEY)",
      "deepseek-ai/DeepSeek-V4-Flash (default)",
    ]);
  });

  it("is OpenAI by its own variables", () => {
    expect(sources({ OPENAI_API_KEY: KEY })).toEqual([
      "https://api.openai.com/v1 (default)",
      "sk-c…cdef (OPENAI_API_KEY)",
      "gpt-4.1-mini (default)",
    ]);
    expect(sources({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: "http://127.0.0.1:8000/v1/", NEPHOSCOPE_LLM_MODEL: "local" })).toEqual([
      "http://127.0.0.1:8000/v1 (OPENAI_BASE_URL)",
      "sk-c…cdef (OPENAI_API_KEY)",
      "local (NEPHOSCOPE_LLM_MODEL)",
    ]);
  });

  it("is our own variables before the vendors', and options before all, value by value", () => {
    const env = {
      NEPHOSCOPE_LLM_BASE_URL: "https://llm.example/v1",
      NEPHOSCOPE_LLM_API_KEY: KEY,
      NEPHOSCOPE_LLM_MODEL: "ours",
      SILICONFLOW_API_KEY: "other-key-0123456789",
      OPENAI_API_KEY: "other-key-0123456789",
    };
    expect(sources(env)).toEqual([
      "https://llm.example/v1 (NEPHOSCOPE_LLM_BASE_URL)",
      "sk-c…cdef (NEPHOSCOPE_LLM_API_KEY)",
      "ours (NEPHOSCOPE_LLM_MODEL)",
    ]);
    expect(sources(env, { model: "mine" })?.[2]).toBe("mine (option)");
    expect(sources(env, { baseUrl: "https://mine.example/v1" })?.[0]).toBe("https://mine.example/v1 (option)");
  });

  it("never sends a vendor's key to another endpoint", () => {
    const env = { SILICONFLOW_API_KEY: KEY, OPENAI_API_KEY: KEY };
    expect(sources(env, { baseUrl: "https://mine.example/v1", model: "m" })?.[1]).toBeNull();
    expect(() => sources({ NEPHOSCOPE_LLM_API_KEY: KEY })).toThrow("not the endpoint it belongs to");
  });

  it("takes empty variables for unset ones, and says so when nothing is left", () => {
    const env = { NEPHOSCOPE_LLM_BASE_URL: "", NEPHOSCOPE_LLM_API_KEY: "", SILICONFLOW_API_KEY: "  ", OPENAI_API_KEY: "" };
    expect(sources(env)).toBeNull();
    expect(() => openai({ runtime: nodeRuntime({ env }) })).toThrow(ConfigurationError);
    expect(sources({ ...env, OPENAI_API_KEY: KEY })?.[1]).toBe("sk-c…cdef (OPENAI_API_KEY)");
  });

  it("must name a model for an endpoint we know nothing of", () => {
    expect(() => sources({ NEPHOSCOPE_LLM_BASE_URL: "http://127.0.0.1:11434/v1" })).toThrow("No model is named");
  });

  it.each([
    ["an unknown option", { retries: 3 }],
    ["an endpoint that is no URL", { baseUrl: "siliconflow" }],
    ["a key in the URL", { baseUrl: `https://user:${KEY}@llm.example/v1` }],
    ["a key that cannot be sent", { apiKey: `${KEY}\n${KEY}` }],
    ["no time at all", { timeoutMs: 0 }],
  ])("refuses %s without repeating a secret", (_, options) => {
    let failure: unknown;
    try {
      openai(options as OpenaiOptions);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: "CONFIGURATION_INVALID" });
    expect(inspect(failure, { depth: 10 })).not.toContain(KEY);
  });
});

describe("the API key", () => {
  const { signal } = new AbortController();

  it("is in nothing that an error, the model or its settings show, whatever the server says", async () => {
    let respond = { status: 200, body: "" };
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(respond.status, { "content-type": "application/json" });
      response.end(respond.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const key = fc.stringMatching(/^[!-~]{12,60}$/);
    const bodies = [
      (said: string) => JSON.stringify({ error: { message: said, type: said, code: said } }),
      (said: string) => JSON.stringify({ code: 20012, message: said, data: said }),
      (said: string) => JSON.stringify(said),
      (said: string) => said,
      (said: string) => JSON.stringify({ choices: [{ message: { role: "assistant", content: null, refusal: said } }] }),
    ];
    try {
      await fc.assert(
        fc.asyncProperty(
          key,
          fc.constantFrom(200, 400, 401, 403, 404, 429, 500),
          fc.constantFrom(...bodies),
          fc.nat(400),
          async (apiKey, status, body, padding) => {
            respond = { status, body: body(`${"x".repeat(padding)} Bearer ${apiKey} is wrong: ${encodeURIComponent(apiKey)}`) };
            const model = openai({ baseUrl, apiKey, model: "m" });
            const failure = await model
              .complete({ messages: [{ role: "user", content: "q" }], json: true, maxTokens: 5 }, signal)
              .catch((error: unknown) => error);
            if (!OrchestratorError.isInstance(failure)) throw new Error(`not our error: ${inspect(failure)}`);
            const shown = [
              inspect(failure, { depth: 10, showHidden: true }),
              JSON.stringify(failure),
              failure.stack,
              JSON.stringify(failure.summary("zh")),
              inspect(model, { depth: 10, showHidden: true }),
              JSON.stringify(model),
              inspect(openaiSettings({ baseUrl, apiKey, model: "m" }, {})),
            ];
            for (const text of shown) expect(text).not.toContain(apiKey);
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      server.close();
    }
  });
});
