import { expect, it } from "vitest";
import { ManagerAgent } from "../../src/agents/index.ts";
import { FACTS, TOOLS } from "./facts.ts";

const manager = new ManagerAgent({ tools: [...TOOLS, { name: "code.run" }] });
const facts = { providers: FACTS.providers };

it("an intent with a tool becomes a plan of one step", () => {
  const input = { kind: "virtual-machine" };
  expect(manager.resolve({ tool: "resources.list", input, goal: "" }, { question: "列出服务器", language: "zh", facts })).toEqual({
    status: "planned",
    planned: { language: "zh", steps: [{ id: "answer", tool: "resources.list", input }] },
  });
});

it.each([null, "buckets.list"])("an intent for tool %s, which is not registered, is told in both languages", (tool) => {
  const without = new ManagerAgent({ tools: TOOLS.filter(({ name }) => name !== "code.run") });
  const decision = without.resolve({ tool, input: {}, goal: "list the S3 buckets" }, { question: "buckets?", language: "en", facts });
  expect(decision).toMatchObject({ status: "no-tool", goal: "list the S3 buckets", error: { code: "QUESTION_NOT_UNDERSTOOD" } });
  expect(decision.status === "no-tool" && decision.error.summary("zh").message).toBe("没有工具可以回答这个问题：list the S3 buckets");
});

it.each([
  ["which CloudWatch dashboards does AWS have", ["aws"]],
  ["阿里云哪些云盘没有快照策略", ["alicloud"]],
  ["the laws of clouds", []],
])("an intent without a tool becomes code for the clouds that the question names: %s", (question, named) => {
  const providers = FACTS.providers.concat({
    ...FACTS.providers[0]!,
    id: "alicloud",
    name: { en: "Alibaba Cloud", zh: "阿里云" },
    aliases: [],
  });
  const decision = manager.resolve({ tool: null, input: {}, goal: "" }, { question, language: "zh", facts: { providers } });
  const where = named.length === 0 ? {} : { where: { providers: { include: named } } };
  expect(decision).toEqual({
    status: "planned",
    planned: { language: "zh", steps: [{ id: "answer", tool: "code.run", input: { goal: question, ...where } }] },
  });
});
