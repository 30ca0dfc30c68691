import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ToolInput } from "../../src/contracts/index.ts";
import { planByGrammar } from "../../src/language/index.ts";
import { FACTS } from "./facts.ts";
import { notationOf } from "./notation.ts";

type Condition = NonNullable<ToolInput<"table.filter">["all"]>[number];

function conditionOf(question: string): Condition {
  const result = planByGrammar(question, FACTS);
  const filter = result.status === "planned" ? result.planned.steps.find((step) => step.tool === "table.filter") : undefined;
  const condition = filter?.tool === "table.filter" ? filter.input.all?.[0] : undefined;
  if (condition === undefined) throw new Error(`${question}: ${notationOf(result)}`);
  return condition;
}

const COMPARATORS: readonly (readonly [string, Condition["operator"]])[] = [
  [">", "gt"],
  ["over", "gt"],
  ["is above", "gt"],
  ["more than", "gt"],
  ["exceeding", "gt"],
  ["超过", "gt"],
  ["高于", "gt"],
  ["大于", "gt"],
  [">=", "gte"],
  ["≥", "gte"],
  ["at least", "gte"],
  ["不低于", "gte"],
  ["<", "lt"],
  ["below", "lt"],
  ["less than", "lt"],
  ["低于", "lt"],
  ["不到", "lt"],
  ["<=", "lte"],
  ["at most", "lte"],
  ["not above", "lte"],
  ["is not over", "lte"],
  ["不超过", "lte"],
  ["没有超过", "lte"],
  ["=", "eq"],
  ["等于", "eq"],
];

const BYTES: readonly (readonly [string, number])[] = [
  ["B", 1],
  ["bytes", 1],
  ["KB", 1e3],
  ["kb", 1e3],
  ["MB", 1e6],
  ["megabytes", 1e6],
  ["MiB", 2 ** 20],
  ["GB", 1e9],
  ["gb", 1e9],
  ["GiB", 2 ** 30],
  ["TB", 1e12],
  ["兆字节", 1e6],
];

const RATES: readonly (readonly [string, number])[] = [
  ["B/s", 1],
  ["KB/s", 1e3],
  ["MB/s", 1e6],
  ["mb/s", 1e6],
  ["MB per second", 1e6],
  ["MBps", 1e6],
  ["MiB/s", 2 ** 20],
  ["GB/s", 1e9],
  ["bps", 1 / 8],
  ["kbps", 1e3 / 8],
  ["Mbps", 1e6 / 8],
  ["mbps", 1e6 / 8],
  ["Mb/s", 1e6 / 8],
  ["Gbps", 1e9 / 8],
  ["megabits per second", 1e6 / 8],
];

const number = fc.oneof(
  fc.integer({ min: 1, max: 999 }),
  fc.integer({ min: 10, max: 9999 }).map((tenths) => tenths / 10 + 1),
);
const space = fc.constantFrom("", " ");

describe("thresholds", () => {
  it("read any number with any comparator as a percentage", () => {
    fc.assert(
      fc.property(
        number,
        fc.constantFrom(...COMPARATORS),
        fc.constantFrom("%", " %", " percent", " pct", ""),
        (value, [comparator, operator], unit) => {
          expect(conditionOf(`servers with cpu ${comparator} ${value}${unit}`)).toEqual({
            column: "cpu.utilization",
            operator,
            value,
            unit: "percent",
          });
        },
      ),
    );
  });

  it("bring every spelling of bytes into bytes", () => {
    fc.assert(
      fc.property(number, space, fc.constantFrom(...BYTES), (value, gap, [unit, factor]) => {
        const condition = conditionOf(`databases with free memory below ${value}${gap}${unit}`);
        expect(condition).toMatchObject({ column: "memory.free.bytes", operator: "lt", unit: "bytes" });
        expect(condition.value).toBeCloseTo(value * factor, 3);
      }),
    );
  });

  it("bring every spelling of rates into bytes per second, bits apart from bytes", () => {
    fc.assert(
      fc.property(number, space, fc.constantFrom(...RATES), (value, gap, [unit, factor]) => {
        const condition = conditionOf(`出流量超过 ${value}${gap}${unit} 的服务器`);
        expect(condition).toMatchObject({ column: "network.out.bytes", operator: "gt", unit: "bytes/second" });
        expect(condition.value).toBeCloseTo(value * factor, 3);
      }),
    );
  });

  it("ask back for a number of bytes without a unit, whatever the number", () => {
    fc.assert(
      fc.property(number, fc.constantFrom("network in over", "入流量超过", "free memory below", "磁盘剩余空间低于"), (value, words) => {
        expect(notationOf(planByGrammar(`${words} ${value}`, FACTS))).toBe("!UNIT_MISSING");
      }),
    );
  });

  it("refuse a unit that measures something else", () => {
    for (const question of [
      "cpu over 80 MB",
      "free memory below 20%",
      "network in over 5 GB",
      "connections over 20 ms",
      "延迟超过 80% 的负载均衡",
    ]) {
      expect(notationOf(planByGrammar(question, FACTS)), question).toBe("!UNIT_MISMATCH");
    }
  });

  it.each([
    ["CPU 超过八成", 80],
    ["CPU 超过八成五", 85],
    ["CPU 超过百分之八十", 80],
    ["CPU 超过百分之 80", 80],
    ["CPU 过半", 50],
    ["CPU 超过一半", 50],
    ["cpu over half", 50],
    ["CPU 超过三分", undefined],
    ["cpu over eighty percent", 80],
    ["cpu over twenty-five percent", 25],
    ["CPU 超过 80%", 80],
  ] as const)("read %s as %s percent", (words, value) => {
    if (value === undefined) expect(notationOf(planByGrammar(`${words}的服务器`, FACTS))).toMatch(/^[?!]/);
    else expect(conditionOf(`${words}${/[a-z]$/.test(words) ? " servers" : "的服务器"}`)).toMatchObject({ value, unit: "percent" });
  });

  it.each([
    ["1,000", 1000],
    ["1.5k", 1500],
    ["一百二", 120],
    ["三千五", 3500],
    ["一百零二", 102],
    ["两百", 200],
    ["1.2万", 12_000],
    ["十五", 15],
    ["two hundred", 200],
    ["one thousand", 1000],
  ] as const)("read the count %s as %d", (words, value) => {
    expect(conditionOf(`databases with connections over ${words}`)).toMatchObject({ value, unit: "count" });
  });

  it("read both bounds of a range, in the unit of either", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 49 }), fc.integer({ min: 50, max: 99 }), (low, high) => {
        for (const words of [
          `cpu between ${low} and ${high} percent`,
          `cpu between ${low}% and ${high}%`,
          `CPU 在 ${low}% 到 ${high}% 之间`,
          `CPU ${low}%-${high}%`,
        ]) {
          expect(conditionOf(words)).toEqual({ column: "cpu.utilization", operator: "between", values: [low, high], unit: "percent" });
        }
        expect(conditionOf(`cpu not between ${low}% and ${high}%`)).toMatchObject({ operator: "outside", values: [low, high] });
        expect(notationOf(planByGrammar(`cpu between ${high}% and ${low}%`, FACTS))).toBe("!QUESTION_CONTRADICTORY");
      }),
    );
  });

  it("refuse what no value fulfils, and only that", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (low, high) => {
        const refused = notationOf(planByGrammar(`cpu > ${low}% and cpu < ${high}%`, FACTS)) === "!QUESTION_CONTRADICTORY";
        expect(refused).toBe(low >= high);
      }),
    );
  });
});
