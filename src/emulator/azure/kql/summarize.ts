import { type Accumulator, AGGREGATES, argAggregate } from "./aggregates.ts";
import { compileExpression } from "./compile-expression.ts";
import { semanticError } from "./kql-error.ts";
import type { Scalar, Scope } from "./scalar.ts";
import type { Expression, NamedExpression } from "./syntax.ts";
import { columnNumbers, uniqueNames } from "./unique-names.ts";
import type { KqlColumn, KqlRow, KqlTable, KqlValue } from "./value.ts";

/** What one group gathers: values that the results are made of. */
interface Gatherer {
  add(row: KqlRow): void;
  values(): readonly KqlValue[];
}

interface Slots {
  readonly makers: (() => Gatherer)[];
  size: number;
}

/** What results of a group are made from. */
interface Group {
  /** Of the rows that are gathered. */
  readonly scope: Scope;
  readonly slots: Slots;
  /** Names the next column that has none. */
  readonly numbered: () => string;
  /** Names of the columns that the group is one of. */
  readonly grouped: ReadonlySet<string>;
}

type Call = Extract<Expression, { kind: "call" }>;

/** `summarize … by …`: one row a group; without groups one row, even of nothing. */
export function summarize(
  table: KqlTable,
  aggregates: readonly NamedExpression[],
  by: readonly NamedExpression[],
  scope: Omit<Scope, "columns">,
): KqlTable {
  const rowScope: Scope = { ...scope, columns: table.columns };
  const numbered = columnNumbers();
  const keys = by.map(({ name, expression }) => {
    const scalar = compileExpression(expression, rowScope);
    const columnName = name ?? scalar.columnName ?? numbered();
    if (scalar.type === "dynamic")
      throw semanticError(
        "SEM0040",
        `Summarize group key '${columnName}' is of a 'dynamic' type. Please use an explicit cast (for example, 'summarize ... by tostring(${columnName})') as grouping by a 'dynamic' type is not supported.`,
      );
    return { scalar, column: { name: columnName, type: scalar.type } };
  });
  const slots: Slots = { makers: [], size: 0 };
  const results = aggregates.flatMap((one) =>
    compileResult(one, { scope: rowScope, slots, numbered, grouped: new Set(keys.map(({ column }) => column.name)) }),
  );
  const columns = uniqueNames([...keys.map(({ column }) => column), ...results.map(({ column }) => column)]);
  return {
    columns,
    rows: grouped(
      table.rows,
      keys.map(({ scalar }) => scalar),
      results,
      slots,
    ),
  };
}

function* grouped(rows: Iterable<KqlRow>, keys: readonly Scalar[], results: readonly { of: Scalar["of"] }[], { makers }: Slots) {
  const groups = new Map<string, { readonly key: readonly KqlValue[]; readonly gatherers: readonly Gatherer[] }>();
  const open = (id: string, key: readonly KqlValue[]) => {
    const group = { key, gatherers: makers.map((make) => make()) };
    groups.set(id, group);
    return group;
  };
  if (keys.length === 0) open("[]", []);
  for (const row of rows) {
    const key = keys.map((one) => one.of(row) ?? null);
    const id = JSON.stringify(key);
    const group = groups.get(id) ?? open(id, key);
    for (const gatherer of group.gatherers) gatherer.add(row);
  }
  for (const { key, gatherers } of groups.values()) {
    const gathered = gatherers.flatMap((gatherer) => gatherer.values());
    yield [...key, ...results.map((result) => result.of(gathered))];
  }
}

/** One result column; several for `arg_max(…, *)`. */
function compileResult({ name, expression }: NamedExpression, group: Group) {
  const { scope, slots, numbered } = group;
  if (expression.kind === "call" && (expression.name === "arg_max" || expression.name === "arg_min"))
    return compileArgResult(name, expression, expression.name, group);
  let found: string | undefined;
  const resultScope: Scope = {
    ...scope,
    columns: [],
    aggregate: (call) => {
      const slot = compileAggregate(call, scope, slots);
      found = slot?.columnName;
      return slot;
    },
  };
  const scalar = compileExpression(expression, resultScope);
  const alone = expression.kind === "call" && expression.name in AGGREGATES;
  return [{ of: scalar.of, column: { name: name ?? (alone ? found : undefined) ?? numbered(), type: scalar.type } }];
}

function compileAggregate(call: Call, scope: Scope, slots: Slots): Scalar | undefined {
  const make = Object.hasOwn(AGGREGATES, call.name) ? AGGREGATES[call.name] : undefined;
  if (make === undefined) return undefined;
  const aggregate = make(
    call.name,
    call.arguments.map((argument) => compileExpression(argument, scope)),
  );
  const slot = slots.size++;
  slots.makers.push(() => single(aggregate.create()));
  return { type: aggregate.type, constant: false, columnName: aggregate.columnName, of: (row) => row[slot] };
}

function compileArgResult(name: string | undefined, call: Call, kind: "arg_max" | "arg_min", { scope, slots, grouped }: Group) {
  const [by, ...rest] = call.arguments;
  if (by === undefined || rest.length === 0) throw semanticError("SEM0219", `${kind}(): function expects 2 or more arguments.`);
  const key = compileExpression(by, scope);
  const named = rest.flatMap((argument): readonly Scalar[] =>
    argument.kind === "star"
      ? scope.columns
          .filter(({ name }) => name !== key.columnName && !grouped.has(name))
          .map((column) => compileExpression({ kind: "name", name: column.name }, scope))
      : [compileExpression(argument, scope)],
  );
  const given = [key, ...named];
  const columns = given.map(
    (one, index): KqlColumn => ({
      name: (index === 0 ? name : undefined) ?? one.columnName ?? `${kind === "arg_max" ? "max" : "min"}_${index}`,
      type: one.type,
    }),
  );
  const aggregate = argAggregate(kind, given, columns);
  const first = slots.size;
  slots.size += given.length;
  slots.makers.push(() => {
    const accumulator = aggregate.create();
    return { add: accumulator.add, values: accumulator.results };
  });
  return columns.map((column, index) => ({ of: (row: KqlRow) => row[first + index], column }));
}

function single(accumulator: Accumulator): Gatherer {
  return { add: (row) => accumulator.add(row), values: () => [accumulator.result()] };
}
