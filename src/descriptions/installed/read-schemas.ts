/** A value of a schema module: data alone. A name stands for what it was declared as. */
export type Literal = number | string | Reference | readonly Literal[] | { readonly [key: string]: Literal };

export class Reference {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`)|(-?\d+)|([A-Za-z_$][\w$]*)|(\(\) =>|[[\]{}(),:|]))/y;

/**
 * The declarations of a module of `@aws-sdk/client-*` that holds its schemas (`dist-es/schemas`): arrays of numbers, strings and
 * names. It is read, not run; a statement of any other kind is left out.
 */
export function readSchemas(text: string): Map<string, Literal> {
  const names = new Map<string, Literal>();
  const declaration = /^(?:export )?(?:const|var) ([\w$]+) = /gm;
  for (let match = declaration.exec(text); match !== null; match = declaration.exec(text)) {
    const value = new LiteralReader(text, declaration.lastIndex).read();
    if (value !== undefined && match[1] !== undefined) names.set(match[1], value);
  }
  return names;
}

class LiteralReader {
  readonly #text: string;
  #at: number;
  #token: { readonly kind: "string" | "number" | "name" | "mark"; readonly text: string } | undefined;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
    this.#next();
  }

  /** Undefined where it is no literal. */
  read(): Literal | undefined {
    const token = this.#token;
    this.#next();
    if (token === undefined) return undefined;
    if (token.kind === "string") return stringOf(token.text);
    if (token.kind === "number") return this.#bits(Number(token.text));
    if (token.kind === "name") return this.#is("(") ? undefined : new Reference(token.text);
    if (token.text === "() =>") return this.read();
    if (token.text === "[") return this.#list();
    return token.text === "{" ? this.#object() : undefined;
  }

  /** `64 | 0` is a list of strings; `64 | 21` one of blobs. */
  #bits(first: number): number {
    let value = first;
    while (this.#is("|")) {
      this.#next();
      value |= Number(this.#token?.text);
      this.#next();
    }
    return value;
  }

  #list(): Literal | undefined {
    const values: Literal[] = [];
    while (!this.#is("]")) {
      const value = this.read();
      if (value === undefined) return undefined;
      values.push(value);
      if (this.#is(",")) this.#next();
    }
    this.#next();
    return values;
  }

  #object(): Literal | undefined {
    const entries: [string, Literal][] = [];
    while (!this.#is("}")) {
      const key = this.#key();
      if (key === undefined || !this.#is(":")) return undefined;
      this.#next();
      const value = this.read();
      if (value === undefined) return undefined;
      entries.push([key, value]);
      if (this.#is(",")) this.#next();
    }
    this.#next();
    return Object.fromEntries(entries);
  }

  /** `[_xN]` or `name`: the name of the constant that holds the key, in brackets. */
  #key(): string | undefined {
    const isComputed = this.#is("[");
    if (isComputed) this.#next();
    const key = this.#token;
    this.#next();
    if (isComputed) this.#next();
    if (key === undefined || key.kind === "mark") return undefined;
    return isComputed ? `[${key.text}]` : key.kind === "string" ? stringOf(key.text) : key.text;
  }

  #is(mark: string): boolean {
    return this.#token?.text === mark;
  }

  #next(): void {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    this.#token = undefined;
    if (match === null) return;
    this.#at = TOKEN.lastIndex;
    const [, string, number, name, mark] = match;
    if (string !== undefined) this.#token = { kind: "string", text: string };
    else if (number !== undefined) this.#token = { kind: "number", text: number };
    else if (name !== undefined) this.#token = { kind: "name", text: name };
    else if (mark !== undefined) this.#token = { kind: "mark", text: mark };
  }
}

function stringOf(token: string): string {
  if (token.startsWith("`")) return token.slice(1, -1);
  try {
    return JSON.parse(token);
  } catch {
    return "";
  }
}
