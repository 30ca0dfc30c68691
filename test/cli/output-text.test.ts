import { describe, expect, it } from "vitest";
import { sparkline } from "../../src/cli/render/sparkline.ts";
import { createStyle } from "../../src/cli/render/style.ts";

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
