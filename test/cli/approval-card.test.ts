import stringWidth from "string-width";
import { describe, expect, it, test } from "vitest";
import { type ApprovalContext, approvalLines, pendingLines } from "../../src/cli/render/approval.ts";
import { createStyle } from "../../src/cli/render/style.ts";
import type { Approval } from "../../src/index.ts";
import { foldText } from "../../src/presentation/text-width.ts";
import { sampleApproval } from "../../src/testing/sample-approval.ts";

const REGIONS = ["ap-northeast-1", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];
const LINE = `  return Everything.filter(({ Name }) => Name?.includes("two  blanks"))${'.map(({ Name }) => Name ?? "")'.repeat(4)};`;
const sample = sampleApproval();

function approval(changes: Partial<Approval> = {}): Approval {
  const { subject } = sample;
  const scopes = REGIONS.map((region) => ({ provider: "aws", account: "111122223333", region }));
  const program = { ...subject.program, code: `async function main(): Promise<Row[]> {\n${LINE}\n}` };
  return { ...sample, subject: { ...subject, scopes, program }, ...changes };
}

function context(changes: Partial<ApprovalContext> = {}): ApprovalContext {
  const style = createStyle({ terminal: false, env: {} });
  return { style, accountNames: { "111122223333": "main" }, timezone: "Asia/Shanghai", nowMs: sample.createdMs, width: 80, ...changes };
}

const card = (changes: Partial<Approval> = {}, more: Partial<ApprovalContext> = {}) => approvalLines(approval(changes), context(more));

describe("the card of what waits for a decision", () => {
  test.each([
    ["zh", 60],
    ["zh", 80],
    ["en", 80],
    ["en", 120],
  ] as const)("(%s) fits a terminal of %d columns", (language, width) => {
    const lines = card({ language }, { width }).filter((line) => !line.includes("sha256"));
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
  });

  it("shows the code with its line numbers, not a character of it lost", () => {
    const lines = card();
    const from = lines.indexOf("代码") + 1;
    const shown = lines.slice(from, lines.indexOf("", from));
    expect(shown.map((line) => line.slice(0, 5))).toEqual(["  1  ", "  2  ", "     ", "     ", "  3  "]);
    expect(
      shown
        .slice(1, -1)
        .map((line) => line.slice(5))
        .join(""),
    ).toBe(LINE);
  });

  it("names accounts, tells until when it stands, in the zone of the reader, and that the rehearsal asked no cloud", () => {
    const english = card({ language: "en" }).join("\n");
    expect(english).toContain("  main (111122223333): ap-northeast-1, ap-southeast-1");
    expect(english).toContain("until 2026-01-01 09:00 (Asia/Shanghai), 1 h left");
    expect(english).toContain("with made-up replies; no cloud was asked\n  ✔ typed samples: 1 call, 2 rows\n");
    const chinese = card().join("\n");
    expect(chinese).toContain("有效期至 2026-01-01 09:00 (Asia/Shanghai)，还剩 1 小时");
    expect(chinese).toContain("使用虚构的返回结果，未访问云\n  ✔ 典型结果：1 次调用，2 行\n");
  });

  test.each([
    [{}, 0, "需要批准", "Approval needed"],
    [{}, 3_600_000, "已过期", "Expired"],
    [{ status: "approved", decidedBy: { via: "local", id: "grace" } }, 0, "✔ 已由 grace 批准", "✔ Approved by grace"],
    [
      { status: "rejected", decidedBy: { via: "local", id: "grace" }, comment: "no" },
      0,
      "✖ 已由 grace 拒绝（no）",
      "✖ Rejected by grace (no)",
    ],
  ] as const)("says what became of it: %j after %d ms", (changes, afterMs, chinese, english) => {
    const nowMs = sample.createdMs + afterMs;
    expect(card(changes, { nowMs })[0]).toBe(`${chinese}  ap_1`);
    expect(card({ ...changes, language: "en" }, { nowMs })[0]).toBe(`${english}  ap_1`);
  });
});

test("a list of what waits says who asks, what is called and how long it stands, in hours and minutes", () => {
  const nowMs = sample.expiresMs - 86_340_000;
  const operation = { operation: { id: "aws.logs.DescribeMetricFilters" } } as Approval["subject"]["program"]["operations"][number];
  const { subject } = sample;
  const waiting = approval({ subject: { ...subject, emulated: true, program: { ...subject.program, operations: [operation] } } });
  expect(pendingLines(waiting, { language: "en", nowMs })).toEqual([
    "ap_1",
    "  有哪些指标筛选器？",
    "  asked by ada (local) · 23 h 59 min left · emulated · aws.logs.DescribeMetricFilters",
  ]);
  expect(pendingLines(waiting, { language: "zh", nowMs: sample.expiresMs - 1 })[2]).toBe(
    "  提问者 ada (local) · 还剩 1 分钟 · 模拟 · aws.logs.DescribeMetricFilters",
  );
});

test("a folded line breaks behind a blank near its end, else where it is full", () => {
  expect(foldText("aaaa bbb cc", 7)).toEqual(["aaaa ", "bbb cc"]);
  expect(foldText("aaaa bbbb cc", 9)).toEqual(["aaaa bbbb", " cc"]);
  expect(foldText("a bbbbbbbbbb", 8)).toEqual(["a bbbbbb", "bbbb"]);
  expect(foldText("云盘云盘云", 5)).toEqual(["云盘", "云盘", "云"]);
});
