import type { Field, Shape } from "../../contracts/index.ts";
import { BOOLEAN, BYTES, INTEGER, NUMBER, oneOf, type ShapeBuilder, STRING, TIME, UNKNOWN } from "../shared/shape-builder.ts";

const SIMPLE: Readonly<Record<string, Shape>> = {
  string: STRING,
  int: INTEGER,
  number: NUMBER,
  bool: BOOLEAN,
  time: TIME,
  bytes: BYTES,
  any: UNKNOWN,
};

/** Reads a shape of our notation: `{ id!, size: int, tags: { *: string }, disks: [Disk], state: 'on' | 'off' }`. */
export class ShapeReader {
  readonly #tokens: readonly string[];
  readonly #builder: ShapeBuilder;
  readonly #named: (name: string) => Shape;
  #at = 0;

  constructor(source: string, builder: ShapeBuilder, named: (name: string) => Shape) {
    this.#tokens = source.match(/'[^']*'|[\w$.-]+|[{}[\]:,!|*]/g) ?? [];
    this.#builder = builder;
    this.#named = named;
  }

  shape(): Shape {
    const token = this.#next();
    if (token === "[") {
      const items = this.shape();
      this.#expect("]");
      return this.#builder.list(items);
    }
    if (token === "{") return this.#object();
    if (token.startsWith("'")) return this.#values(token);
    return SIMPLE[token] ?? this.#named(token);
  }

  #object(): Shape {
    if (this.#tokens[this.#at] === "*") {
      this.#next();
      this.#expect(":");
      const values = this.shape();
      this.#expect("}");
      return this.#builder.map(values);
    }
    const fields: [string, Field][] = [];
    while (this.#tokens[this.#at] !== "}") {
      const name = this.#next();
      const required = this.#skip("!");
      const shape = this.#skip(":") ? this.shape() : STRING;
      fields.push([name, { shape, ...(required ? { required: true as const } : {}) }]);
      if (!this.#skip(",")) break;
    }
    this.#expect("}");
    return this.#builder.object(fields);
  }

  #values(first: string): Shape {
    const values = [first.slice(1, -1)];
    while (this.#skip("|")) values.push(this.#next().slice(1, -1));
    return oneOf(values);
  }

  #skip(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#skip(token))
      throw new Error(`Expected ${token} before ${this.#tokens.slice(this.#at, this.#at + 5).join(" ")} in the notation.`);
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? "";
  }
}
