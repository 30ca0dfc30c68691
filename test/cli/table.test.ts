import fc from "fast-check";
import type { AnswerSeries, AnswerTable, Cell, Column } from "nephoscope";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { createStyle } from "../../src/cli/render/style.ts";
import { type TableContext, tableLines } from "../../src/cli/render/table.ts";
import { COLUMNS } from "./document-samples.ts";

const plain = createStyle({ terminal: false, env: {} });
const piped: TableContext = { language: "zh", timezone: "Asia/Shanghai", style: plain, width: null };

function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): AnswerTable {
  return { columns, rows, links: rows.map(() => null) };
}

function server(name: string, cpu: number | null, region = "eu-west-1"): Cell[] {
  return ["aws", "111122223333", region, "i-0123456789abcdef0", name, cpu];
}

describe("a table", () => {
  it("aligns Chinese, emoji and Latin names, with numbers to the right", () => {
    const columns: Column[] = [
      { name: "name", type: "string" },
      { name: "cpu.utilization", type: "number", unit: "percent" },
    ];
    const rows = [
      ["订单-服务-012", 91.26],
      ["checkout-web-003", 100],
      ["👨‍👩‍👧 family", 8.04],
    ];
    expect(tableLines(table(columns, rows), [], piped)).toEqual([
      "名称              CPU 使用率 (%)",
      "订单-服务-012               91.3",
      "checkout-web-003           100.0",
      "👨‍👩‍👧 family                    8.0",
    ]);
  });

  it("writes bytes with a unit of their own size, missing values as a dash, times in the zone", () => {
    const columns: Column[] = [
      { name: "time", type: "time" },
      { name: "network.in.bytes", type: "number", unit: "bytes/second" },
      { name: "healthy", type: "boolean" },
    ];
    const rows = [
      ["2026-11-22T16:30:00Z", 1_234_567, true],
      [null, null, null],
    ];
    expect(tableLines(table(columns, rows), [], { ...piped, language: "en" })).toEqual([
      "time (Asia/Shanghai)  network in  healthy",
      "2026-11-23 00:30:00     1.2 MB/s  yes    ",
      "–                              –  –      ",
    ]);
  });

  it("calls accounts as people do, and cuts ids that are paths before their own end", () => {
    const id =
      "/subscriptions/3f9d2b10-6c1e-4a55-8f01-00000000a001/resourceGroups/rg-checkout/providers/Microsoft.Compute/virtualMachines/web-003";
    const columns = COLUMNS.slice(0, 5);
    const rows = [
      ["azure", "3f9d2b10-6c1e-4a55-8f01-00000000a001", "eastus", id, "web-003"],
      ["aws", "111122223333", "us-east-1", "i-0123456789abcdef0", "web-004"],
    ];
    const accountNames = { "3f9d2b10-6c1e-4a55-8f01-00000000a001": "main" };
    expect(tableLines(table(columns, rows), [], { ...piped, language: "en", width: 72, accountNames })).toEqual([
      "cloud  account       region     id                         name   ",
      "azure  main          eastus     …/virtualMachines/web-003  web-003",
      "aws    111122223333  us-east-1  i-0123456789abcdef0        web-004",
      "Ids that begin with …/ are cut: --csv or --json give them whole",
    ]);
  });

  it("tells accounts of one name apart where their clouds are not shown", () => {
    const columns: Column[] = [
      { name: "account", type: "string" },
      { name: "count", type: "number", unit: "count" },
    ];
    const rows = [
      ["111122223333", 5],
      ["nimbus-main-417203", 7],
      ["2100067890", 9],
    ];
    const accountNames = { "111122223333": "main", "nimbus-main-417203": "main", "2100067890": "payments" };
    expect(tableLines(table(columns, rows), [], { ...piped, language: "en", accountNames })).toEqual([
      "account                    count",
      "main (111122223333)            5",
      "main (nimbus-main-417203)      7",
      "payments                       9",
    ]);
    const [first] = rows;
    expect(tableLines(table(columns, [first!]), [], { ...piped, language: "en", accountNames }).at(-1)).toMatch(
      /^main \(111122223333\) +5$/,
    );
  });

  it("shows names that try to write to the terminal as what they are", () => {
    const evil = "a\x1b[2J\x1b]8;;http://evil\x07b\u202ecod\x9b31m\nnext";
    const [, line = ""] = tableLines(table([{ name: "name", type: "string" }], [[evil]]), [], piped);
    expect(line).toBe("a␛[2J␛]8;;http://evil␇b�cod�31m␊next");
  });

  it("draws a sparkline beside a metric that has points over time", () => {
    const series: AnswerSeries[] = [
      {
        row: 0,
        column: "cpu.utilization",
        unit: "percent",
        points: [
          [0, 0],
          [1, 50],
          [2, 100],
        ],
      },
      { row: 1, column: "cpu.utilization", unit: "percent", points: [[0, 12]] },
    ];
    const lines = tableLines(
      table(COLUMNS.slice(4), [
        ["a", 50],
        ["b", 12],
      ]),
      series,
      piped,
    );
    expect(lines).toEqual(["名称  CPU 使用率 (%)     ", "a               50.0  ▁▅█", "b               12.0     "]);
  });

  it("says once what is the same in every row before it leaves anything out", () => {
    const rows = [server("订单-服务-012", 91.3, "ap-southeast-1"), server("checkout-web-003", 88.8)];
    expect(tableLines(table(COLUMNS, rows), [], { ...piped, width: 72 })).toEqual([
      "区域            ID                   名称              CPU 使用率 (%)",
      "ap-southeast-1  i-0123456789abcdef0  订单-服务-012               91.3",
      "eu-west-1       i-0123456789abcdef0  checkout-web-003            88.8",
      "每行相同：云 aws · 账号 111122223333",
    ]);
  });

  it("does not tell that sparklines are alike: they have no title", () => {
    const points: [number, number][] = [
      [0, 100],
      [1, 100],
    ];
    const series = [0, 1].map((row): AnswerSeries => ({ row, column: "cpu.utilization", unit: "percent", points }));
    const rows = [server("订单-服务-012", 100, "ap-southeast-1"), server("checkout-web-003", 99.9)];
    expect(tableLines(table(COLUMNS, rows), series, { ...piped, width: 60 }).join("\n")).not.toContain("·  ");
  });

  it("shows 50 rows on a terminal, says how many more there are and how to get them", () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => server(`web-${index}`, index / 100));
    const lines = tableLines(table(COLUMNS, rows), [], { ...piped, width: 120 });
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe("以上为前 50 行，还有 9,950 行：--csv 文件 或 --json 给出全部");
    expect(tableLines(table(COLUMNS, rows), [], { ...piped, width: 120, language: "en" }).at(-1)).toBe(
      "First 50 rows; 9,950 more: --csv FILE or --json give all",
    );
  });

  it("shows all rows where there is no terminal", () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => server(`web-${index}`, index / 100));
    expect(tableLines(table(COLUMNS, rows), [], piped)).toHaveLength(10_001);
  });

  it("leaves the least important columns out where there is no room, and names them", () => {
    const rows = [server("checkout-web-003", 88.8), ["aws", "444455556666", "us-east-1", "i-0fedcba9876543210", "search-db-017", 91.1]];
    expect(tableLines(table(COLUMNS, rows), [], { ...piped, width: 40, language: "en" })).toEqual([
      "region     name              CPU (%)",
      "eu-west-1  checkout-web-003     88.8",
      "us-east-1  search-db-017        91.1",
      "Same in every row: cloud aws",
      "No room for: account, id (--csv or --json give all)",
    ]);
  });

  it("cuts long texts before it leaves columns out", () => {
    const columns: Column[] = [
      { name: "region", type: "string" },
      { name: "message", type: "string" },
    ];
    const rows = [
      ["eu-west-1", "支付失败：".repeat(20)],
      ["us-east-1", "ok"],
    ];
    expect(tableLines(table(columns, rows), [], { ...piped, width: 50 })).toEqual([
      "区域       内容                                   ",
      "eu-west-1  支付失败：支付失败：支付失败：支付失败…",
      "us-east-1  ok                                     ",
    ]);
  });

  it("keeps every line as wide as the others and no wider than the terminal, whatever the cells", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom("订单-服务-012", "שרת ראשי", "خادم", "👩🏽‍🚀🚀", "e\u0301e\u0301", "\x1b[31mred\x1b[0m", "a\nb", ""),
    );
    const cells = fc.tuple(text, text, text, text, text, fc.option(fc.double({ noNaN: true, min: -1e12, max: 1e12 })));
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 8 }), fc.integer({ min: 20, max: 140 }), (rows, width) => {
        const lines = tableLines(table(COLUMNS, rows), [], { ...piped, width });
        const grid = lines.slice(0, rows.length + 1).map((line) => stringWidth(line));
        expect(new Set(grid).size).toBe(1);
        expect(grid[0]).toBeLessThanOrEqual(width);
      }),
    );
  });
});
