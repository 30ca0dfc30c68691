import type { Field, ObjectShape, Shape } from "../../contracts/index.ts";
import { type ShapeBuilder, STRING } from "./shape-builder.ts";

/** A parameter as Volcengine's queries spell it: `TagFilters.N.Values.N`, `EipAddress.BandwidthMbps`. */
export interface FlattenedParameter {
  readonly name: string;
  /** Of what the whole name stands for; of one entry where the name ends in `.N`. */
  readonly field: Field;
}

interface Node {
  readonly children: Map<string, Node>;
  field: Field | undefined;
}

const MAX_PARTS = 12;

/** The input such parameters are the parts of. Lists are marked as flattened: they are sent as they were spelled. */
export function fromFlattened(parameters: readonly FlattenedParameter[], builder: ShapeBuilder): ObjectShape {
  const root: Node = { children: new Map(), field: undefined };
  for (const { name, field } of parameters) {
    let node = root;
    for (const part of name.split(".", MAX_PARTS)) {
      const next: Node = node.children.get(part) ?? { children: new Map(), field: undefined };
      node.children.set(part, next);
      node = next;
    }
    node.field = field;
  }
  return objectOf(root, builder);
}

function objectOf(node: Node, builder: ShapeBuilder): ObjectShape {
  return builder.object([...node.children].map(([name, child]) => [name, fieldOf(child, builder)]));
}

function fieldOf(node: Node, builder: ShapeBuilder): Field {
  const entry = node.children.get("N");
  if (entry !== undefined) {
    const { shape, ...more } = fieldOf(entry, builder);
    return { ...more, shape: builder.list(shape), flattened: true };
  }
  if (node.children.size > 0) return { ...node.field, shape: objectOf(node, builder) };
  return node.field ?? { shape: STRING as Shape };
}
