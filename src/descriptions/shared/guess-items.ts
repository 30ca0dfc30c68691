import type { ObjectShape, Shape } from "../../contracts/index.ts";

/**
 * What grows in a reply from page to page: the first list of objects, else the first list, at the top or one level below. Google's aggregated
 * lists have a map by zone there.
 */
export function itemsOf(output: Shape): string | undefined {
  if (output.type !== "object") return undefined;
  if (output.fields.items?.shape.type === "map") return "items";
  return listIn(output, "object") ?? listIn(output, undefined) ?? below(output, "object") ?? below(output, undefined);
}

/** Lists of what a message is not about: `Messages`, `executionErrors`. */
const ASIDES = /(messages|errors|warnings|unreachables?)$/i;

function listIn(object: ObjectShape, items: Shape["type"] | undefined): string | undefined {
  return Object.entries(object.fields).find(
    ([name, { shape }]) => shape.type === "list" && !ASIDES.test(name) && (items === undefined || shape.items.type === items),
  )?.[0];
}

function below(object: ObjectShape, items: Shape["type"] | undefined): string | undefined {
  for (const [name, { shape }] of Object.entries(object.fields)) {
    const inner = shape.type === "object" ? listIn(shape, items) : undefined;
    if (inner !== undefined) return `${name}.${inner}`;
  }
  return undefined;
}
