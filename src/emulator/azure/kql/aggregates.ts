import { orderOf } from "./compare.ts";
import { semanticError } from "./kql-error.ts";
import type { Scalar } from "./scalar.ts";
import { isNumeric, type KqlColumn, type KqlRow, type KqlType, type KqlValue } from "./value.ts";

/** What gathers the rows of one group. */
export interface Accumulator {
  add(row: KqlRow): void;
  result(): KqlValue;
}

interface Aggregate {
  readonly type: KqlType;
  readonly columnName: string;
  create(): Accumulator;
}

/** Makes an aggregate. @throws KqlError for arguments it does not take. */
type AggregateFunction = (name: string, given: readonly Scalar[]) => Aggregate;

/** The aggregates with one result, by name; `arg_max` and `arg_min`, which have several, stand in `arg-aggregate.ts`. */
export const AGGREGATES: Readonly<Record<string, AggregateFunction>> = {
  count: () => ({ type: "long", columnName: "count_", create: () => folding(0, (count) => count + 1) }),
  countif: (name, given) => {
    const predicate = condition(name, given[0]);
    return { type: "long", columnName: "countif_", create: () => folding(0, (count, row) => (predicate(row) ? count + 1 : count)) };
  },
  dcount: (name, given) => {
    const value = argument(name, given);
    return { type: "long", columnName: `dcount_${value.columnName ?? ""}`, create: () => distinct(value, (set) => set.size) };
  },
  sum: (name, given) => total(name, given, () => true),
  sumif: (name, given) => total(name, given, condition(name, given[1])),
  avg: (name, given) => average(name, given, () => true),
  avgif: (name, given) => average(name, given, condition(name, given[1])),
  min: (name, given) => extreme(name, given, -1),
  max: (name, given) => extreme(name, given, 1),
  percentile,
  make_set: (name, given) => {
    const value = argument(name, given);
    const most = Number(given[1]?.of([]) ?? Number.POSITIVE_INFINITY);
    return {
      type: "dynamic",
      columnName: `set_${value.columnName ?? ""}`,
      create: () => distinct(value, (set) => [...set.values()].slice(0, most)),
    };
  },
  make_list: (name, given) => {
    const value = argument(name, given);
    const most = Number(given[1]?.of([]) ?? Number.POSITIVE_INFINITY);
    return {
      type: "dynamic",
      columnName: `list_${value.columnName ?? ""}`,
      create: () => {
        const items: unknown[] = [];
        return {
          add: (row) => {
            const item = jsonValue(value.of(row), value.type);
            if (item !== null && items.length < most) items.push(item);
          },
          result: () => items,
        };
      },
    };
  },
  take_any: (name, given) => {
    const value = argument(name, given);
    return {
      type: value.type,
      columnName: value.columnName ?? "any_",
      create: () => folding<KqlValue>(null, (found, row) => found ?? value.of(row) ?? null),
    };
  },
};

/** The best row of a group by one expression, and what it has elsewhere: `arg_max(Time, *)`. */
export function argAggregate(name: "arg_max" | "arg_min", given: readonly Scalar[], columns: readonly KqlColumn[]) {
  const [by, ...rest] = given;
  if (by === undefined) throw semanticError("SEM0219", `${name}(): function expects 2 or more arguments.`);
  const sign = name === "arg_max" ? 1 : -1;
  return {
    columns,
    create: () => {
      let best: { key: KqlValue; row: KqlRow } | undefined;
      return {
        add: (row: KqlRow) => {
          const key = by.of(row) ?? null;
          if (key !== null && (best === undefined || orderOf(key, by.type, best.key, by.type) * sign > 0)) best = { key, row };
        },
        results: (): readonly KqlValue[] => [by, ...rest].map((one) => (best === undefined ? null : one.of(best.row))),
      };
    },
  };
}

function folding<State>(initial: State, step: (state: State, row: KqlRow) => State): Accumulator {
  let state = initial;
  return {
    add: (row) => {
      state = step(state, row);
    },
    result: () => state,
  };
}

function distinct(value: Scalar, result: (set: ReadonlyMap<string, unknown>) => KqlValue): Accumulator {
  const set = new Map<string, unknown>();
  return {
    add: (row) => {
      const item = jsonValue(value.of(row), value.type);
      if (item !== null) set.set(JSON.stringify(item), item);
    },
    result: () => result(set),
  };
}

function total(name: string, given: readonly Scalar[], counts: (row: KqlRow) => boolean): Aggregate {
  const value = numeric(name, given);
  return {
    type: value.type === "int" ? "long" : value.type,
    columnName: `${name}_${value.columnName ?? ""}`,
    create: () => folding(0, (sum, row) => (counts(row) ? sum + Number(value.of(row) ?? 0) : sum)),
  };
}

function average(name: string, given: readonly Scalar[], counts: (row: KqlRow) => boolean): Aggregate {
  const value = numeric(name, given);
  return {
    type: value.type === "timespan" ? "timespan" : "real",
    columnName: `${name}_${value.columnName ?? ""}`,
    create: () => {
      let [count, sum] = [0, 0];
      return {
        add: (row) => {
          const one = value.of(row) ?? null;
          if (one === null || !counts(row)) return;
          count++;
          sum += Number(one);
        },
        // The average of nothing is NaN, which the JSON of replies has as null.
        result: () => (count === 0 ? null : sum / count),
      };
    },
  };
}

function extreme(name: string, given: readonly Scalar[], sign: number): Aggregate {
  const value = argument(name, given);
  if (value.type === "dynamic")
    throw semanticError("SEM0220", `${name}(): argument cannot be of dynamic type. Please use an explicit cast.`);
  return {
    type: value.type,
    columnName: `${name}_${value.columnName ?? ""}`,
    create: () =>
      folding<KqlValue>(null, (best, row) => {
        const one = value.of(row) ?? null;
        if (one === null) return best;
        return best === null || orderOf(one, value.type, best, value.type) * sign > 0 ? one : best;
      }),
  };
}

/** The least sample that at least so many percent of the samples do not exceed. */
function percentile(name: string, given: readonly Scalar[]): Aggregate {
  const value = numeric(name, given);
  const percent = Number(given[1]?.of([]));
  if (!(percent >= 0 && percent <= 100)) throw semanticError("SEM0220", "percentile(): the percentile must be between 0 and 100.");
  return {
    type: value.type,
    columnName: `percentile_${value.columnName ?? ""}_${String(percent).replace(".", "_")}`,
    create: () => {
      const samples: number[] = [];
      return {
        add: (row) => {
          const one = value.of(row) ?? null;
          if (one !== null) samples.push(Number(one));
        },
        result: () => samples.sort((left, right) => left - right)[Math.max(0, Math.ceil((percent / 100) * samples.length) - 1)] ?? null,
      };
    },
  };
}

function argument(name: string, given: readonly Scalar[]): Scalar {
  const [value] = given;
  if (value === undefined) throw semanticError("SEM0219", `${name}(): function expects 1 argument(s).`);
  return value;
}

function numeric(name: string, given: readonly Scalar[]): Scalar {
  const value = argument(name, given);
  if (isNumeric(value.type) || value.type === "timespan" || (value.type === "datetime" && name === "percentile")) return value;
  throw semanticError("SEM0220", `${name}(): argument must be numeric and not of type ${value.type}. Please use an explicit cast.`);
}

function condition(name: string, predicate: Scalar | undefined): (row: KqlRow) => boolean {
  if (predicate?.type !== "bool") throw semanticError("SEM0220", `${name}(): the predicate must be of type bool.`);
  return (row) => predicate.of(row) === true;
}

/** A value as an item of a dynamic array. */
function jsonValue(value: KqlValue, type: KqlType): unknown {
  if (value === null || value === undefined) return null;
  return type === "datetime" ? new Date(Number(value)).toISOString() : value;
}
