import type { ObjectShape, Shape } from "../contracts/index.ts";

/** What keeps a value from having a shape, as sentences with paths: at most a few. Empty: it fits. */
export function mismatches(value: unknown, shape: Shape, path: string): string[] {
  switch (shape.type) {
    case "unknown":
      return [];
    case "string":
      if (typeof value !== "string") return [`${path} must be a string`];
      return shape.values === undefined || shape.values.includes(value)
        ? []
        : [`${path} must be one of ${shape.values.slice(0, 20).join(", ")}`];
    case "integer":
      return Number.isInteger(value) ? [] : [`${path} must be an integer`];
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? [] : [`${path} must be a number`];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${path} must be true or false`];
    case "list":
      if (!Array.isArray(value)) return [`${path} must be a list`];
      return firstOf(value.entries(), ([index, item]) => mismatches(item, shape.items, `${path}[${index}]`));
    case "map":
      if (!isRecord(value)) return [`${path} must be an object`];
      return firstOf(Object.entries(value).values(), ([key, item]) => mismatches(item, shape.values, `${path}.${key}`));
    case "object":
      return isRecord(value) ? objectMismatches(value, shape, path) : [`${path} must be an object`];
  }
}

function objectMismatches(value: Readonly<Record<string, unknown>>, { fields }: ObjectShape, path: string): string[] {
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length > 0) return [`${path} has no ${unknown.slice(0, 5).join(", ")}`];
  const missing = Object.entries(fields).filter(([name, field]) => field.required && value[name] === undefined);
  if (missing.length > 0) return [`${path}.${missing.map(([name]) => name).join(", ")} is required`];
  return firstOf(Object.entries(value).values(), ([name, item]) => {
    const field = fields[name];
    return field === undefined || item === undefined ? [] : mismatches(item, field.shape, `${path}.${name}`);
  });
}

function firstOf<Item>(items: Iterable<Item>, find: (item: Item) => string[]): string[] {
  for (const item of items) {
    const found = find(item);
    if (found.length > 0) return found;
  }
  return [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
