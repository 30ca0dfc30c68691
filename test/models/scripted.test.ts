import { describe, expect, it } from "vitest";
import type { ModelRequest } from "../../src/contracts/index.ts";
import { ModelError } from "../../src/errors/index.ts";
import { scripted } from "../../src/models/scripted/index.ts";

const request = (content: string): ModelRequest => ({ messages: [{ role: "user", content }], json: true, maxTokens: 100 });
const { signal } = new AbortController();

describe("the scripted model", () => {
  it("says its replies in order, records what it was asked, and counts tokens", async () => {
    const model = scripted(["one", { text: "two", finishReason: "length" }, (asked) => `you said ${asked.messages[0]?.content}`]);
    expect(await model.complete(request("12345678"), signal)).toEqual({
      text: "one",
      finishReason: "stop",
      usage: { promptTokens: 2, completionTokens: 1 },
    });
    expect((await model.complete(request("b"), signal)).finishReason).toBe("length");
    expect((await model.complete(request("你好"), signal)).text).toBe("you said 你好");
    expect(model.requests.map(({ messages }) => messages[0]?.content)).toEqual(["12345678", "b", "你好"]);
    expect(() => model.done()).not.toThrow();
  });

  it("keeps requests as they were, whatever happens to them later", async () => {
    const messages = [{ role: "user" as const, content: "a" }];
    const model = scripted(["one"]);
    await model.complete({ messages, json: false, maxTokens: 1 }, signal);
    messages.push({ role: "user", content: "b" });
    expect(model.requests[0]?.messages).toHaveLength(1);
  });

  it("throws at a call it does not expect, and tells which replies were left", async () => {
    const model = scripted(["one", "two"]);
    expect(() => model.done()).toThrow("2 of 2 scripted replies were not asked for");
    await model.complete(request("a"), signal);
    await model.complete(request("b"), signal);
    await expect(model.complete(request("c"), signal)).rejects.toThrow("Call 3 of the scripted model was not expected");
    expect(model.requests).toHaveLength(3);
  });

  it("throws the errors of its script, and treats an empty reply as one", async () => {
    const failure = new ModelError({ code: "MODEL_RATE_LIMITED", modelId: "m", message: "busy" });
    const model = scripted([failure, " "]);
    await expect(model.complete(request("a"), signal)).rejects.toBe(failure);
    await expect(model.complete(request("b"), signal)).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
  });

  it("hangs where told to, until the call is aborted with its reason", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const call = scripted(["hang"]).complete(request("a"), abort.signal);
    abort.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});
