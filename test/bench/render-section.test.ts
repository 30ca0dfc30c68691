import { expect, it } from "vitest";
import { parseBenchOptions } from "../../bench/bench-options.ts";
import { median } from "../../bench/median.ts";
import { renderSection } from "../../bench/render-section.ts";

it("writes columns with units and what is better, and remarks at the end", () => {
  const text = renderSection({
    title: "Walks",
    about: ["Around the block."],
    columns: [
      { key: "who", title: "who" },
      { key: "wall", title: "wall", unit: "ms", better: "less", digits: 1 },
    ],
    rows: [{ values: { who: "ann", wall: 1234.56 } }, { values: { who: "benjamin", wall: null }, remark: "skipped" }],
    notes: ["Rain."],
  });
  expect(text.split("\n")).toEqual([
    "== Walks ==",
    "Around the block.",
    "",
    "who          wall",
    "               ms",
    "           less ↓",
    "--------  -------",
    "ann       1,234.6",
    "benjamin        -  skipped",
    "",
    "Rain.",
  ]);
});

it("takes the middle of an odd number of values, and between the middle two of an even one", () => {
  expect(median([30, 10, 20])).toBe(20);
  expect(median([40, 10, 30, 20])).toBe(25);
  expect(() => median([])).toThrow(RangeError);
});

it("measures what is asked for, and names what there is", () => {
  expect(parseBenchOptions(["--only", "cold,executor", "--quick"])).toEqual({
    sections: ["executor", "cold"],
    quick: true,
    json: false,
    built: false,
  });
  expect(parseBenchOptions([]).sections).toEqual(["fleet", "clouds", "executor", "cold", "sandbox", "code"]);
  expect(() => parseBenchOptions(["--only", "fleets"])).toThrow("there is no fleets");
});
