import { type KqlError, syntaxError } from "./kql-error.ts";
import { type KqlToken, kqlTokens, placeOf } from "./tokens.ts";

/** Walks over the tokens of a query. */
export class TokenReader {
  readonly #query: string;
  readonly #tokens: readonly KqlToken[];
  #at = 0;

  constructor(query: string) {
    this.#query = query;
    this.#tokens = kqlTokens(query);
  }

  get current(): KqlToken {
    return this.#tokens[this.#at] as KqlToken;
  }

  /** The token after the current one. */
  get following(): KqlToken {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)] as KqlToken;
  }

  next(): KqlToken {
    const token = this.current;
    if (token.kind !== "end") this.#at++;
    return token;
  }

  /** Whether the current token is this symbol or this name. */
  is(text: string): boolean {
    return (this.current.kind === "symbol" || this.current.kind === "name") && this.current.text === text;
  }

  /** Takes the current token if it is this symbol or name. */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at++;
    return true;
  }

  /** Takes a symbol or name that must be there. */
  expect(text: string): void {
    if (!this.take(text)) throw this.error();
  }

  /** Takes a name, plain or quoted. */
  name(): string {
    if (this.current.kind !== "name" && this.current.kind !== "quoted-name") throw this.error();
    return this.next().text;
  }

  /** A name in which hyphens may stand: `project-away`. */
  hyphenatedName(): string {
    let name = this.name();
    let { end } = this.#tokens[this.#at - 1] as KqlToken;
    while (this.is("-") && this.current.start === end && this.following.kind === "name" && this.following.start === this.current.end) {
      this.#at++;
      end = this.current.end;
      name += `-${this.next().text}`;
    }
    return name;
  }

  /** Items with commas between them, at least one. */
  list<Item>(read: () => Item): Item[] {
    const items = [read()];
    while (this.take(",")) items.push(read());
    return items;
  }

  error(token = this.current): KqlError {
    return syntaxError(placeOf(this.#query, token));
  }
}
