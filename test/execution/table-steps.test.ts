import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cell, Column, Row, Table } from "../../src/contracts/index.ts";
import { tableAggregate } from "../../src/execution/steps/aggregate.ts";
import { tableDerive } from "../../src/execution/steps/derive.ts";
import { tableFilter } from "../../src/execution/steps/filter.ts";
import { tableJoin } from "../../src/execution/steps/join.ts";
import { tableSort } from "../../src/execution/steps/sort.ts";
import { apply, tableOf, vm } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { name: "id", type: "string" },
  { name: "zone", type: "string" },
  { name: "cpu", type: "number", unit: "percent" },
  { name: "old", type: "number", unit: "percent" },
];
const numbers = fc.option(fc.integer({ min: -5, max: 5 }));
const zones = fc.option(fc.constantFrom("a", "B", "c"));
const tables = fc.array(fc.tuple(zones, numbers, numbers), { maxLength: 14 }).map((rows) =>
  tableOf(
    COLUMNS,
    rows.map(([zone, cpu, old], index): Cell[] => [`vm-${index}`, zone, cpu, old]),
  ),
);

const from = { from: "t" };
const cellsOf = (rows: readonly Row[]) => rows.map(({ cells }) => cells);

describe("table.filter", () => {
  const compare: Record<string, (cell: number, value: number) => boolean> = {
    gt: (cell, value) => cell > value,
    gte: (cell, value) => cell >= value,
    lt: (cell, value) => cell < value,
    lte: (cell, value) => cell <= value,
    eq: (cell, value) => cell === value,
    ne: (cell, value) => cell !== value,
  };

  it("keeps what a naive filter keeps, in order; nothing is never comparable", async () => {
    const conditions = fc.record({ operator: fc.constantFrom(...Object.keys(compare)), value: fc.integer({ min: -5, max: 5 }) });
    await fc.assert(
      fc.asyncProperty(tables, fc.array(conditions, { maxLength: 2 }), fc.array(conditions, { maxLength: 2 }), async (table, all, any) => {
        const on = (list: typeof all) => list.map((condition) => ({ ...condition, column: "cpu" }));
        const { rows } = await apply(tableFilter, { rows: from, all: on(all), any: on(any) }, { t: table });
        const holds = ({ operator, value }: (typeof all)[number], cell: Cell) => cell !== null && compare[operator]!(Number(cell), value);
        const naive = table.rows.filter(
          ({ cells }) => all.every((one) => holds(one, cells[2]!)) && (any.length === 0 || any.some((one) => holds(one, cells[2]!))),
        );
        expect(rows).toEqual(naive);
      }),
    );
  });

  const people = tableOf(
    [
      { name: "name", type: "string" },
      { name: "since", type: "time" },
      { name: "on", type: "boolean" },
    ],
    [
      ["Web-1", "2026-01-01T10:00:00.000Z", true],
      ["db-2", "2026-01-01T12:00:00.000Z", false],
      [null, null, null],
    ],
  );

  it.each([
    [{ column: "name", operator: "eq", value: "WEB-1" }, ["Web-1"]],
    [{ column: "name", operator: "contains", value: "B-" }, ["Web-1", "db-2"]],
    [{ column: "name", operator: "not-contains", value: "web" }, ["db-2"]],
    [{ column: "name", operator: "in", values: ["DB-2", "x"] }, ["db-2"]],
    [{ column: "name", operator: "not-in", values: ["DB-2", "x"] }, ["Web-1"]],
    [{ column: "name", operator: "missing" }, [null]],
    [{ column: "name", operator: "present" }, ["Web-1", "db-2"]],
    [{ column: "since", operator: "gt", value: "2026-01-01T19:00:00+08:00" }, ["db-2"]],
    [{ column: "since", operator: "between", values: ["2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"] }, ["Web-1"]],
    [{ column: "since", operator: "outside", values: ["2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"] }, ["db-2"]],
    [{ column: "on", operator: "eq", value: false }, ["db-2"]],
  ])("understands %j", async (condition, names) => {
    const { rows } = await apply(tableFilter, { rows: from, all: [condition] }, { t: people });
    expect(rows.map(({ cells }) => cells[0])).toEqual(names);
  });

  it.each([
    [{ operator: "eq", value: "prod" }, ["1"]],
    [{ operator: "ne", value: "prod" }, ["2", "3"]],
    [{ operator: "not-in", values: ["dev"] }, ["1", "3"]],
    [{ operator: "missing" }, ["3"]],
  ])("looks into the tags of resources: %j", async (condition, ids) => {
    const resources: Table = {
      columns: [{ name: "id", type: "string" }],
      rows: [vm("1", { Env: "Prod" }), vm("2", { env: "dev" }), vm("3")].map((resource) => ({ cells: [resource.id], resource })),
    };
    const { rows } = await apply(tableFilter, { rows: from, all: [{ column: "tag:env", ...condition }] }, { t: resources });
    expect(rows.map(({ cells }) => cells[0])).toEqual(ids);
  });

  it.each([
    [{ column: "cpus", operator: "gt", value: 1 }, "TOOL_INPUT_INVALID", "Did you mean cpu?"],
    [{ column: "cpu", operator: "gt", value: "high" }, "TOOL_INPUT_INVALID", undefined],
    [{ column: "cpu", operator: "gt" }, "TOOL_INPUT_INVALID", undefined],
    [{ column: "cpu", operator: "between", values: [1] }, "TOOL_INPUT_INVALID", undefined],
    [{ column: "zone", operator: "gt", value: "a" }, "TOOL_INPUT_INVALID", undefined],
    [{ column: "cpu", operator: "gt", value: 1, unit: "bytes" }, "UNIT_MISMATCH", undefined],
  ])("refuses %j with %s", async (condition, code, hint) => {
    const filtered = apply(tableFilter, { rows: from, all: [condition] }, { t: tableOf(COLUMNS, []) });
    await expect(filtered).rejects.toMatchObject({ code, ...(hint === undefined ? {} : { hint: { en: hint } }) });
  });
});

describe("table.aggregate", () => {
  it("equals a naive grouping, in the order of the groups, whatever the order of the rows", async () => {
    const shuffles = tables.chain((table) =>
      fc.tuple(fc.constant(table), fc.shuffledSubarray([...table.rows], { minLength: table.rows.length, maxLength: table.rows.length })),
    );
    const measures = ["count", "sum", "average", "minimum", "maximum", "p50"].map((name) => ({ function: name, column: "cpu", as: name }));
    await fc.assert(
      fc.asyncProperty(shuffles, async ([table, shuffled]) => {
        const input = { rows: from, groupBy: ["zone"], measures: [{ function: "count", as: "rows" }, ...measures] };
        const { rows } = await apply(tableAggregate, input, { t: { ...table, rows: shuffled } });
        const naive = new Map<Cell, (number | null)[]>();
        for (const { cells } of table.rows) naive.set(cells[1]!, [...(naive.get(cells[1]!) ?? []), cells[2] as number | null]);
        expect(rows.map(({ cells }) => cells[0])).toEqual(
          [...naive.keys()].toSorted((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)),
        );
        for (const { cells } of rows) {
          const all = naive.get(cells[0]!)!;
          const known = all.filter((value) => value !== null).toSorted((a, b) => a - b);
          const sum = known.reduce((total, value) => total + value, 0);
          const middle = (known.length - 1) / 2;
          const median = known.length === 0 ? null : (known[Math.floor(middle)]! + known[Math.ceil(middle)]!) / 2;
          const expected = known.length === 0 ? [null, null, null, null] : [sum, sum / known.length, known[0]!, known.at(-1)!];
          expect(cells.slice(1)).toEqual([all.length, known.length, ...expected, median]);
        }
      }),
    );
  });

  it("sums the same in every order, to the last bit", async () => {
    const values = fc.array(fc.constantFrom(1e100, -1e100, 1e16, 3.3, 1, 1e-3, -0.1), { minLength: 2, maxLength: 9 });
    const orders = values.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    const input = { rows: from, groupBy: [], measures: [{ function: "sum", column: "cpu" }] };
    const table = (list: readonly number[]) => ({
      t: tableOf(
        COLUMNS,
        list.map((value): Cell[] => ["x", "a", value, null]),
      ),
    });
    await fc.assert(
      fc.asyncProperty(orders, async ([list, shuffled]) => {
        expect(await apply(tableAggregate, input, table(shuffled))).toEqual(await apply(tableAggregate, input, table(list)));
      }),
    );
  });

  it("names columns by their measure, keeps units, tells how many rows were left out, and groups by tags", async () => {
    const rows = [vm("1", { team: "x" }), vm("2", { team: "x" }), vm("3")].map((resource, index) => ({
      cells: [resource.id, "a", index === 0 ? null : index, 0],
      resource,
    }));
    const input = { rows: from, groupBy: ["tag:team"], measures: [{ function: "count" }, { function: "p95", column: "cpu" }] };
    const result = await apply(tableAggregate, input, { t: { columns: COLUMNS, rows } });
    expect(result.columns).toEqual([
      { name: "tag:team", type: "string" },
      { name: "count", type: "number", unit: "count" },
      { name: "p95(cpu)", type: "number", unit: "percent" },
    ]);
    expect(cellsOf(result.rows)).toEqual([
      ["x", 2, 1],
      [null, 1, 2],
    ]);
    expect(result.notes).toEqual(["1 of 3 rows have no cpu and were left out of the calculation."]);
    expect(result.rows.every((row) => row.resource === undefined)).toBe(true);
  });

  it("gives one row over nothing", async () => {
    const input = { rows: from, groupBy: [], measures: [{ function: "count" }, { function: "average", column: "cpu" }] };
    expect(cellsOf((await apply(tableAggregate, input, { t: tableOf(COLUMNS, []) })).rows)).toEqual([[0, null]]);
  });

  it.each([
    ["a sum of texts", [{ function: "sum", column: "zone" }]],
    ["a sum of nothing", [{ function: "sum" }]],
    ["two columns of one name", [{ function: "count" }, { function: "sum", column: "cpu", as: "count" }]],
  ])("refuses %s", async (_name, measures) => {
    const aggregated = apply(tableAggregate, { rows: from, groupBy: [], measures }, { t: tableOf(COLUMNS, []) });
    await expect(aggregated).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });
});

describe("table.sort", () => {
  it("orders by the columns, nothing last in both directions, the same for every order of the rows", async () => {
    const cases = tables.chain((table) =>
      fc.record({
        table: fc.constant(table),
        shuffled: fc.shuffledSubarray([...table.rows], { minLength: table.rows.length, maxLength: table.rows.length }),
        direction: fc.constantFrom("ascending" as const, "descending" as const),
        limit: fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ table, shuffled, direction, limit }) => {
        const input = { rows: from, by: [{ column: "cpu", direction }], ...(limit === undefined ? {} : { limit }) };
        const { rows } = await apply(tableSort, input, { t: { ...table, rows: shuffled } });
        const values = rows.map(({ cells }) => cells[2] as number | null);
        const known = table.rows.map(({ cells }) => cells[2] as number | null).filter((value) => value !== null);
        const naive: (number | null)[] = [
          ...known.toSorted((a, b) => (direction === "ascending" ? a - b : b - a)),
          ...table.rows.filter(({ cells }) => cells[2] === null).map(() => null),
        ];
        expect(values).toEqual(naive.slice(0, limit));
        expect(rows).toEqual((await apply(tableSort, input, { t: table })).rows);
      }),
    );
  });
});

describe("table.join", () => {
  it("equals a naive join of all pairs", async () => {
    await fc.assert(
      fc.asyncProperty(tables, tables, fc.constantFrom("inner" as const, "left" as const), async (left, right, kind) => {
        const renamed: Table = {
          ...right,
          columns: right.columns.map((column) => (column.name === "cpu" ? { ...column, name: "cpu.before" } : column)),
        };
        const input = { left: { from: "l" }, right: { from: "r" }, on: ["zone"], kind };
        const { columns, rows } = await apply(tableJoin, input, { l: left, r: renamed });
        const naive = left.rows.flatMap(({ cells }) => {
          const partners = right.rows
            .filter((row) => cells[1] !== null && row.cells[1] === cells[1])
            .map((row) => [...cells, row.cells[2]]);
          return partners.length === 0 && kind === "left" ? [[...cells, null]] : partners;
        });
        expect(columns.map(({ name }) => name)).toEqual(["id", "zone", "cpu", "old", "cpu.before"]);
        expect(cellsOf(rows)).toEqual(naive);
      }),
    );
  });

  it("keeps the resource, and the points of both sides", async () => {
    const resource = vm("1");
    const side = (name: string): Table => ({
      columns: [
        { name: "id", type: "string" },
        { name, type: "number" },
      ],
      rows: [{ cells: ["1", 5], resource, series: [{ column: name, points: [[0, 5]] }] }],
    });
    const { rows } = await apply(
      tableJoin,
      { left: { from: "l" }, right: { from: "r" }, on: ["id"], kind: "inner" },
      { l: side("now"), r: side("before") },
    );
    expect(rows).toEqual([
      {
        cells: ["1", 5, 5],
        resource,
        series: [
          { column: "now", points: [[0, 5]] },
          { column: "before", points: [[0, 5]] },
        ],
      },
    ]);
  });
});

describe("table.derive", () => {
  it("equals naive arithmetic, and knows nothing from nothing", async () => {
    const columns = ["difference", "ratio", "percent-change"].map((operation) => ({ as: operation, operation, left: "cpu", right: "old" }));
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const result = await apply(tableDerive, { rows: from, columns }, { t: table });
        expect(result.columns.slice(4)).toEqual([
          { name: "difference", type: "number", unit: "percent" },
          { name: "ratio", type: "number" },
          { name: "percent-change", type: "number", unit: "percent" },
        ]);
        result.rows.forEach(({ cells }, index) => {
          const [left, right] = table.rows[index]!.cells.slice(2) as (number | null)[];
          const known = left !== null && right !== null && left !== undefined && right !== undefined;
          const divided = known && right !== 0;
          expect(cells.slice(4)).toEqual([
            known ? left - right : null,
            divided ? left / right : null,
            divided ? ((left - right) / right) * 100 : null,
          ]);
        });
      }),
    );
  });

  it("can use a column that it has just derived, but not derive one twice", async () => {
    const chained = [
      { as: "gap", operation: "difference", left: "cpu", right: "old" },
      { as: "share", operation: "ratio", left: "gap", right: "cpu" },
    ];
    const { rows } = await apply(tableDerive, { rows: from, columns: chained }, { t: tableOf(COLUMNS, [["1", "a", 4, 1]]) });
    expect(rows[0]!.cells.slice(4)).toEqual([3, 0.75]);
    const twice = apply(tableDerive, { rows: from, columns: [{ ...chained[0]!, as: "cpu" }] }, { t: tableOf(COLUMNS, []) });
    await expect(twice).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it("refuses to compare what has different units", async () => {
    const mixed = tableOf(
      [
        { name: "a", type: "number", unit: "bytes" },
        { name: "b", type: "number", unit: "percent" },
      ],
      [],
    );
    const derived = apply(
      tableDerive,
      { rows: from, columns: [{ as: "x", operation: "difference", left: "a", right: "b" }] },
      { t: mixed },
    );
    await expect(derived).rejects.toMatchObject({ code: "UNIT_MISMATCH" });
  });
});
