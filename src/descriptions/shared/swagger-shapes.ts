import type { Field, Shape } from "../../contracts/index.ts";
import { field } from "./describe-service.ts";
import { entriesOf, listOf, own, textsOf } from "./json.ts";
import { BOOLEAN, BYTES, createShapeBuilder, INTEGER, NUMBER, oneOf, type ShapeBuilder, STRING, TIME, UNKNOWN } from "./shape-builder.ts";
import { followReference, type SwaggerNode } from "./swagger-references.ts";

/** What more schemas add is left out: their fields are copied, and a reference is short to write. */
const MAX_BASES = 20;

export interface SwaggerShapes {
  readonly builder: ShapeBuilder;
  shapeOf(node: SwaggerNode): Shape;
}

/** Shapes of Swagger 2.0 schemas and parameters, across documents. */
export function swaggerShapes(documents: ReadonlyMap<string, unknown>): SwaggerShapes {
  const builder = createShapeBuilder();

  const shapeOf = (node: SwaggerNode): Shape => {
    const target = followReference(documents, node);
    return target.id === undefined ? builder.nested(() => plain(target)) : builder.named(target.id, () => plain(target));
  };

  const plain = ({ document, value }: SwaggerNode): Shape => {
    const inner = (part: unknown) => shapeOf({ document, value: part });
    switch (own(value, "type")) {
      case "array":
        return builder.list(inner(own(value, "items")));
      case "string":
        return stringOf(value);
      case "integer":
        return INTEGER;
      case "number":
        return NUMBER;
      case "boolean":
        return BOOLEAN;
      default: {
        const fields = fieldsOf({ document, value });
        const values = own(value, "additionalProperties");
        if (fields.length === 0 && typeof values === "object" && values !== null) return builder.map(inner(values));
        return fields.length === 0 && own(value, "properties") === undefined ? UNKNOWN : builder.object(fields);
      }
    }
  };

  /** Its own fields and those of what it is `allOf`. */
  const fieldsOf = ({ document, value }: SwaggerNode): (readonly [string, Field])[] => {
    const required = new Set(textsOf(own(value, "required")));
    const bases = listOf(own(value, "allOf"))
      .slice(0, MAX_BASES)
      .flatMap((base) => {
        const shape = shapeOf({ document, value: base });
        return shape.type === "object" ? Object.entries(shape.fields) : [];
      });
    const fields = entriesOf(own(value, "properties")).map(([name, part]): readonly [string, Field] => {
      const description = own(part, "description") ?? own(part, "title");
      return [name, field(shapeOf({ document, value: part }), description, required.has(name) ? { required: true } : {})];
    });
    return [...bases, ...fields];
  };

  return { builder, shapeOf };
}

function stringOf(schema: unknown): Shape {
  const format = own(schema, "format");
  if (format === "date-time") return TIME;
  if (format === "byte" || format === "binary" || format === "base64url") return BYTES;
  const values = textsOf(own(schema, "enum"));
  return values.length === 0 ? STRING : oneOf(values);
}
