import type { Command, Expression, Measure } from "./logs-insights-parser.ts";

type Value = string | number | boolean | undefined;
/** Fields by name, in the order in which they are shown. */
type InsightsRow = ReadonlyMap<string, Value>;

/** A line as a query sees it: `@` fields and what was discovered in its JSON. */
export interface InsightsRecord {
  readonly timestampMs: number;
  readonly fields: ReadonlyMap<string, Value>;
}

export interface InsightsResult {
  readonly rows: readonly InsightsRow[];
  /** Lines that passed the filters in front of any aggregation. */
  readonly matched: number;
}

interface State {
  readonly row: Map<string, Value>;
  readonly record: InsightsRecord | undefined;
}

/** Runs the commands over records, newest first unless they are sorted. */
export function runInsightsQuery(commands: readonly Command[], records: readonly InsightsRecord[], limit: number): InsightsResult {
  let states: State[] = records
    .toSorted((left, right) => right.timestampMs - left.timestampMs)
    .map((record) => ({ row: new Map(), record }));
  let shown: string[] = [];
  let matched = states.length;
  let aggregated = false;
  for (const command of commands) {
    switch (command.type) {
      case "filter":
        states = states.filter((state) => truthy(evaluate(command.condition, state)));
        if (!aggregated) matched = states.length;
        break;
      case "fields":
      case "display":
        for (const state of states) for (const { name, expression } of command.columns) state.row.set(name, evaluate(expression, state));
        shown = [...(command.type === "display" ? [] : shown), ...command.columns.map((column) => column.name)];
        break;
      case "stats":
        states = aggregate(states, command);
        shown = [...command.by, ...command.measures].map((column) => column.name);
        aggregated = true;
        break;
      case "sort":
        states = states.toSorted((left, right) => {
          for (const { name, descending } of command.keys) {
            const order = compareValues(lookUp(name, left), lookUp(name, right));
            if (order !== 0) return descending ? -order : order;
          }
          return 0;
        });
        break;
      case "limit":
        states = states.slice(0, command.count);
        break;
    }
  }
  const columns = shown.length > 0 ? [...new Set(shown)] : ["@timestamp", "@message"];
  const rows = states.slice(0, limit).map((state) => {
    const row = new Map<string, Value>();
    for (const column of columns) {
      const value = lookUp(column, state);
      if (value !== undefined) row.set(column, value);
    }
    // Not for aggregates: they are of no single line.
    if (!aggregated) row.set("@ptr", state.record?.fields.get("@ptr"));
    return row;
  });
  return { rows, matched };
}

function lookUp(name: string, state: State): Value {
  return state.row.has(name) ? state.row.get(name) : state.record?.fields.get(name);
}

function evaluate(expression: Expression, state: State): Value {
  switch (expression.type) {
    case "literal":
      return expression.value;
    case "field":
      return lookUp(expression.name, state);
    case "bin":
      return state.record === undefined
        ? undefined
        : insightsTime(Math.floor(state.record.timestampMs / expression.periodMs) * expression.periodMs);
    case "and":
      return expression.parts.every((part) => truthy(evaluate(part, state)));
    case "or":
      return expression.parts.some((part) => truthy(evaluate(part, state)));
    case "not":
      return !truthy(evaluate(expression.operand, state));
    case "match": {
      const value = evaluate(expression.operand, state);
      return value !== undefined && expression.pattern.test(String(value));
    }
    case "in": {
      const value = evaluate(expression.operand, state);
      return expression.values.some((wanted) => equal(value, wanted));
    }
    case "compare":
      return compared(expression.operator, evaluate(expression.left, state), evaluate(expression.right, state));
    case "call":
      return callOf(
        expression.function,
        expression.arguments.map((argument) => evaluate(argument, state)),
      );
  }
}

function callOf(name: string, [first, ...others]: readonly Value[]): Value {
  switch (name) {
    case "ispresent":
      return first !== undefined;
    case "isempty":
      return first === undefined || first === "";
    case "isblank":
      return first === undefined || String(first).trim() === "";
    case "strcontains":
      return first !== undefined && String(first).includes(String(others[0])) ? 1 : 0;
    case "tolower":
      return first === undefined ? undefined : String(first).toLowerCase();
    case "toupper":
      return first === undefined ? undefined : String(first).toUpperCase();
    case "strlen":
      return first === undefined ? undefined : [...String(first)].length;
    default:
      return [first, ...others].find((value) => value !== undefined);
  }
}

function aggregate(states: readonly State[], { measures, by }: Extract<Command, { type: "stats" }>): State[] {
  const groups = new Map<string, { readonly keys: readonly Value[]; readonly members: State[] }>();
  for (const state of states) {
    const keys = by.map(({ expression }) => evaluate(expression, state));
    const id = JSON.stringify(keys.map((key) => key ?? null));
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { keys, members: [state] });
    else group.members.push(state);
  }
  return [...groups.values()].map(({ keys, members }) => {
    const row = new Map<string, Value>();
    for (const [index, { name }] of by.entries()) row.set(name, keys[index]);
    for (const measure of measures) row.set(measure.name, measured(measure, members));
    return { row, record: undefined };
  });
}

function measured({ function: name, operand, percent }: Measure, members: readonly State[]): Value {
  if (operand === undefined) return members.length;
  const values = members.map((member) => evaluate(operand, member)).filter((value) => value !== undefined);
  const numbers = values.map(Number).filter((value) => !Number.isNaN(value));
  switch (name) {
    case "count":
      return values.length;
    case "count_distinct":
      return new Set(values.map(String)).size;
    case "earliest":
      return values.at(-1);
    case "latest":
      return values[0];
    case "sum":
      return numbers.length === 0 ? undefined : total(numbers);
    case "avg":
      return numbers.length === 0 ? undefined : Number((total(numbers) / numbers.length).toFixed(4));
    case "pct":
      return numbers.toSorted((left, right) => left - right)[Math.max(0, Math.ceil(((percent ?? 0) / 100) * numbers.length) - 1)];
    default:
      return values.toSorted(compareValues).at(name === "max" ? -1 : 0);
  }
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function truthy(value: Value): boolean {
  return value === true || value === 1;
}

function equal(left: Value, right: Value): boolean {
  if (left === undefined || right === undefined) return false;
  return String(left) === String(right) || (left !== "" && right !== "" && Number(left) === Number(right));
}

function compared(operator: string, left: Value, right: Value): boolean {
  if (operator === "=") return equal(left, right);
  if (operator === "!=") return !equal(left, right);
  if (left === undefined || right === undefined) return false;
  const order = compareValues(left, right);
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

function compareValues(left: Value, right: Value): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  const [first, second] = [Number(left), Number(right)];
  if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  return String(left) < String(right) ? -1 : Number(String(left) !== String(right));
}

/** Times as Logs Insights writes them: `2026-08-22 09:00:00.000`, in UTC. */
export function insightsTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace("T", " ").replace("Z", "");
}
