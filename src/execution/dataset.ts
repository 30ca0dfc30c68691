import type { Column, Dataset, Page, Row, Table } from "../contracts/index.ts";

/**
 * The output of a step while it grows: one writer, any number of readers, each from the start. Rows are kept once.
 * Readers of a failed dataset get the rows that came before, then the failure.
 */
export class ReplayDataset implements Dataset {
  readonly columns: readonly Column[];
  readonly providers: readonly string[] | undefined;
  readonly #pages: Page[] = [];
  #size = 0;
  #ending: { readonly error?: unknown } | undefined;
  #table: Table | undefined;
  /** Settles at the next change; made only when a reader waits, so that nothing is ever rejected unseen. */
  #change: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;

  constructor(columns: readonly Column[], providers?: readonly string[]) {
    this.columns = columns;
    this.providers = providers;
  }

  /** Rows so far. */
  get size(): number {
    return this.#size;
  }

  append(page: Page): void {
    if (page.rows.length === 0 && (page.ended ?? []).length === 0) return;
    this.#pages.push({ rows: page.rows, ...(page.ended === undefined ? {} : { ended: page.ended }) });
    this.#size += page.rows.length;
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

  async *batches(): AsyncGenerator<Page, void, void> {
    for (let index = 0; ; ) {
      const page = this.#pages[index];
      if (page !== undefined) {
        index++;
        yield page;
      } else if (this.#ending === undefined) {
        this.#change ??= changeSignal();
        await this.#change.promise;
      } else if ("error" in this.#ending) throw this.#ending.error;
      else return;
    }
  }

  async table(): Promise<Table> {
    if (this.#table !== undefined) return this.#table;
    const rows: Row[] = [];
    for await (const page of this.batches()) for (const row of page.rows) rows.push(row);
    this.#table ??= { columns: this.columns, rows };
    return this.#table;
  }

  #notify(): void {
    this.#change?.resolve();
    this.#change = undefined;
  }
}

function changeSignal() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
