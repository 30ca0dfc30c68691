import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { csvText } from "../../src/presentation/index.ts";

/** Fields as spreadsheets read them after RFC 4180. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.slice(0, -1);
}

const cell = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc
    .array(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", '"', ",", ";", "'", "a", "1", "服"), {
      maxLength: 6,
    })
    .map((all) => all.join("")),
);

test("no text in a file is a formula to a spreadsheet, numbers stay numbers, and nothing is lost", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
      const columns = [
        { name: "name", type: "string" },
        { name: "value", type: "string" },
      ] as const;
      const fields = parsed(csvText({ columns, rows, links: [] }));
      expect(fields).toHaveLength(rows.length + 1);
      rows.flat().forEach((given, index) => {
        const field = fields[1 + Math.floor(index / 2)]?.[index % 2] ?? "?";
        if (given === null) expect(field).toBe("");
        else if (typeof given === "number") expect(Number(field)).toBe(given + 0);
        else if (typeof given === "boolean") expect(field).toBe(String(given));
        else {
          expect(["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]).not.toContain(field[0]);
          expect([given, `'${given}`]).toContain(field);
        }
      });
    }),
  );
});

test("a semicolon separates nothing, wherever the file is opened", () => {
  expect(csvText({ columns: [{ name: "a", type: "string" }], rows: [["x;=1+1"]], links: [] })).toBe('a\r\n"x;=1+1"\r\n');
});

describe("a CSV file", () => {
  it("quotes after RFC 4180, keeps numbers whole and disarms formulas", () => {
    const text = csvText({
      columns: [
        { name: "name", type: "string" },
        { name: "cpu.utilization", type: "number", unit: "percent" },
      ],
      rows: [
        ['say "hi", 你好\nthere', 91.26123],
        ["=HYPERLINK(1)", -1.5],
        ["+1", null],
        ["-x", 0],
        ["@sum", 1e21],
        ["\t=1", 1],
      ],
      links: [],
    });
    expect(text.split("\r\n")).toEqual([
      "name,cpu.utilization (percent)",
      '"say ""hi"", 你好\nthere",91.26123',
      "'=HYPERLINK(1),-1.5",
      "'+1,",
      "'-x,0",
      "'@sum,1e+21",
      "'\t=1,1",
      "",
    ]);
    expect(text.startsWith("\ufeff")).toBe(false);
  });

  it("is only a header where there are no rows", () => {
    expect(csvText({ columns: [{ name: "a", type: "string" }], rows: [], links: [] })).toBe("a\r\n");
  });
});
