import { posix } from "node:path";
import { at, own, textOf } from "./json.ts";

/** A part of a Swagger document, and where it stands. */
export interface SwaggerNode {
  readonly document: string;
  readonly value: unknown;
  /** Its place in its document, where a reference led to it. */
  readonly id?: string;
}

const MAX_HOPS = 20;

/** Follows `$ref` to where it ends, in the documents at hand; what is not at hand is undefined. */
export function followReference(documents: ReadonlyMap<string, unknown>, node: SwaggerNode): SwaggerNode {
  let current = node;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const reference = textOf(own(current.value, "$ref"));
    if (reference === undefined) return current;
    const [file = "", pointer = ""] = reference.split("#", 2);
    const document = file === "" ? current.document : documentAt(current.document, file);
    const keys = pointer.split("/").slice(1);
    current = { document, value: at(documents.get(document), ...keys), id: `${document}#${pointer}` };
  }
  return { document: node.document, value: undefined };
}

/** The document that a reference in another names: `./common.json` beside `specification/compute/…/disk.json`. */
function documentAt(from: string, file: string): string {
  return posix.join(posix.dirname(from), file);
}

/** Documents that a document refers to, each once. Reads every value of it, deep ones too, in time that grows with its size. */
export function referencedDocuments(document: unknown, name: string): readonly string[] {
  const found = new Set<string>();
  const waiting: unknown[] = [document];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      // Examples are of no use here.
      if (key === "x-ms-examples") continue;
      if (key === "$ref" && typeof inner === "string" && !inner.startsWith("#")) found.add(documentAt(name, inner.split("#", 1)[0] ?? ""));
      else if (typeof inner === "object" && inner !== null) waiting.push(inner);
    }
  }
  return [...found];
}
