import type { Field, ObjectShape, OperationDescription, ReferenceDocument, ServiceDescription, Shape } from "../../contracts/index.ts";
import { EMPTY_OBJECT, UNKNOWN } from "./shape-builder.ts";

/** A service as the shipped index holds it: shapes and fields stand once and are referred to by their number. JSON. */
export interface CompactService {
  readonly source: string;
  readonly date: string;
  readonly shapes: readonly CompactShape[];
  readonly fields: readonly CompactField[];
  readonly operations: readonly CompactOperation[];
  readonly documents: readonly ReferenceDocument[];
}

/** A simple shape; values of a string; `l`ist or `m`ap of a shape; fields of an `o`bject. */
type CompactShape = Shape["type"] | readonly ["e", ...string[]] | readonly ["f" | "l" | "m" | "o", ...(string | number)[]];

/** Name, shape, and what else the field says. */
type CompactField = readonly [string, number, string?, Omit<Field, "shape" | "description">?];

type CompactOperation = Omit<OperationDescription, "id" | "provider" | "service" | "input" | "output"> & {
  readonly input: number;
  readonly output: number;
};

/** Shapes that are written alike are stored once. */
export function compactService(description: ServiceDescription): CompactService {
  const shapes = new Interned<CompactShape>();
  const fields = new Interned<CompactField>();
  const known = new WeakMap<Shape, number>();

  const shapeNumber = (shape: Shape): number => {
    const ready = known.get(shape);
    if (ready !== undefined) return ready;
    const number = shapes.numberOf(compactShape(shape));
    known.set(shape, number);
    return number;
  };
  const compactShape = (shape: Shape): CompactShape => {
    switch (shape.type) {
      case "list":
        return ["l", shapeNumber(shape.items)];
      case "map":
        return ["m", shapeNumber(shape.values)];
      case "object":
        return ["o", ...Object.entries(shape.fields).map(([name, field]) => fieldNumber(name, field))];
      case "string":
        if (shape.format !== undefined) return ["f", shape.format];
        return shape.values === undefined ? "string" : ["e", ...shape.values];
      default:
        return shape.type;
    }
  };
  const fieldNumber = (name: string, { shape, description, ...more }: Field): number => {
    const hasMore = Object.keys(more).length > 0;
    const number = shapeNumber(shape);
    return fields.numberOf(
      hasMore ? [name, number, description ?? "", more] : description === undefined ? [name, number] : [name, number, description],
    );
  };

  const operations = description.operations.map(({ id, provider, service, input, output, ...operation }) => ({
    ...operation,
    input: shapeNumber(input),
    output: shapeNumber(output),
  }));
  return {
    source: description.origin.source,
    date: description.origin.date,
    shapes: shapes.values,
    fields: fields.values,
    operations,
    documents: description.documents,
  };
}

/** The inverse of {@link compactService}. A number that refers to nothing before it is `unknown`. */
export function expandService(compact: CompactService, provider: string, service: string): ServiceDescription {
  const shapes: Shape[] = [];
  const shapeAt = (number: unknown) => shapes[Number(number)] ?? UNKNOWN;
  const entryOf = (number: unknown): readonly (readonly [string, Field])[] => {
    const [name, shape, description, more] = compact.fields[Number(number)] ?? [];
    if (name === undefined) return [];
    return [[name, { shape: shapeAt(shape), ...more, ...(description === undefined || description === "" ? {} : { description }) }]];
  };
  for (const entry of compact.shapes) shapes.push(shapeOf(entry, shapeAt, entryOf));
  const objectAt = (number: number): ObjectShape => {
    const shape = shapeAt(number);
    return shape.type === "object" ? shape : EMPTY_OBJECT;
  };
  return {
    provider,
    service,
    origin: { kind: "shipped", source: compact.source, date: compact.date },
    operations: compact.operations.map(({ input, output, ...operation }) => ({
      ...operation,
      id: `${provider}.${service}.${operation.name}`,
      provider,
      service,
      input: objectAt(input),
      output: shapeAt(output),
    })),
    documents: compact.documents,
  };
}

function shapeOf(
  entry: CompactShape,
  shapeAt: (number: unknown) => Shape,
  entryOf: (number: unknown) => readonly (readonly [string, Field])[],
): Shape {
  if (typeof entry === "string") return { type: entry as "string" };
  const [kind, ...rest] = entry;
  switch (kind) {
    case "e":
      return { type: "string", values: rest as string[] };
    case "f":
      return { type: "string", format: rest[0] as "bytes" };
    case "l":
      return { type: "list", items: shapeAt(rest[0]) };
    case "m":
      return { type: "map", values: shapeAt(rest[0]) };
    case "o":
      return { type: "object", fields: Object.fromEntries(rest.flatMap(entryOf)) };
  }
}

class Interned<Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(value: Value): number {
    const key = JSON.stringify(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}
