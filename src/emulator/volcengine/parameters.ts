import { invalidArgument, missingParameter } from "./refusals.ts";
import type { ParameterType } from "./service.ts";

type Input = Readonly<Record<string, unknown>>;

/** Members of every call of the Open API. */
const COMMON: ReadonlySet<string> = new Set(["Action", "Version"]);

/**
 * Refuses missing, mistyped and unknown parameters. The vendor ignores those it does not know; here they would be filters that do nothing,
 * or misspellings. Flat names (`InstanceIds.N`) are read by {@link flatList}.
 */
export function checkParameters(input: Input, parameters: Readonly<Record<string, ParameterType>>): void {
  for (const name of Object.keys(input)) {
    if (!COMMON.has(name) && !Object.hasOwn(parameters, name.replace(/\.\d+(?=\.|$)/g, ".N")))
      throw invalidArgument(`The parameter ${name} is unknown, or not emulated.`);
  }
  for (const [name, type] of Object.entries(parameters)) {
    const value = input[name];
    if (value === undefined || value === null) {
      if (type.Required === true) throw missingParameter(name);
      continue;
    }
    if (!fits(value, type)) throw invalidArgument(`The specified argument ${name} is invalid.`);
  }
}

/** The values of `Name.1`, `Name.2`, …, in this order. */
export function flatList(input: Input, name: string): readonly string[] {
  return Object.entries(input)
    .flatMap(([key, value]) => {
      const number = key.startsWith(`${name}.`) ? key.slice(name.length + 1) : "";
      return /^\d+$/.test(number) ? [[Number(number), String(value)] as const] : [];
    })
    .sort(([left], [right]) => left - right)
    .map(([, value]) => value);
}

/** The whole number in a parameter. @throws VolcengineError where it is none or out of bounds. */
export function boundedInteger(input: Input, name: string, least: number, most: number, fallback: number): number {
  const value = input[name];
  if (value === undefined || value === null || value === "") return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most)
    throw invalidArgument(`The specified argument ${name} is invalid: must be between ${least} and ${most}.`);
  return number;
}

/** The text of a parameter; undefined where it is missing or empty. */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  return value === undefined || value === null || value === "" ? undefined : String(value);
}

/** Parameters of queries are strings, whatever they mean. */
function fits(value: unknown, { TypeName: type, TypeOf: of }: ParameterType): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(typeof value === "string" && value !== "" ? Number(value) : value);
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "string":
      return typeof value === "string";
    case "array":
      return Array.isArray(value) && (of === "string" ? value.every((item) => typeof item === "string") : value.every(isObject));
    case "object":
      return isObject(value);
    default:
      return true;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
