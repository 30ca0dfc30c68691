import { orderOf } from "./compare.ts";
import { compileExpression } from "./compile-expression.ts";
import { join } from "./join.ts";
import { semanticError, unresolved } from "./kql-error.ts";
import { parseQuery } from "./parse-query.ts";
import type { Scope } from "./scalar.ts";
import { summarize } from "./summarize.ts";
import type { NamedExpression, Operator, Pipeline, Query, SortKey, Union } from "./syntax.ts";
import { type TimeBounds, timeBoundsOf } from "./time-bounds.ts";
import { columnNumbers, uniqueNames } from "./unique-names.ts";
import type { KqlRow, KqlTable } from "./value.ts";

/** What a query is asked of. */
export interface KqlWorld {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** A table by its name; undefined where there is none. Rows out of the bounds may be left out. */
  table(name: string, bounds: TimeBounds): KqlTable | undefined;
}

/** Parses and answers a query; rows are made as they are read. @throws KqlError */
export function evaluate(text: string, world: KqlWorld): KqlTable {
  return answer(parseQuery(text), world);
}

/** Answers a parsed query. @throws KqlError */
export function answer(query: Query, world: KqlWorld): KqlTable {
  return new Evaluation(query, world).run(query.pipeline);
}

/** Enough to see whether there is a table. */
const NO_TIME: TimeBounds = { fromMs: 0, toMs: 0 };

type Evaluator = { [Kind in Operator["kind"]]: (table: KqlTable, operator: Extract<Operator, { kind: Kind }>) => KqlTable };

class Evaluation {
  readonly #lets: Query["lets"];
  readonly #world: KqlWorld;

  constructor(query: Query, world: KqlWorld) {
    this.#lets = query.lets;
    this.#world = world;
  }

  run({ source, operators }: Pipeline): KqlTable {
    let table: KqlTable;
    switch (source.kind) {
      case "table":
        table = this.#table(source.name, operators);
        break;
      case "pipeline":
        table = this.run(source.pipeline);
        break;
      case "union":
        table = this.#union(undefined, source);
        break;
      case "print":
        table = this.#columns({ columns: [], rows: [[]] }, printed(source.columns));
    }
    for (const operator of operators)
      table = (this.#operators[operator.kind] as (table: KqlTable, operator: Operator) => KqlTable)(table, operator);
    return table;
  }

  readonly #operators: Evaluator = {
    where: (table, { predicate }) => {
      const test = compileExpression(predicate, this.#scope(table));
      if (test.type !== "bool" && test.type !== "dynamic")
        throw semanticError("SEM0079", `where: expression is expected to be of type bool and not ${test.type}`);
      return { ...table, rows: filtered(table.rows, (row) => test.of(row) === true) };
    },
    extend: (table, { columns }) => this.#extend(table, columns),
    project: (table, { columns }) => this.#columns(table, columns),
    "project-away": (table, { patterns }) => kept(table, (name) => !patterns.some((pattern) => fits(pattern, name))),
    "project-keep": (table, { patterns }) => kept(table, (name) => patterns.some((pattern) => fits(pattern, name))),
    "project-rename": (table, { renames }) => {
      for (const { from } of renames) this.#requireColumn(table, from);
      const columns = table.columns.map((column) => ({
        ...column,
        name: renames.find(({ from }) => from === column.name)?.to ?? column.name,
      }));
      return { ...table, columns };
    },
    summarize: (table, { aggregates, by }) => summarize(table, aggregates, by, this.#scope(table)),
    sort: (table, { keys }) => ({ ...table, rows: lazily(() => this.#sorted(table, keys)) }),
    top: (table, { count, key }) => {
      const most = this.#number(count);
      return { ...table, rows: lazily(() => this.#sorted(table, [key]).slice(0, most)) };
    },
    take: (table, { count }) => ({ ...table, rows: taken(table.rows, this.#number(count)) }),
    distinct: (table, { columns }) => {
      const all = columns.length === 1 && columns[0]?.expression.kind === "star";
      const by = all ? table.columns.map(({ name }): NamedExpression => ({ expression: { kind: "name", name } })) : columns;
      return summarize(table, [], by, this.#scope(table));
    },
    count: (table) => ({
      columns: [{ name: "Count", type: "long" }],
      rows: lazily(() => [[[...table.rows].length]]),
    }),
    "mv-expand": (table, { column, type }) => this.#expand(table, column, type),
    join: (table, { join: kind, right, on }) => join(kind, table, this.run(right), on),
    union: (table, operator) => this.#union(table, operator),
  };

  #table(name: string, operators: readonly Operator[]): KqlTable {
    const definition = this.#lets.get(name);
    if (definition !== undefined && "source" in definition) return this.run(definition);
    const table = this.#world.table(name, timeBoundsOf(operators, this.#scope({ columns: [] })));
    if (table === undefined) throw unresolved("table or column expression", name);
    return table;
  }

  #scope({ columns }: Pick<KqlTable, "columns">): Scope {
    return { columns, lets: this.#lets, nowMs: this.#world.nowMs };
  }

  #columns(table: KqlTable, named: readonly NamedExpression[]): KqlTable {
    const scalars = named.map(({ expression }) => compileExpression(expression, this.#scope(table)));
    const numbered = columnNumbers();
    const columns = scalars.map(({ type, columnName }, index) => ({ name: named[index]?.name ?? columnName ?? numbered(), type }));
    return { columns: uniqueNames(columns), rows: mapped(table.rows, (row) => scalars.map((scalar) => scalar.of(row))) };
  }

  /** New columns do not see each other; a name that is there already is replaced. */
  #extend(table: KqlTable, named: readonly NamedExpression[]): KqlTable {
    const fresh = this.#columns(table, named);
    const places = fresh.columns.map(({ name }) => table.columns.findIndex((column) => column.name === name));
    const columns = [...table.columns];
    for (const [index, column] of fresh.columns.entries()) {
      const place = places[index] ?? -1;
      if (place < 0) columns.push(column);
      else columns[place] = column;
    }
    const scalars = named.map(({ expression }) => compileExpression(expression, this.#scope(table)));
    return {
      columns,
      rows: mapped(table.rows, (row) => {
        const extended = [...row];
        for (const [index, scalar] of scalars.entries()) {
          const place = places[index] ?? -1;
          if (place < 0) extended.push(scalar.of(row));
          else extended[place] = scalar.of(row);
        }
        return extended;
      }),
    };
  }

  #sorted(table: KqlTable, keys: readonly SortKey[]): readonly KqlRow[] {
    const scalars = keys.map(({ expression, descending, nullsFirst }) => {
      const scalar = compileExpression(expression, this.#scope(table));
      if (scalar.type === "dynamic")
        throw semanticError("SEM0068", "order operator: key can't be of dynamic type. Please use an explicit cast.");
      return { scalar, sign: descending ? -1 : 1, nullSign: nullsFirst ? -1 : 1 };
    });
    const keyed = [...table.rows].map((row) => ({ row, values: scalars.map(({ scalar }) => scalar.of(row) ?? null) }));
    keyed.sort((left, right) => {
      for (const [index, { scalar, sign, nullSign }] of scalars.entries()) {
        const [one, other] = [left.values[index], right.values[index]];
        if (one === null || other === null) {
          if (one !== other) return one === null ? nullSign : -nullSign;
          continue;
        }
        const order = orderOf(one, scalar.type, other, scalar.type);
        if (order !== 0) return order * sign;
      }
      return 0;
    });
    return keyed.map(({ row }) => row);
  }

  #expand(table: KqlTable, { name, expression }: NamedExpression, type: KqlTable["columns"][number]["type"] = "dynamic"): KqlTable {
    const extended = this.#extend(table, [name === undefined ? { expression } : { name, expression }]);
    const target = name ?? (expression.kind === "name" ? expression.name : extended.columns.at(-1)?.name);
    const place = extended.columns.findIndex((column) => column.name === target);
    if (extended.columns[place]?.type !== "dynamic")
      throw semanticError("SEM0066", "mv-expand: expanded expression expected to have dynamic type");
    const columns = extended.columns.map((column, index) => (index === place ? { ...column, type } : column));
    return { columns, rows: expanded(extended.rows, place) };
  }

  #union(first: KqlTable | undefined, { parts, outer, fuzzy, withSource }: Union): KqlTable {
    const named = parts.flatMap((part) => {
      const name = part.source.kind === "table" ? part.source.name : "union_arg";
      if (fuzzy && part.source.kind === "table" && this.#world.table(name, NO_TIME) === undefined && !this.#lets.has(name)) return [];
      return [{ name, table: this.run(part) }];
    });
    const tables = first === undefined ? named : [{ name: "union_arg0", table: first }, ...named];
    const all = tables.flatMap(({ table }) => table.columns);
    const columns = [...new Map(all.map((column) => [column.name, column])).values()].filter(
      ({ name }) => outer || tables.every(({ table }) => table.columns.some((column) => column.name === name)),
    );
    const source = withSource === undefined ? [] : [{ name: withSource, type: "string" as const }];
    return { columns: [...source, ...columns], rows: united(tables, columns, withSource !== undefined) };
  }

  #requireColumn({ columns }: KqlTable, name: string): void {
    if (!columns.some((column) => column.name === name)) throw unresolved("column", name);
  }

  #number(expression: NamedExpression["expression"]): number {
    const value = Number(compileExpression(expression, this.#scope({ columns: [] })).of([]));
    if (!Number.isInteger(value) || value < 0) throw semanticError("SEM0036", "The number of rows must be a whole number from 0.");
    return value;
  }
}

/** `print` names its columns by their places. */
function printed(columns: readonly NamedExpression[]): readonly NamedExpression[] {
  return columns.map(({ name, expression }, index) => ({ name: name ?? `print_${index}`, expression }));
}

function* filtered(rows: Iterable<KqlRow>, test: (row: KqlRow) => boolean): Generator<KqlRow> {
  for (const row of rows) if (test(row)) yield row;
}

function* mapped(rows: Iterable<KqlRow>, change: (row: KqlRow) => KqlRow): Generator<KqlRow> {
  for (const row of rows) yield change(row);
}

function* taken(rows: Iterable<KqlRow>, most: number): Generator<KqlRow> {
  let left = most;
  if (left === 0) return;
  for (const row of rows) {
    yield row;
    if (--left === 0) return;
  }
}

function* lazily(make: () => readonly KqlRow[]): Generator<KqlRow> {
  yield* make();
}

/** A row for each item; one row with nothing for what is no array or an empty one. */
function* expanded(rows: Iterable<KqlRow>, place: number): Generator<KqlRow> {
  for (const row of rows) {
    const value = row[place];
    const items = Array.isArray(value) && value.length > 0 ? value : [Array.isArray(value) ? null : value];
    for (const item of items) yield row.map((cell, index) => (index === place ? item : cell));
  }
}

function* united(tables: readonly { name: string; table: KqlTable }[], columns: KqlTable["columns"], source: boolean): Generator<KqlRow> {
  for (const { name, table } of tables) {
    const places = columns.map((column) => ({ place: table.columns.findIndex((own) => own.name === column.name), type: column.type }));
    for (const row of table.rows) {
      const cells = places.map(({ place, type }) => (place < 0 ? (type === "string" ? "" : null) : row[place]));
      yield source ? [name, ...cells] : cells;
    }
  }
}

function kept(table: KqlTable, keeps: (name: string) => boolean): KqlTable {
  const places = table.columns.flatMap(({ name }, index) => (keeps(name) ? [index] : []));
  return {
    columns: table.columns.filter(({ name }) => keeps(name)),
    rows: mapped(table.rows, (row) => places.map((place) => row[place])),
  };
}

/** `Col*`: names that begin so. */
function fits(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
