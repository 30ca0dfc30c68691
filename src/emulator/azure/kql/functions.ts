import { CONVERSIONS } from "./conversions.ts";
import { semanticError } from "./kql-error.ts";
import { type Scalar, type ScalarFunction, stringOf } from "./scalar.ts";
import { regexOf } from "./string-tests.ts";
import { isNumeric, type KqlRow, type KqlType, textOf } from "./value.ts";

/** Bins of datetimes are counted from the beginning of the year 1 ("bin()"). */
const ORIGIN_MS = Date.parse("0001-01-01T00:00:00Z");

/** The scalar functions that are emulated, by name. */
export const SCALAR_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  ...CONVERSIONS,
  now: (_, given, { nowMs }) => {
    const offset = given[0];
    return { type: "datetime", constant: true, of: (row) => nowMs + Number(offset?.of(row) ?? 0) };
  },
  ago: (name, given, { nowMs }) => {
    const [span] = exactly(name, given, 1);
    if (span?.type !== "timespan") throw wrongArgument(name, "timespan");
    return { type: "datetime", constant: span.constant, of: (row) => nowMs - Number(span.of(row)) };
  },
  bin: bin,
  floor: bin,
  tolower: (name, given) => ofText(name, given, (text) => text.toLowerCase()),
  toupper: (name, given) => ofText(name, given, (text) => text.toUpperCase()),
  strlen: (name, given) => {
    const [text] = exactly(name, given, 1);
    const read = stringOf(text as Scalar);
    const columnName = text?.columnName === undefined ? undefined : `strlen_${text.columnName}`;
    return { type: "long", constant: false, columnName, of: (row) => [...read(row)].length };
  },
  strcat: (_, given) => ({
    type: "string",
    constant: given.every((one) => one.constant),
    of: (row) => given.map((one) => textOf(one.of(row), one.type)).join(""),
  }),
  substring: (name, given) => {
    const [text, start, length] = given;
    if (text === undefined || start === undefined) throw wrongCount(name, "2 or 3");
    const read = stringOf(text);
    return {
      type: "string",
      constant: false,
      of: (row) => {
        const from = Number(start.of(row));
        return read(row).slice(from, length === undefined ? undefined : from + Number(length.of(row)));
      },
    };
  },
  split: (name, given) => {
    const [text, separator] = exactly(name, given, 2).map(stringOf);
    const { columnName } = given[0] ?? {};
    return { type: "dynamic", constant: false, columnName, of: (row) => text?.(row).split(separator?.(row) ?? "") };
  },
  extract: (name, given) => {
    const [pattern, group, text] = exactly(name, given, 3);
    if (pattern === undefined || group === undefined || text === undefined) throw wrongCount(name, "3");
    const [regex, read] = [regexOf(String(pattern.of([]))), stringOf(text)];
    return { type: "string", constant: false, of: (row) => regex.exec(read(row))?.[Number(group.of(row))] ?? "" };
  },
  isempty: (name, given) => emptiness(name, given, true),
  isnotempty: (name, given) => emptiness(name, given, false),
  isnull: (name, given) => nullness(name, given, true),
  isnotnull: (name, given) => nullness(name, given, false),
  not: (name, given) => {
    const [operand] = exactly(name, given, 1);
    if (operand?.type !== "bool") throw wrongArgument(name, "bool");
    return {
      type: "bool",
      constant: operand.constant,
      of: (row) => {
        const value = operand.of(row);
        return value === null ? null : value !== true;
      },
    };
  },
  iff: conditional,
  iif: conditional,
  case: (name, given) => {
    if (given.length < 3 || given.length % 2 === 0) throw wrongCount(name, "an odd number of");
    return conditional(name, given);
  },
  coalesce: (name, given) => {
    const type = commonType(name, given);
    const isThere = (value: unknown) => value !== null && value !== undefined && value !== "";
    return { type, constant: false, of: (row) => given.map((one) => one.of(row)).find(isThere) ?? (type === "string" ? "" : null) };
  },
  array_length: (name, given) => {
    const [array] = exactly(name, given, 1);
    return {
      type: "long",
      constant: false,
      of: (row) => {
        const value = array?.of(row);
        return Array.isArray(value) ? value.length : null;
      },
    };
  },
  round: (name, given) => {
    const [value, digits] = given;
    if (value === undefined) throw wrongCount(name, "1 or 2");
    return {
      type: "real",
      constant: false,
      columnName: value.columnName,
      of: (row) => {
        const factor = 10 ** Number(digits?.of(row) ?? 0);
        const number = value.of(row) ?? null;
        return number === null ? null : Math.round(Number(number) * factor) / factor;
      },
    };
  },
};

function bin(name: string, given: readonly Scalar[]): Scalar {
  const [value, step] = exactly(name, given, 2);
  if (value === undefined || step === undefined) throw wrongCount(name, "2");
  const timed = (value.type === "datetime" || value.type === "timespan") && step.type === "timespan";
  if (!timed && !(isNumeric(value.type) && isNumeric(step.type))) throw wrongArgument(name, value.type);
  const origin = value.type === "datetime" ? ORIGIN_MS : 0;
  return {
    type: value.type === "long" && step.type === "real" ? "real" : value.type,
    constant: false,
    columnName: value.columnName,
    of: (row) => {
      const [at, size] = [value.of(row) ?? null, Number(step.of(row))];
      return at === null || size <= 0 ? null : Math.floor((Number(at) - origin) / size) * size + origin;
    },
  };
}

/** Conditions and values in turn, and what there is otherwise at the end. */
function conditional(name: string, given: readonly Scalar[]): Scalar {
  if (given.length < 3) throw wrongCount(name, "3");
  const results = given.filter((_, index) => index % 2 === 1 || index === given.length - 1);
  const conditions = given.filter((_, index) => index % 2 === 0 && index < given.length - 1);
  for (const condition of conditions) if (condition.type !== "bool" && condition.type !== "dynamic") throw wrongArgument(name, "bool");
  const type = commonType(name, results);
  return {
    type,
    constant: false,
    of: (row: KqlRow) => {
      const met = conditions.findIndex((condition) => condition.of(row) === true);
      return results.at(met)?.of(row);
    },
  };
}

function commonType(name: string, results: readonly Scalar[]): KqlType {
  const types = [...new Set(results.map(({ type }) => type))];
  const [first] = types;
  if (first !== undefined && types.length === 1) return first;
  if (types.every(isNumeric)) return types.includes("real") ? "real" : "long";
  if (types.includes("dynamic")) return "dynamic";
  throw semanticError("SEM0219", `${name}(): the types of the results must match`);
}

function emptiness(name: string, given: readonly Scalar[], expected: boolean): Scalar {
  const [value] = exactly(name, given, 1);
  const isEmpty = (row: KqlRow) => {
    const one = value?.of(row);
    return one === null || one === undefined || one === "";
  };
  return { type: "bool", constant: false, of: (row) => isEmpty(row) === expected };
}

function nullness(name: string, given: readonly Scalar[], expected: boolean): Scalar {
  const [value] = exactly(name, given, 1);
  return { type: "bool", constant: false, of: (row) => ((value?.of(row) ?? null) === null) === expected };
}

function ofText(name: string, given: readonly Scalar[], change: (text: string) => string): Scalar {
  const [text] = exactly(name, given, 1);
  if (text === undefined || (text.type !== "string" && text.type !== "dynamic")) throw wrongArgument(name, "string");
  const read = stringOf(text);
  return { type: "string", constant: text.constant, of: (row) => change(read(row)) };
}

function exactly(name: string, given: readonly Scalar[], count: number): readonly Scalar[] {
  if (given.length !== count) throw wrongCount(name, String(count));
  return given;
}

function wrongCount(name: string, count: string) {
  return semanticError("SEM0219", `${name}(): function expects ${count} argument(s).`);
}

function wrongArgument(name: string, type: string) {
  return semanticError("SEM0220", `${name}(): argument is of the wrong type; expected ${type}.`);
}
