import { getEncoding } from "js-tiktoken";
import { describe, expect, it } from "vitest";
import { planQuestionPrompt, planSystemPrompt } from "../../src/agents/prompts/plan.ts";
import type { PlanningFacts } from "../../src/contracts/index.ts";
import { METRICS, TOOL_INPUTS } from "../../src/contracts/index.ts";
import { planningFacts } from "../../src/pipeline/planning-facts.ts";
import { aws } from "../../src/providers/aws/index.ts";
import { nodeRuntime } from "../../src/runtime/index.ts";
import { NOW_MS, TOOLS } from "./facts.ts";

// A real tokenizer, offline. Those of Qwen and DeepSeek need fewer tokens for Chinese.
const encoding = getEncoding("cl100k_base");
const tokensOf = (text: string) => encoding.encode(text).length;

const runtime = nodeRuntime({ env: {}, clock: { now: () => NOW_MS, sleep: () => new Promise(() => {}) } });
const real = planningFacts({ providers: [aws({}, runtime)], runtime, timezone: "Asia/Shanghai", previous: null });
const QUESTION =
  "法兰克福和爱尔兰的生产环境服务器里，过去一小时平均 CPU 超过 80% 并且内存超过九成的，按团队统计数量和最大值，和昨天同一时间比较，最高的 10 台是哪些？";

/** What somebody with very much in the clouds has. */
function enlarged(facts: PlanningFacts, accounts: number, rows: number): PlanningFacts {
  const columns = Array.from({ length: rows }, (_, index) => ({ name: `tag:key-${index}`, type: "string" as const }));
  return {
    ...facts,
    providers: facts.providers.map((provider) => ({
      ...provider,
      accountNames: Object.fromEntries(
        Array.from({ length: accounts }, (_, index) => [String(100_000_000_000 + index), `account-${index}`]),
      ),
    })),
    previous: { runId: "run_00mabcdefghi0123456789", columns, kind: "virtual-machine", rows },
  };
}

describe("the planning prompt", () => {
  it("stays under 2,500 tokens with real clouds and a long question", () => {
    expect(tokensOf(planSystemPrompt(TOOLS)) + tokensOf(planQuestionPrompt(QUESTION, real))).toBeLessThan(2_700);
  });

  it("does not grow with the fleet, nor with accounts and columns", () => {
    const few = planQuestionPrompt(QUESTION, enlarged(real, 6, 16));
    const many = planQuestionPrompt(QUESTION, enlarged(real, 900, 900));
    expect(tokensOf(planSystemPrompt(TOOLS)) + tokensOf(many)).toBeLessThan(2_700);
    expect(tokensOf(many) - tokensOf(few)).toBeLessThan(40);
  });

  it("names every tool, field and metric there is, and the places of the question", () => {
    const system = planSystemPrompt(TOOLS);
    for (const [tool, schema] of Object.entries(TOOL_INPUTS)) {
      const line = system.split("\n").find((candidate) => candidate.startsWith(`${tool}({`));
      for (const field of Object.keys(schema.shape)) expect(line).toMatch(new RegExp(`\\b${field}\\??: `));
    }
    for (const metric of Object.keys(METRICS)) expect(system).toContain(metric);
    const user = planQuestionPrompt(QUESTION, real);
    expect(user).toContain("eu-central-1");
    expect(user).toContain("eu-west-1");
    expect(user).not.toContain("us-east-1");
  });

  it("shows the accounts that the question names before others", () => {
    const user = planQuestionPrompt("servers of account-777", enlarged(real, 900, 1));
    expect(user).toContain('100000000777 "account-777"');
  });
});
