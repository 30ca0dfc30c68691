import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparkline } from "../../src/cli/render/sparkline.ts";
import { createStyle } from "../../src/cli/render/style.ts";
import { csvText } from "../../src/presentation/csv.ts";
import { padText, shortenText, textWidth } from "../../src/presentation/text-width.ts";
import { visibleJson, visibleLines, visibleText } from "../../src/presentation/visible-text.ts";

/** Every character a cloud could send, the unusual ones often. */
const anyText = fc
  .array(fc.oneof(fc.nat({ max: 0xff }), fc.integer({ min: 0x2000, max: 0x2070 }), fc.integer({ min: 0x4e00, max: 0x9fff })))
  .map((codes) => String.fromCodePoint(...codes));

describe("text from clouds", () => {
  it("never leaves a control character for the terminal", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those must be gone
        expect(visibleText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  it("keeps line breaks where lines are meant", () => {
    expect(visibleLines("one\r\ntwo\x07")).toBe("one\ntwo␇");
  });

  it("means the same as JSON after unseen characters were escaped", () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        const json = visibleJson(JSON.stringify([value, text], undefined, 2));
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify([value, text])));
        expect(json).not.toMatch(/[\u007f-\u009f\u202a-\u202e]/);
      }),
    );
  });
});

describe("cutting and padding", () => {
  it("counts what a terminal shows", () => {
    expect(["abc", "服务器", "👩🏽‍🚀", "e\u0301", ""].map(textWidth)).toEqual([3, 6, 2, 1, 0]);
  });

  it("cuts between whole characters", () => {
    expect(shortenText("订单服务器", 7)).toBe("订单服…");
    expect(shortenText("订单服务器", 6)).toBe("订单…");
    expect(shortenText("👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀", 5)).toBe("👩🏽‍🚀👩🏽‍🚀…");
    expect(shortenText("web", 3)).toBe("web");
  });

  it("never exceeds the width, and pads to exactly it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const short = shortenText(visibleText(text), width);
        expect(textWidth(short)).toBeLessThanOrEqual(width);
        expect(textWidth(padText(short, width, "left"))).toBe(width);
        expect(textWidth(padText(short, width, "right"))).toBe(width);
      }),
    );
  });
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

describe("a sparkline", () => {
  it("draws percentages from 0 to 100 and everything else from 0 to the maximum", () => {
    expect(
      sparkline(
        [
          [0, 0],
          [1, 100],
        ],
        { width: 12, unit: "percent", maximum: 100 },
      ),
    ).toBe("▁█");
    expect(
      sparkline(
        [
          [0, 1],
          [1, 2],
        ],
        { width: 12, unit: "percent", maximum: 2 },
      ),
    ).toBe("▁▁");
    expect(
      sparkline(
        [
          [0, 1],
          [1, 2],
        ],
        { width: 12, unit: "bytes", maximum: 2 },
      ),
    ).toBe("▅█");
    expect(
      sparkline(
        [
          [0, 0],
          [1, 0],
        ],
        { width: 12, unit: "bytes", maximum: 0 },
      ),
    ).toBe("▁▁");
  });

  it("condenses many points without leaving any out", () => {
    const points = Array.from({ length: 60 }, (_, index) => [index, index] as const);
    expect(sparkline(points, { width: 6, unit: null, maximum: 59 })).toBe("▁▂▄▅▇█");
  });
});

describe("marks", () => {
  it("appear on a terminal only, and no colours with NO_COLOR", () => {
    expect(createStyle({ terminal: true, env: {} }).red("x")).toBe("\x1b[31mx\x1b[39m");
    for (const style of [
      createStyle({ terminal: false, env: {} }),
      createStyle({ terminal: true, env: { NO_COLOR: "1" } }),
      createStyle({ terminal: true, env: { TERM: "dumb" } }),
    ]) {
      expect(style.bold(style.red("x"))).toBe("x");
      expect(style.link("x", "https://example.com")).toBe("x");
    }
  });

  it("link only to web addresses without control characters", () => {
    const style = createStyle({ terminal: true, env: { TERM: "xterm-kitty" } });
    expect(style.link("x", "https://example.com/?a=b")).toContain("\x1b]8;;https://example.com/?a=b\x1b\\x");
    for (const url of ["javascript:alert(1)", "https://a\x1b\\b", "file:///etc/passwd"]) expect(style.link("x", url)).toBe("x");
  });
});
