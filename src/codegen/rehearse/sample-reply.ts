import type { Field, ObjectShape, OperationDescription, Shape } from "../../contracts/index.ts";
import type { Literals } from "./literals.ts";
import { type SamplePlace, sampleNumber, sampleText, sampleTime } from "./sample-values.ts";

/** What a made-up reply is like. */
export interface SampleStyle {
  /** Items of a list, and of the paginated one. */
  readonly items: number;
  readonly pagedItems: number;
  /** Without fields that the description does not promise. */
  readonly sparse: boolean;
}

export interface SampleContext {
  readonly literals: Literals;
  readonly nowMs: number;
  readonly style: SampleStyle;
  /** The program's arguments: what is asked for is what is answered. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Lists nested deeper are empty, so that a reply stays small whatever its shape. */
const MAX_DEPTH = 9;

/** A reply that fits the operation's output. Same arguments, same reply. */
export function sampleReply({ output, pagination }: OperationDescription, context: SampleContext): unknown {
  const sampler = new Sampler(context, pagination?.items);
  return sampler.value(output, { name: "", parent: "", description: "", index: 0 }, "", 0) ?? {};
}

class Sampler {
  readonly #context: SampleContext;
  readonly #paged: string | undefined;

  constructor(context: SampleContext, paged: string | undefined) {
    this.#context = context;
    this.#paged = paged;
  }

  /** Undefined where nothing is known of it. */
  value(shape: Shape, place: SamplePlace, path: string, depth: number): unknown {
    const { literals, nowMs } = this.#context;
    // Lists within a list begin where their item stands, so that they differ from item to item.
    switch (shape.type) {
      case "unknown":
        return undefined;
      case "boolean":
        return place.index % 2 === 0;
      case "integer":
      case "number":
        return sampleNumber(place, shape.type === "integer", literals, nowMs);
      case "string":
        return this.#text(shape, place);
      case "list":
        return Array.from(
          { length: this.#length(path, depth) },
          (_, index) => this.value(shape.items, { ...place, index: place.index + index }, `${path}[]`, depth + 1) ?? {},
        );
      case "map":
        return Object.fromEntries(
          this.#keys(path, depth).map((key, index) => [
            key,
            this.value(shape.values, { ...place, index: place.index + index }, `${path}[]`, depth + 1) ?? {},
          ]),
        );
      case "object":
        return this.#object(shape, place, path, depth);
    }
  }

  #object({ fields }: ObjectShape, { name, index }: SamplePlace, path: string, depth: number): unknown {
    const members = Object.entries(fields).flatMap(([field, described]): [string, unknown][] => {
      if (this.#leavesOut(described, path, field)) return [];
      const place = { name: field, parent: name, description: described.description ?? "", index };
      const value = this.value(described.shape, place, path === "" ? field : `${path}.${field}`, depth);
      return value === undefined ? [] : [[field, value]];
    });
    return Object.fromEntries(members);
  }

  /** Of a sparse reply the way to the paginated list stays: its items are what is sparse. */
  #leavesOut({ required }: Field, path: string, field: string): boolean {
    const own = path === "" ? field : `${path}.${field}`;
    return this.#context.style.sparse && !required && !(this.#paged ?? "").startsWith(own) && path !== "";
  }

  #text(shape: Shape & { readonly type: "string" }, place: SamplePlace): string {
    const { literals, nowMs } = this.#context;
    const asked = this.#asked(place);
    if (asked !== undefined) return asked;
    if (shape.values !== undefined && shape.values.length > 0) return shape.values[place.index % shape.values.length] ?? "";
    if (shape.format === "date-time") return sampleTime(place.index, nowMs);
    if (shape.format === "bytes") return Buffer.from("sample").toString("base64");
    return sampleText(place, literals, nowMs);
  }

  /** The value of a parameter of the same name: who asks for an id gets that id. */
  #asked({ name, index }: SamplePlace): string | undefined {
    const found = Object.entries(this.#context.parameters).find(([parameter]) => singular(parameter) === singular(name));
    const value = Array.isArray(found?.[1]) ? found[1][index % Math.max(1, found[1].length)] : found?.[1];
    return typeof value === "string" ? value : undefined;
  }

  #length(path: string, depth: number): number {
    const { items, pagedItems } = this.#context.style;
    if (depth > MAX_DEPTH) return 0;
    if (path === this.#paged) return pagedItems;
    return depth === 0 ? items : Math.min(items, pagedItems > 100 ? 1 : 2);
  }

  #keys(path: string, depth: number): readonly string[] {
    const keys = [...this.#context.literals.texts, "sample-0", "sample-1", "sample-2"];
    return keys.slice(0, Math.min(this.#length(path, depth), 20));
  }
}

function singular(name: string): string {
  return name.toLowerCase().replace(/s$/, "");
}
