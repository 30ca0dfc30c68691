/** Work by key: once at a time, and once more where it was asked for meanwhile. */
export class Wakeful {
  readonly #work: (key: string) => Promise<void>;
  readonly #busy = new Map<string, { again: boolean; readonly done: Promise<void> }>();

  /** `work` must not reject. */
  constructor(work: (key: string) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when there is nothing left to do for the key. */
  wake(key: string): Promise<void> {
    const busy = this.#busy.get(key);
    if (busy !== undefined) {
      busy.again = true;
      return busy.done;
    }
    const entry = { again: true, done: Promise.resolve() };
    this.#busy.set(key, entry);
    const work = async () => {
      while (entry.again) {
        entry.again = false;
        await this.#work(key);
      }
      this.#busy.delete(key);
    };
    return Object.assign(entry, { done: work() }).done;
  }

  /** Keys that are worked on. */
  get size(): number {
    return this.#busy.size;
  }

  /** Resolves when nothing is worked on. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all([...this.#busy.values()].map(({ done }) => done));
  }
}
