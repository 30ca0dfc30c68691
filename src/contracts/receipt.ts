import type { Text } from "../errors/index.ts";
import type { Scope } from "./resource.ts";

/** The final outcome of one resource. */
export type Outcome = "answered" | "noData" | "throttled" | "denied" | "failed";

export type ListingState = "complete" | "partial" | "failed";

/** Why something is not answered. `code` is for programs, `text` for people. */
export interface Reason {
  readonly code: string;
  readonly text: Text;
  /** What to do about it. */
  readonly hint?: Text;
}

/**
 * What happened, as it happens. Receipts are derived from these and from nothing else; a batch of rows does not type-check without them.
 *
 * - `listing`: how the listing of a scope ended; exactly one for each scope that was asked. `outcome` says why it is not complete.
 * - `listed`: so many more resources were found.
 * - `outcome`: these resources (keys of `resourceKey`, or any key unique in the scope) ended so. Later entries for a key keep the worst.
 * - `truncated`: a limit bit in this scope, `count` results are missing (0 if unknown).
 * - `note`: anything else a reader must know; it does not make the answer incomplete.
 */
export type ReceiptEntry =
  | { readonly type: "listing"; readonly scope: Scope; readonly state: "complete" }
  | {
      readonly type: "listing";
      readonly scope: Scope;
      readonly state: "partial" | "failed";
      readonly outcome: "throttled" | "denied" | "failed";
      readonly reason: Reason;
    }
  | { readonly type: "listed"; readonly scope: Scope; readonly count: number }
  | { readonly type: "outcome"; readonly scope: Scope; readonly keys: readonly string[]; readonly outcome: "answered" }
  | {
      readonly type: "outcome";
      readonly scope: Scope;
      readonly keys: readonly string[];
      readonly outcome: Exclude<Outcome, "answered">;
      readonly reason: Reason;
    }
  | { readonly type: "truncated"; readonly scope: Scope; readonly count: number; readonly reason: Reason }
  | { readonly type: "note"; readonly text: Text };

/**
 * One line of a receipt. Counts are resources; `queried = answered + noData + throttled + denied + failed`.
 * A scope that could not be listed at all has `listing: "failed"` and counts 1 under the reason it failed for.
 */
export interface ScopeReceipt extends Scope {
  readonly listing: ListingState;
  readonly listed: number;
  readonly queried: number;
  readonly answered: number;
  readonly noData: number;
  readonly throttled: number;
  readonly denied: number;
  readonly failed: number;
  readonly truncated: number;
  readonly reasons: readonly ScopeReason[];
}

/** A reason with the number of resources it holds for, in the language of the question. */
export interface ScopeReason {
  readonly code: string;
  readonly message: string;
  readonly count: number;
}

/** What was looked at and what was not. `complete` is derived: see `execution/receipts.ts`. */
export interface Receipt {
  readonly complete: boolean;
  readonly scopes: readonly ScopeReceipt[];
  readonly notes: readonly string[];
}
