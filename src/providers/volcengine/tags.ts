import { required, requiredList } from "./errors.ts";
import type { NativeTag } from "./operations.ts";

/** Tags as a record. Go writes a list without items as null. */
export function tagsOf(tags: readonly NativeTag[] | null | undefined, operation: string): Record<string, string> {
  if (tags === null) return {};
  return Object.fromEntries(
    requiredList(tags, operation, "Tags").map(({ Key, Value }) => [required(Key, operation, "Key"), required(Value, operation, "Value")]),
  );
}

/** What is known of a resource beside its name and state, without what is not known. */
export function attributesOf(values: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
