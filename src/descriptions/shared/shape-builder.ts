import type { Field, ObjectShape, Shape } from "../../contracts/index.ts";

/** Values beyond this depth are `unknown`. */
const MAX_DEPTH = 40;
/** Values of one input or output, written out in full: consumers walk them, and shapes that share parts can grow exponentially. */
const MAX_NODES = 10_000;
const MAX_FIELDS = 1_000;
const MAX_VALUES = 100;
const MAX_NAME_LENGTH = 200;

// Programs write fields as property names; these would reach into prototypes wherever somebody copies them carelessly.
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export const UNKNOWN: Shape = { type: "unknown" };
export const STRING: Shape = { type: "string" };
export const INTEGER: Shape = { type: "integer" };
export const NUMBER: Shape = { type: "number" };
export const BOOLEAN: Shape = { type: "boolean" };
export const TIME: Shape = { type: "string", format: "date-time" };
export const BYTES: Shape = { type: "string", format: "bytes" };
export const EMPTY_OBJECT: ObjectShape = { type: "object", fields: {} };

/** Builds the shapes of one description within the limits above. What is beyond them is `unknown`. */
export interface ShapeBuilder {
  list(items: Shape): Shape;
  map(values: Shape): Shape;
  object(fields: Iterable<readonly [string, Field]>): ObjectShape;
  /** A shape that others refer to by name: built once; a reference to itself, at whatever distance, is `unknown`. */
  named(name: string, define: () => Shape): Shape;
  /** A shape within a shape. */
  nested(define: () => Shape): Shape;
}

export function createShapeBuilder(): ShapeBuilder {
  const known = new Map<string, Shape>();
  const open = new Set<string>();
  const nodes = new WeakMap<Shape, number>();
  let depth = 0;

  const sizeOf = (shape: Shape) => nodes.get(shape) ?? 1;
  const sized = <Kind extends Shape>(shape: Kind, size: number): Kind => {
    nodes.set(shape, size);
    return shape;
  };
  const fitting = (shape: Shape) => (sizeOf(shape) < MAX_NODES ? shape : UNKNOWN);

  const nested = (define: () => Shape): Shape => {
    if (depth >= MAX_DEPTH) return UNKNOWN;
    depth++;
    const shape = define();
    depth--;
    return shape;
  };

  return {
    nested,
    list: (items) => sized({ type: "list", items: fitting(items) }, 1 + sizeOf(fitting(items))),
    map: (values) => sized({ type: "map", values: fitting(values) }, 1 + sizeOf(fitting(values))),
    object(fields) {
      const kept: [string, Field][] = [];
      let size = 1;
      for (const [name, field] of fields) {
        if (kept.length >= MAX_FIELDS) break;
        if (!isFieldName(name)) continue;
        const room = MAX_NODES - size - MAX_FIELDS;
        const fits = sizeOf(field.shape) <= room;
        kept.push([name, fits ? field : { ...field, shape: UNKNOWN }]);
        size += fits ? sizeOf(field.shape) : 1;
      }
      return sized({ type: "object", fields: Object.fromEntries(kept) }, size);
    },
    named(name, define) {
      const ready = known.get(name);
      if (ready !== undefined) return ready;
      if (open.has(name)) return UNKNOWN;
      open.add(name);
      const shape = nested(define);
      open.delete(name);
      known.set(name, shape);
      return shape;
    },
  };
}

function isFieldName(name: string): boolean {
  return name !== "" && name.length <= MAX_NAME_LENGTH && !FORBIDDEN_NAMES.has(name) && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name);
}

/** A string of known values; of so many that nobody reads them, just a string. */
export function oneOf(values: readonly string[]): Shape {
  const distinct = [...new Set(values)].filter((value) => value !== "" && value.length <= MAX_NAME_LENGTH);
  return distinct.length === 0 || distinct.length > MAX_VALUES ? STRING : { type: "string", values: distinct };
}
