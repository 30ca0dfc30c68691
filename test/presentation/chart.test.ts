import type { AnswerSeries } from "nephoscope";
import { describe, expect, it } from "vitest";
import { chartPng } from "../../src/presentation/chart.ts";
import { chartData } from "../../src/presentation/chart-data.ts";
import { answered, receipt, scope } from "../cli/document-samples.ts";

const context = { language: "zh", timezone: "Asia/Shanghai" } as const;

function rows(count: number) {
  return Array.from({ length: count }, (_, index) => ["aws", "1", "eu-west-1", `i-${index}`, `订单-服务-${index}`, 50 + index]);
}

function series(count: number, points: number): AnswerSeries[] {
  return Array.from({ length: count }, (_, row) => ({
    row,
    column: "cpu.utilization",
    unit: "percent",
    points: Array.from({ length: points }, (_, index) => [index * 60_000, 50 + index] as const),
  }));
}

describe("a chart", () => {
  it("draws at most twelve lines over time and says how many more there are", () => {
    const data = chartData(answered(rows(20), { series: series(20, 5) }), context);
    expect(data).toMatchObject({
      type: "line",
      title: "列出 CPU > 80% 的服务器",
      subtitle: "平均 · 2026-11-22 17:05–17:10 (Asia/Shanghai) · 图中 12 个，另有 8 个未画出",
      valueTitle: "CPU 使用率 (%)",
    });
    expect(data?.type === "line" && data.lines.map(({ label }) => label).slice(0, 2)).toEqual(["订单-服务-0", "订单-服务-1"]);
    expect(data?.type === "line" && data.lines).toHaveLength(12);
  });

  it("draws bars of single values where there are no points over time", () => {
    const data = chartData(answered(rows(3), { series: series(3, 1) }), context);
    expect(data).toMatchObject({ type: "bar", bars: [{ label: "订单-服务-0", value: 50 }, { value: 51 }, { value: 52 }] });
  });

  it("says in the picture that the answer is incomplete or emulated", () => {
    const document = answered(rows(2), { emulated: true, receipt: receipt([scope({ denied: 1 })], [], false) });
    expect(chartData(document, context)?.subtitle).toContain("不完整 · 模拟数据");
  });

  it("tells resources of one name apart", () => {
    const same = [
      ["aws", "1", "eu-west-1", "i-1", "web", 1],
      ["aws", "1", "us-east-1", "i-2", "web", 2],
    ];
    const data = chartData(answered(same), context);
    expect(data?.type === "bar" && data.bars.map(({ label }) => label)).toEqual(["web eu-west-1", "web us-east-1"]);
  });

  it("labels what has no name with its id", () => {
    const nameless = ["aws", "1", "eu-west-1", "vol-1", null, 5];
    const data = chartData(answered([nameless, ["aws", "1", "eu-west-1", "vol-2", "data", 6]]), context);
    expect(data?.type === "bar" ? data.bars.map(({ label }) => label) : data).toEqual(["vol-1", "data"]);
  });

  it("labels groups by what they are grouped by, and leaves missing values out", () => {
    const columns = [
      { name: "region", type: "string" },
      { name: "average(cpu.utilization)", type: "number", unit: "percent" },
    ] as const;
    const data = chartData(
      answered(
        [
          ["eu-west-1", 40],
          ["us-east-1", null],
        ],
        { columns },
      ),
      context,
    );
    expect(data?.type === "bar" && data.bars).toEqual([{ label: "eu-west-1", value: 40 }]);
  });

  it("is nothing where there are no numbers", async () => {
    const columns = [{ name: "name", type: "string" }] as const;
    expect(chartData(answered([["web"]], { columns }), context)).toBeUndefined();
    await expect(chartPng(answered([["web"]], { columns }), context)).rejects.toThrow("The answer has no numbers to draw.");
  });

  it("becomes a PNG of 1600 × 900 for lines and for bars", async () => {
    for (const document of [answered(rows(14), { series: series(14, 60) }), answered(rows(40))]) {
      const png = Buffer.from(await chartPng(document, context));
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 900]);
    }
  });
});
