import { describe, expect, test } from "vitest";
import type { Receipt, ScopeReceipt } from "../../src/contracts/index.ts";
import { nothingAnswered } from "../../src/pipeline/nothing-answered.ts";

const failedScope = (provider: string, message: string): ScopeReceipt => ({
  provider,
  account: "1",
  region: "r",
  service: "compute",
  listing: "failed",
  listed: 0,
  queried: 1,
  answered: 0,
  noData: 0,
  throttled: 0,
  denied: 0,
  failed: 1,
  truncated: 0,
  reasons: [{ code: "PROVIDER_UNAVAILABLE", message, count: 1 }],
});

const messageOf = (...messages: string[]) => {
  const receipt: Receipt = { complete: false, scopes: messages.map((message, index) => failedScope(`cloud-${index}`, message)), notes: [] };
  return nothingAnswered(receipt, [], 60_000)?.text;
};

describe("when nothing answered", () => {
  test("Chinese sentences follow each other without a blank, English ones with one", () => {
    expect(messageOf("阿里云没有响应。", "AWS 没有响应。")?.zh).toBe("没有任何云返回结果。阿里云没有响应。AWS 没有响应。");
    expect(messageOf("AWS is away.", "Azure is away.")?.en).toBe("No cloud answered. AWS is away. Azure is away.");
  });

  test("reasons that are left out are counted", () => {
    expect(messageOf("A.", "B.", "C.", "D.", "E.", "E.")?.en).toBe("No cloud answered. A. B. C. (+2)");
  });
});
