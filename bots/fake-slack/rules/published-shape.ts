import { z } from "zod";

type AllKeys<T> = T extends T ? keyof T : never;

/**
 * A strict object with exactly the fields that Slack's published type has: a field that is missing here, or that Slack does not know, is a
 * type error, so that the fake cannot agree with our own mistakes.
 */
export function published<T>() {
  return <S extends { [K in AllKeys<T>]-?: z.ZodType }>(shape: S & { [K in Exclude<keyof S, AllKeys<T>>]: never }) =>
    z.strictObject(shape as S);
}

/** Of so many characters; Slack refuses empty texts everywhere (`must be more than 0 characters`). */
export function text(maxCharacters: number): z.ZodString {
  return z
    .string()
    .min(1, { error: "must be more than 0 characters" })
    .max(maxCharacters, { error: `must be less than ${maxCharacters + 1} characters` });
}

/** So many items at most; one at least. */
export function list<T extends z.ZodType>(item: T, maxItems: number): z.ZodArray<T> {
  return z
    .array(item)
    .min(1, { error: "no fewer than 1 items allowed" })
    .max(maxItems, { error: `no more than ${maxItems} items allowed` });
}
