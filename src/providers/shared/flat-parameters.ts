/** Nested values as the flat parameters of RPC style APIs: `Tag.1.Key=…`, `Filter.Name=…`; indices count from 1. */
export function flatParameters(prefix: string, value: unknown): [name: string, value: string][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => flatParameters(`${prefix}.${index + 1}`, item));
  if (typeof value === "object") return Object.entries(value).flatMap(([name, item]) => flatParameters(`${prefix}.${name}`, item));
  return [[prefix, String(value)]];
}
