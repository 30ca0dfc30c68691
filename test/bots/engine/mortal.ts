import type { Store } from "../../../src/index.ts";
import type { Fault } from "./fake-platform.ts";

/** The life of a process: when it ends, nothing that it began goes on, and nobody is told. */
export class Life {
  /** Calls to the store and the platform so far; each has an end of its own before and after its effect. */
  moments = 0;
  readonly #endsAt: number;
  isOver = false;

  /** Ends at this moment; never where absent. */
  constructor(endsAt = Number.POSITIVE_INFINITY) {
    this.#endsAt = endsAt;
  }

  end(): void {
    this.isOver = true;
  }

  readonly moment: Fault = () => {
    if (!this.isOver && this.moments++ >= this.#endsAt) this.isOver = true;
    // What a dead process waits for never comes.
    return this.isOver ? new Promise<void>(() => {}) : undefined;
  };

  /** What the process sees of a store. */
  store(store: Store): Store {
    const { moment } = this;
    const methods = Object.entries(store).map(([name, member]) => {
      if (typeof member !== "function") return [name, member];
      if (name === "listRecords" || name === "audit") {
        return [
          name,
          async function* (...words: unknown[]) {
            await moment({ method: "tell" });
            yield* member.apply(store, words);
          },
        ];
      }
      return [
        name,
        async (...words: unknown[]) => {
          await moment({ method: "tell" });
          const result = await member.apply(store, words);
          await moment({ method: "tell" });
          return result;
        },
      ];
    });
    return Object.fromEntries(methods) as Store;
  }
}
