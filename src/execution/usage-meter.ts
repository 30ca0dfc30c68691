import type { Usage } from "../contracts/index.ts";

/** US dollars that one request of an operation costs, or undefined where no price is known. */
export type PriceList = (operation: string) => number | undefined;

/** Counts what one run asked of the clouds. */
export class UsageMeter {
  readonly #byOperation = new Map<string, number>();
  readonly #priceOf: PriceList;
  #retries = 0;
  #costUsd: number | null = null;

  constructor(priceOf: PriceList = () => undefined) {
    this.#priceOf = priceOf;
  }

  /** One request was sent, whatever came of it. */
  countCall(operation: string): void {
    this.#byOperation.set(operation, (this.#byOperation.get(operation) ?? 0) + 1);
    const priceUsd = this.#priceOf(operation);
    if (priceUsd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + priceUsd;
  }

  countRetry(): void {
    this.#retries++;
  }

  usage(): Pick<Usage, "apiCalls" | "retries" | "estimatedCostUsd"> {
    const operations = [...this.#byOperation].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      apiCalls: { total: operations.reduce((sum, [, count]) => sum + count, 0), byOperation: Object.fromEntries(operations) },
      retries: this.#retries,
      estimatedCostUsd: this.#costUsd,
    };
  }
}
