import { refusal } from "./refusal.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

const NOTHING: JsonObject = Object.freeze(Object.create(null));

/** What was read as JSON; throws `DESCRIPTION_REFUSED` where it is none. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(source, { en: "it is no JSON.", zh: "内容不是 JSON。" }, error);
  }
}

/** The object, or an empty one where it is anything else: readers below never throw on what a publisher sends. */
export function objectOf(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : NOTHING;
}

/** A property of its own, never one of the prototype's (`constructor`, `__proto__`). */
export function own(value: unknown, key: string): unknown {
  const object = objectOf(value);
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A property within properties. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce(own, value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((entry) => typeof entry === "string");
}

export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(objectOf(value));
}
