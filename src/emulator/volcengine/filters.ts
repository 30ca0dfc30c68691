import { flatList, optionalText } from "./parameters.ts";
import { invalidArgument } from "./refusals.ts";
import type { VolcengineRequest } from "./service.ts";
import { VolcengineError } from "./volcengine-error.ts";

type Input = VolcengineRequest["input"];

const MOST_TAG_FILTERS = 10;

/** A test for a parameter that wants a value, if the request has it. */
export function equality(input: Input): (name: string, value: string) => boolean {
  return (name, value) => (optionalText(input, name) ?? value) === value;
}

/** Whether a value is one of those in `Name.N`, or nobody asked. */
export function isAmong(input: Input, name: string, value: string): boolean {
  const wanted = flatList(input, name);
  return wanted.length === 0 || wanted.includes(value);
}

/** Whether tags fit all of the request's tag filters. */
export function isTagged(input: Input, tags: Readonly<Record<string, string>>): boolean {
  return tagFiltersOf(input).every(({ key, values }) => {
    const value = tags[key];
    return value !== undefined && (values.length === 0 || values.includes(value));
  });
}

/** `TagFilters.N` of a request. @throws VolcengineError for too many, and for one without a key. */
export function tagFiltersOf(input: Input): readonly { readonly key: string; readonly values: readonly string[] }[] {
  const numbers = [...new Set(Object.keys(input).flatMap((name) => /^TagFilters\.(\d+)\./.exec(name)?.[1] ?? []))].sort();
  if (numbers.length > MOST_TAG_FILTERS)
    throw new VolcengineError("LimitExceeded.MaximumTagFilters", "The number of specified TagFilters exceeds the maximum limit.");
  return numbers.map((number) => {
    const key = optionalText(input, `TagFilters.${number}.Key`);
    if (key === undefined) throw invalidArgument(`The specified argument TagFilters.${number}.Key is invalid.`);
    return { key, values: flatList(input, `TagFilters.${number}.Values`) };
  });
}
