import type { Shape } from "../../contracts/index.ts";

/** JSON as the SDK takes it: times as `Date`, bytes as `Uint8Array`. */
export function toSdk(value: unknown, shape: Shape): unknown {
  return converted(value, shape, (text, format) => (format === "date-time" ? new Date(String(text)) : Buffer.from(String(text), "base64")));
}

/** What the SDK gave as JSON: times as ISO 8601, bytes as base64, without what it adds itself. */
export function fromSdk(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(fromSdk);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name, item]) => name !== "$metadata" && item !== undefined && typeof item !== "function");
  return Object.fromEntries(entries.map(([name, item]) => [name, fromSdk(item)]));
}

/** JSON as AWS's JSON protocols have it: times in bodies are seconds since the epoch (Smithy, "timestampFormat"). */
export function toAwsJson(value: unknown, shape: Shape): unknown {
  return converted(value, shape, (text, format) => (format === "date-time" ? Date.parse(String(text)) / 1_000 : text));
}

/** The reply of a JSON protocol with times as ISO 8601. */
export function fromAwsJson(value: unknown, shape: Shape): unknown {
  return converted(value, shape, (given, format) => (format === "date-time" ? isoOf(given) : given));
}

function isoOf(given: unknown): unknown {
  return typeof given === "number" && Number.isFinite(given) ? new Date(given * 1_000).toISOString() : given;
}

type Convert = (value: unknown, format: "date-time" | "bytes") => unknown;

/** The value with its times and bytes converted. What is null or undefined is left out. */
function converted(value: unknown, shape: Shape, convert: Convert): unknown {
  if (value === null || value === undefined) return undefined;
  switch (shape.type) {
    case "string":
      return shape.format === undefined ? value : convert(value, shape.format);
    case "list":
      return Array.isArray(value) ? value.map((item) => converted(item, shape.items, convert)) : value;
    case "map":
      return mapValues(value, () => shape.values, convert);
    case "object":
      return mapValues(value, (name) => shape.fields[name]?.shape ?? { type: "unknown" }, convert);
    default:
      return value;
  }
}

function mapValues(value: unknown, shapeOf: (name: string) => Shape, convert: Convert): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, converted(item, shapeOf(name), convert)]));
}
