/** What one source yields, for any number of readers: each gets everything from the beginning, and the failure at its end if there is one. */
export class SharedStream<Item> implements AsyncIterable<Item> {
  readonly #items: Item[] = [];
  #ending: { readonly error?: unknown } | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(source: AsyncIterable<Item>) {
    void this.#read(source);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for (let index = 0; ; index++) {
      while (index >= this.#items.length && this.#ending === undefined) await this.#changed.promise;
      if (index < this.#items.length) yield this.#items[index] as Item;
      else if (this.#ending !== undefined && "error" in this.#ending) throw this.#ending.error;
      else return;
    }
  }

  async #read(source: AsyncIterable<Item>): Promise<void> {
    try {
      for await (const item of source) {
        this.#items.push(item);
        this.#wake();
      }
      this.#ending = {};
    } catch (error) {
      this.#ending = { error };
    }
    this.#wake();
  }

  #wake(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve();
  }
}
