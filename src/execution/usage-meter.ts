import type { Usage } from "../contracts/index.ts";

/** Counts what one run asked of the clouds. */
export class UsageMeter {
  readonly #byOperation = new Map<string, number>();
  #retries = 0;
  #costUsd: number | null = null;

  /** One request was sent, whatever came of it. */
  countCall(operation: string): void {
    this.#byOperation.set(operation, (this.#byOperation.get(operation) ?? 0) + 1);
  }

  /** What an answered request costs, in US dollars. */
  addCost(usd: number): void {
    this.#costUsd = (this.#costUsd ?? 0) + usd;
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
