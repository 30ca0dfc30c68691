import { expect, it } from "vitest";
import { ManagerAgent } from "../../src/agents/index.ts";
import { TOOLS } from "./facts.ts";

const manager = new ManagerAgent({ tools: TOOLS });

it("an intent with a tool becomes a plan of one step", () => {
  const input = { kind: "virtual-machine" };
  expect(manager.resolve({ tool: "resources.list", input, goal: "" }, "zh")).toEqual({
    status: "planned",
    planned: { language: "zh", steps: [{ id: "answer", tool: "resources.list", input }] },
  });
});

it.each([null, "buckets.list"])("an intent for tool %s, which is not registered, is told in both languages", (tool) => {
  const decision = manager.resolve({ tool, input: {}, goal: "list the S3 buckets" }, "en");
  expect(decision).toMatchObject({ status: "no-tool", goal: "list the S3 buckets", error: { code: "QUESTION_NOT_UNDERSTOOD" } });
  expect(decision.status === "no-tool" && decision.error.summary("zh").message).toBe("没有工具可以回答这个问题：list the S3 buckets");
});
