export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, unknown>>;

/** One of `sqlStatements`, with what stands for its question marks. */
export interface SqlStatement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** `changes` is how many rows it changed; a SELECT has `rows`. */
export interface SqlReply {
  readonly rows: readonly SqlRow[];
  readonly changes: number;
}

/**
 * The steps of a transaction: yields statements and gets their replies. A generator, because SQLite answers at once and must not be left in
 * the middle of a transaction, while a server is waited for: both run the same steps.
 */
export type Transaction<Result> = Generator<SqlStatement, Result, SqlReply>;

/** A database under `sqlStore`. Failures are `StoreError`. */
export interface SqlConnection {
  read(statement: SqlStatement): Promise<readonly SqlRow[]>;
  /** All of `work` or nothing of it, whatever ends the process. What a statement throws is thrown where it was yielded. */
  write<Result>(work: () => Transaction<Result>): Promise<Result>;
  /** As `write`, and on the disk before it resolves: consent and its record outlive a power cut. */
  writeThrough<Result>(work: () => Transaction<Result>): Promise<Result>;
  /** Whether a statement failed because its key is taken. */
  isTaken(error: unknown): boolean;
  /** JSON as it lies in a column. */
  encode(value: unknown): Promise<SqlValue>;
  /** What `encode` made. A column that holds anything else is a damaged store: `StoreError`, which names `what`. */
  decode<Value>(column: unknown, what: string): Promise<Value>;
  /** Gives the space of dropped rows back, where the database does not do that by itself. */
  reclaim(): Promise<void>;
  close(): Promise<void>;
}
