import type { Batch, Column, Dataset, Row, Scope, Table } from "../contracts/index.ts";

/** A batch that also tells of which scopes no more rows will come, so that readers need not hold back what they gather per scope. */
export interface EndingBatch extends Batch {
  readonly ended?: readonly Scope[];
}

/** What a reader gets: rows, and the scopes that end with them. */
export interface Page {
  readonly rows: readonly Row[];
  readonly ended: readonly Scope[];
}

/**
 * The output of a step while it grows: one writer, any number of readers, each from the start. Rows are kept once.
 * Readers of a failed dataset get the rows that came before, then the failure.
 */
export class ReplayDataset implements Dataset {
  readonly columns: readonly Column[];
  readonly #pages: Page[] = [];
  #rows = 0;
  #ending: { readonly error?: unknown } | undefined;
  #table: Table | undefined;
  /** Resolves at the next change; made only when a reader waits, so that nothing is left to reject. */
  #change: PromiseWithResolvers<void> | undefined;

  constructor(columns: readonly Column[]) {
    this.columns = columns;
  }

  /** Rows so far. */
  get size(): number {
    return this.#rows;
  }

  append(page: Page): void {
    if (page.rows.length === 0 && page.ended.length === 0) return;
    this.#pages.push(page);
    this.#rows += page.rows.length;
    this.#notify();
  }

  end(): void {
    this.#ending ??= {};
    this.#notify();
  }

  fail(error: unknown): void {
    this.#ending ??= { error };
    this.#notify();
  }

  async *pages(): AsyncGenerator<Page, void, void> {
    for (let index = 0; ; ) {
      const page = this.#pages[index];
      if (page !== undefined) {
        index++;
        yield page;
      } else if (this.#ending === undefined) {
        this.#change ??= withResolvers();
        await this.#change.promise;
      } else if ("error" in this.#ending) throw this.#ending.error;
      else return;
    }
  }

  async *batches(): AsyncGenerator<readonly Row[], void, void> {
    for await (const page of this.pages()) if (page.rows.length > 0) yield page.rows;
  }

  async table(): Promise<Table> {
    if (this.#table !== undefined) return this.#table;
    const rows: Row[] = [];
    for await (const page of this.pages()) for (const row of page.rows) rows.push(row);
    this.#table ??= { columns: this.columns, rows };
    return this.#table;
  }

  #notify(): void {
    this.#change?.resolve();
    this.#change = undefined;
  }
}

/** Reads a dataset page by page, with the ends of scopes where it knows them. */
export async function* pagesOf(dataset: Dataset): AsyncGenerator<Page, void, void> {
  if (dataset instanceof ReplayDataset) yield* dataset.pages();
  else for await (const rows of dataset.batches()) yield { rows, ended: [] };
}

interface PromiseWithResolvers<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

function withResolvers(): PromiseWithResolvers<void> {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
