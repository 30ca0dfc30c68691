import { semanticError } from "./kql-error.ts";
import type { Scalar, ScalarFunction } from "./scalar.ts";
import { type KqlType, type KqlValue, parseDatetime, parseTimespan, textOf } from "./value.ts";

/** `tostring(x)` and the like: columns of them keep the name of what they convert. */
export const CONVERSIONS: Readonly<Record<string, ScalarFunction>> = {
  tostring: conversion("string", textOf),
  toint: conversion("int", integerOf),
  tolong: conversion("long", integerOf),
  toreal: conversion("real", numberOf),
  todouble: conversion("real", numberOf),
  tobool: conversion("bool", boolOf),
  todatetime: conversion("datetime", datetimeOf),
  totimespan: conversion("timespan", (value, type) => (type === "timespan" ? value : parseTimespan(String(value)))),
  parse_json: conversion("dynamic", jsonOf),
  todynamic: conversion("dynamic", jsonOf),
};

function conversion(type: KqlType, convert: (value: KqlValue, from: KqlType) => KqlValue): ScalarFunction {
  return (name, given) => {
    const [argument, ...rest]: readonly Scalar[] = given;
    if (argument === undefined || rest.length > 0) throw semanticError("SEM0219", `${name}(): function expects 1 argument(s).`);
    const { columnName } = argument;
    const nothing = type === "string" ? "" : null;
    return {
      type,
      constant: argument.constant,
      columnName,
      of: (row) => {
        const value = argument.of(row) ?? null;
        return value === null ? nothing : convert(value, argument.type);
      },
    };
  };
}

function numberOf(value: KqlValue): number | null {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string" && value.trim() === "") return null;
  const number = typeof value === "object" ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}

function integerOf(value: KqlValue): number | null {
  const number = numberOf(value);
  return number === null ? null : Math.trunc(number);
}

function boolOf(value: KqlValue): boolean | null {
  if (typeof value === "boolean") return value;
  const text = String(value).toLowerCase();
  return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : null;
}

function datetimeOf(value: KqlValue, from: KqlType): number | null {
  return from === "datetime" ? Number(value) : parseDatetime(String(value));
}

function jsonOf(value: KqlValue, from: KqlType): unknown {
  if (from === "dynamic" && typeof value !== "string") return value;
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
}
