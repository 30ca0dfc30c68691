import { describe, expect, it } from "vitest";
import { type DocumentContext, documentLines } from "../../src/cli/render/document.ts";
import { createStyle } from "../../src/cli/render/style.ts";
import { answered, receipt, scope } from "./document-samples.ts";

const context: DocumentContext = {
  language: "zh",
  timezone: "Asia/Shanghai",
  style: createStyle({ terminal: false, env: {} }),
  width: null,
  rowLinks: false,
};
const english: DocumentContext = { ...context, language: "en" };

describe("a finished run", () => {
  it("reads: sentence, table, receipt, window, cost, run", () => {
    const document = answered([["aws", "111122223333", "eu-west-1", "i-1", "订单-服务-012", 91.26]]);
    expect(documentLines(document, context)).toEqual([
      "共 1 台服务器。",
      "",
      "云   账号          区域       ID   名称           CPU 使用率 (%)",
      "aws  111122223333  eu-west-1  i-1  订单-服务-012            91.3",
      "",
      "收据  ✔ 完整",
      "  ✔ aws 111122223333 compute · us-east-1  列出 12 · 查询 12 · 有结果 12",
      "  时间窗  2026-11-22 17:05–17:10 (Asia/Shanghai) · 平均 · 数据点间隔 5 分钟",
      "  用量  云 API 调用 3（DescribeInstances 2、GetMetricData 1） · 未用模型 · 1.2 秒",
      "  运行  run_1",
    ]);
  });

  it("says the warning first, and that the clouds are emulated before all else", () => {
    const base = answered([], { emulated: true, text: "Nothing matched." });
    const document = { ...base, language: "en" as const, answer: { ...base.answer!, warnings: ["eu-west-1 was refused."] } };
    expect(documentLines(document, english).slice(0, 4)).toEqual([
      "EMULATED: this is data of emulated clouds, not of real ones.",
      "",
      "⚠ eu-west-1 was refused.",
      "Nothing matched.",
    ]);
  });

  it("does not say a warning twice that the sentence begins with", () => {
    const base = answered([], { text: "不完整：eu-west-1。\n没有匹配。" });
    const document = { ...base, answer: { ...base.answer!, warnings: ["不完整：eu-west-1。"] } };
    expect(documentLines(document, context).slice(0, 2)).toEqual(["⚠ 不完整：eu-west-1。", "没有匹配。"]);
  });

  it("shows no table without rows, and the receipt all the same", () => {
    const lines = documentLines(answered([], { text: "没有匹配的服务器。" }), context);
    expect(lines.slice(0, 3)).toEqual(["没有匹配的服务器。", "", "收据  ✔ 完整"]);
  });

  it("shows the console and the native query of each row on request", () => {
    const base = answered([["aws", "1", "eu-west-1", "i-1", "a\x1b[2J", 1]]);
    const links = [{ console: "https://console.example/i-1", query: "aws cloudwatch get-metric-data \\\n  --x" }];
    const document = { ...base, answer: { ...base.answer!, table: { ...base.answer!.table!, links } } };
    const lines = documentLines(document, { ...context, rowLinks: true });
    expect(lines.slice(5, 10)).toEqual([
      "a␛[2J  i-1",
      "  控制台  https://console.example/i-1",
      "  查询  aws cloudwatch get-metric-data \\",
      "      --x",
      "",
    ]);
  });

  it("opens the console from the id in terminals that know links, without widening the table", () => {
    const style = createStyle({ terminal: true, env: { TERM_PROGRAM: "WezTerm", NO_COLOR: "1" } });
    const base = answered([["aws", "1", "eu-west-1", "i-1", "web", 1]]);
    const links = [{ console: "https://console.example/i-1", query: null }];
    const document = { ...base, answer: { ...base.answer!, table: { ...base.answer!.table!, links } } };
    const [, , , row] = documentLines(document, { ...context, style, width: 120 });
    expect(row).toBe("aws  1     eu-west-1  \x1b]8;;https://console.example/i-1\x1b\\i-1\x1b]8;;\x1b\\  web              1.0");
  });

  it("tells an error with its hint, and the receipt of what had been looked at", () => {
    const document = answered([], {
      status: "failed",
      answer: null,
      receipt: receipt([scope({ answered: 10, failed: 2, reasons: [{ code: "x", message: "boom", count: 2 }] })], [], false),
      error: { code: "RUN_INTERRUPTED", message: "The run was interrupted.", hint: "Go on with: nephoscope resume run_1" },
    });
    expect(documentLines(document, english).slice(0, 5)).toEqual([
      "✖ The run was interrupted.",
      "  Go on with: nephoscope resume run_1",
      "",
      "Receipt  ⚠ incomplete",
      "  ▲ aws 111122223333 compute · us-east-1  12 listed · 12 queried · 10 answered · 2 failed (boom ×2)",
    ]);
  });
});

describe("the receipt", () => {
  const lines = (...scopes: Parameters<typeof receipt>[0]) =>
    documentLines(answered([], { receipt: receipt(scopes, ["ap-east-1 is not enabled."], false) }), english).slice(2, -3);

  it("has problems first, one line per account where all went well, totals and notes", () => {
    expect(
      lines(
        scope({ region: "us-east-1", answered: 9, noData: 3, reasons: [{ code: "stopped", message: "stopped", count: 3 }] }),
        scope({
          region: "eu-west-1",
          listing: "failed",
          listed: 0,
          queried: 1,
          answered: 0,
          denied: 1,
          reasons: [{ code: "d", message: "no permission", count: 1 }],
        }),
        scope({ region: "us-west-2" }),
        scope({ account: "444455556666" }),
        scope({ region: "eu-central-1", listing: "partial" }),
        scope({ region: "ap-south-1", truncated: 4 }),
      ),
    ).toEqual([
      "Receipt  ⚠ incomplete",
      "  ✖ aws 111122223333 compute · eu-west-1  could not be listed (no permission)",
      "  ▲ aws 111122223333 compute · eu-central-1  listed only in part · 12 listed · 12 queried · 12 answered",
      "  ▲ aws 111122223333 compute · ap-south-1  12 listed · 12 queried · 12 answered · 4 cut off",
      "  ✔ aws 111122223333 compute · us-east-1, us-west-2  24 listed · 24 queried · 21 answered · 3 no data (stopped ×3)",
      "  ✔ aws 444455556666 compute · us-east-1  12 listed · 12 queried · 12 answered",
      "  Total  60 listed · 61 queried · 57 answered · 3 no data · 1 denied · 4 cut off",
      "  Note  ap-east-1 is not enabled.",
    ]);
  });

  it("puts regions that failed alike on one line, and does not list dozens of them", () => {
    const failed = {
      listing: "failed",
      listed: 0,
      queried: 1,
      answered: 0,
      failed: 1,
      reasons: [{ code: "d", message: "timeout", count: 1 }],
    } as const;
    const regions = ["a-1", "a-2", "a-3", "a-4", "a-5", "a-6", "a-7", "a-8"];
    expect(lines(...regions.map((region) => scope({ region, ...failed })))[1]).toBe(
      "  ✖ aws 111122223333 compute · a-1, a-2, a-3, a-4, a-5, a-6 +2  could not be listed (timeout ×8)",
    );
  });
});
