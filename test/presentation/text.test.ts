import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
