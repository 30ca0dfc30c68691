import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../src/emulator/azure/kql/evaluate.ts";
import { ask, NOW_MS, printed, WORLD } from "./sample-tables.ts";

const names = (query: string) => ask(`${query} | project Name`).rows.map(([name]) => name);

describe("string operators", () => {
  // "String operators" of the language's reference: which look at case, and that has looks for whole terms.
  it.each([
    ["'Web-3 down' has 'DOWN'", true],
    ["'Web-3 down' has 'dow'", false],
    ["'Web-3 down' contains 'dow'", true],
    ["'Web-3 down' has_cs 'Down'", false],
    ["'Web-3 down' has 'web-3'", true],
    ["'Web-3 down' has '3 d'", false],
    ["'已创建订单' has '订单'", false],
    ["'已创建订单' contains '订单'", true],
    ["'abc' == 'ABC'", false],
    ["'abc' =~ 'ABC'", true],
    ["'abc' !~ 'ABC'", false],
    ["'abc' contains_cs 'B'", false],
    ["'abc' !contains 'B'", false],
    ["'abc' startswith 'AB'", true],
    ["'abc' !startswith_cs 'AB'", true],
    ["'abc' endswith 'BC'", true],
    ["'abc' matches regex @'^a.c$'", true],
    ["'abc' matches regex 'B'", false],
    ["'abc' in ('ABC', 'x')", false],
    ["'abc' in~ ('ABC', 'x')", true],
    ["'abc' !in~ ('ABC', 'x')", false],
  ])("%s is %s", (expression, expected) => {
    expect(printed(expression)).toBe(expected);
  });

  it("contains finds what is there, whatever the case, and has never finds what contains does not", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 3 }), (text, part) => {
        const [literal, pattern] = [JSON.stringify(text), JSON.stringify(part)].map((one) => one.replace(/\\[bf]/g, " "));
        const value = printed(literal ?? "") as string;
        const wanted = printed(pattern ?? "") as string;
        expect(printed(`${literal} contains ${pattern}`)).toBe(value.toLowerCase().includes(wanted.toLowerCase()));
        if (printed(`${literal} has ${pattern}`)) expect(printed(`${literal} contains ${pattern}`)).toBe(true);
      }),
    );
  });

  it("literals keep every character, escaped or verbatim", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = [...text].map((one) => (/[\w \-.]/.test(one) ? one : [...one].map(unicodeEscapes).join(""))).join("");
        expect(printed(`'${escaped}'`)).toBe(text);
        expect(printed(`@'${text.replaceAll("'", "''")}'`)).toBe(text);
      }),
    );
  });
});

function unicodeEscapes(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}

describe("numbers and times", () => {
  it.each([
    ["7 / 2", 3],
    ["7 / 2.0", 3.5],
    ["1 / 0", null],
    ["-14 % 12", 10],
    ["14 % -12", 2],
    ["2 + 3 * 4", 14],
    ["(2 + 3) * 4", 20],
    ["1h / 1m", 60],
    ["90m", 5_400_000],
    ["1.5h", 5_400_000],
    ["datetime(2026-08-24T12:00:00Z) - datetime(2026-08-24T11:00:00Z)", 3_600_000],
    ["now() - ago(1h)", 3_600_000],
    ["bin(17, 5)", 15],
    ["bin(-1, 5)", -5],
    ["bin(7.5, 2.0)", 6],
    ["bin(datetime(2026-08-24T12:03:20Z), 5m)", Date.UTC(2026, 7, 24, 12)],
    // Weeks begin where the year 1 began, on a Monday.
    ["bin(datetime(2026-08-26), 7d)", Date.UTC(2026, 7, 24)],
    ["toint('12')", 12],
    ["toint('x')", null],
    ["toint('')", null],
    ["todouble('1.5')", 1.5],
    ["tostring(1.0)", "1.0"],
    ["tostring(true)", "True"],
    ["tostring(datetime(2026-08-24T12:00:00.5Z))", "2026-08-24T12:00:00.5000000Z"],
    ["tostring(90s)", "00:01:30"],
    ["tostring(dynamic({'a':1}))", '{"a":1}'],
    ["tostring(dynamic({'a':1}).b)", ""],
    ["strcat('a', 1, true)", "a1True"],
    ["iff(1 > 2, 'a', 'b')", "b"],
    ["case(1 > 2, 'a', 2 > 1, 'b', 'c')", "b"],
    ["case(1 > 2, 'a', 2 > 3, 'b', 'c')", "c"],
    ["isempty('')", true],
    ["isempty(dynamic(null))", true],
    ["isnull(toint('x'))", true],
    ["toint('x') == 1", false],
    ["toint('x') != 1", true],
    ["toint('x') == toint('y')", null],
    ["toint('x') < 1", null],
    ["not(1 == 2)", true],
    ["dynamic([1, 2, 3])[-1]", 3],
    ["todatetime('2026-08-24 12:00:00')", NOW_MS],
  ])("%s is %s", (expression, expected) => {
    expect(printed(expression)).toEqual(expected);
  });
});

describe("tables", () => {
  it("where keeps a row or not(…) does, unless there is no answer", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 6 }), fc.constantFrom("<", "<=", ">", ">=", "==", "!="), (level, operator) => {
        const test = `Level ${operator} ${level}`;
        expect([...names(`T | where ${test}`), ...names(`T | where not(${test})`)].sort()).toEqual(names("T").sort());
      }),
    );
    expect(ask("T | where Took > 1").rows).toHaveLength(3);
    expect(ask("T | where not(Took > 1)").rows).toHaveLength(1);
    expect(ask("T | where Ok or Level == 2").rows).toHaveLength(4);
  });

  it("sorts in descending order unless told otherwise, with nulls last then and first in ascending order", () => {
    expect(ask("T | order by Took | project Took").rows.flat()).toEqual([8, 2.5, 1.5, 0.25, null]);
    expect(ask("T | order by Took asc | project Took").rows.flat()).toEqual([null, 0.25, 1.5, 2.5, 8]);
    expect(ask("T | order by Took asc nulls last | project Took").rows.flat()).toEqual([0.25, 1.5, 2.5, 8, null]);
    expect(ask("T | order by Level desc, Took asc | project Level, Took").rows.slice(1, 3)).toEqual([
      [3, 0.25],
      [3, 1.5],
    ]);
    expect(ask("T | top 2 by TimeGenerated | project Name").rows.flat()).toEqual(["web-1", "web-2"]);
  });

  it("aggregates leave nulls out, and are of nothing where there is nothing", () => {
    expect(ask("T | summarize count(), avg(Took), sum(Size), min(Took), dcount(Size), percentile(Took, 50), make_set(Size)").rows).toEqual([
      [5, 3.0625, 110, 0.25, 3, 1.5, [10, 20, 40]],
    ]);
    expect(ask("T | where Level > 9 | summarize count(), avg(Took), sum(Size), max(Took), make_list(Name)").rows).toEqual([
      [0, null, 0, null, []],
    ]);
    expect(ask("T | where Level > 9 | summarize count() by Name").rows).toEqual([]);
    expect(ask("T | where Level > 9 | count").rows).toEqual([[0]]);
    expect(ask("T | summarize max(Took), min(Level), max(TimeGenerated), min(Name)").rows).toEqual([[8, 1, NOW_MS - 60_000, ""]]);
    expect(ask("T | summarize arg_max(Took, Name, Level)").rows).toEqual([[8, "", 2]]);
    expect(ask("T | summarize n = count() by Env = tostring(Properties.env) | order by n, Env asc").rows).toEqual([
      ["", 2],
      ["prod", 2],
      ["dev", 1],
    ]);
    expect(ask("T | summarize 100.0 * countif(Ok) / count()").rows).toEqual([[60]]);
  });

  it("joins by columns, each kind its own way", () => {
    const joined = (kind: string) => ask(`T | project Name | join kind=${kind} (U | project Name, Team) on Name | order by Name asc`).rows;
    const both = [
      ["db 订单-9", "db 订单-9", "data"],
      ["web-1", "web-1", "search"],
      ["web-1", "web-1", "ops"],
    ];
    expect(joined("inner")).toEqual(both);
    expect(joined("leftouter")).toHaveLength(6);
    expect(joined("leftouter").filter(([, name]) => name === "")).toHaveLength(3);
    expect(joined("leftsemi").flat()).toEqual(["db 订单-9", "web-1"]);
    expect(joined("leftanti").flat()).toEqual(["", "Web-3 down", "web-2"]);
    expect(ask("U | project Name | join (U | project Name, Team) on Name | where Name == 'web-1' | count").rows).toEqual([[2]]);
    expect(() => ask("T | join kind=rightouter (U) on Name")).toThrow("not emulated");
  });

  it("unions give what a table lacks as nothing", () => {
    expect(ask("union withsource=Source T, U | summarize count() by Source").rows).toEqual([
      ["T", 5],
      ["U", 4],
    ]);
    expect(ask("union T, U | where isempty(Team) | count").rows).toEqual([[5]]);
    expect(ask("union kind=inner T, U").columns).toEqual(["Name:string", "Level:int"]);
    expect(ask("union isfuzzy=true T, NoSuchTable | count").rows).toEqual([[5]]);
    expect(() => ask("union T, NoSuchTable")).toThrow("NoSuchTable");
  });

  it("expands arrays, keeping rows without one", () => {
    expect(ask("T | mv-expand Tag = Properties.tags to typeof(string) | project Name, Tag").rows.slice(0, 3)).toEqual([
      ["web-1", "a"],
      ["web-1", "b"],
      ["web-2", null],
    ]);
  });

  it("reads no further into time than the conditions right after a table allow", () => {
    const asked: unknown[] = [];
    const table = (name: string, bounds: unknown) => {
      asked.push(bounds);
      return WORLD.table(name, { fromMs: 0, toMs: 0 });
    };
    for (const query of [
      "T | where TimeGenerated > ago(1h) and Level == 3 | where TimeGenerated <= datetime(2026-08-24)",
      "T | where TimeGenerated between (ago(2h) .. ago(1h))",
      "T | where TimeGenerated > ago(1h) or Level == 3",
      "T | extend TimeGenerated = now() | where TimeGenerated > ago(1h)",
    ]) {
      evaluate(query, { nowMs: NOW_MS, table });
    }
    const hourMs = 3_600_000;
    const everything = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
    expect(asked).toEqual([
      { fromMs: NOW_MS - hourMs, toMs: Date.UTC(2026, 7, 24) },
      { fromMs: NOW_MS - 2 * hourMs, toMs: NOW_MS - hourMs },
      everything,
      everything,
    ]);
  });
});
