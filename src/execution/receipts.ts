import type { ListingState, Outcome, Reason, Receipt, ReceiptEntry, Scope, ScopeReason, ScopeReceipt } from "../contracts/index.ts";
import type { Language, Text } from "../errors/index.ts";

// Total orders, so that the worst of two does not depend on which came first.
const OUTCOME_RANK: Readonly<Record<Outcome, number>> = { answered: 0, noData: 1, throttled: 2, denied: 3, failed: 4 };
const LISTING_RANK: Readonly<Record<ListingState, number>> = { complete: 0, partial: 1, failed: 2 };

/** How one resource ended: its worst outcome, with every reason given for that outcome. */
interface Ending {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
}

interface Listing {
  readonly state: ListingState;
  readonly ending: Ending;
}

interface ScopeState {
  readonly scope: Scope;
  listing: Listing | undefined;
  listed: number;
  truncated: number;
  /** By code. */
  readonly truncations: Map<string, { text: Text; count: number }>;
  readonly endings: Map<string, Ending>;
}

const ANSWERED: Ending = { outcome: "answered", reasons: [] };

/**
 * Derives a receipt from what happened. Of several outcomes of one resource the worst stands; the order of the entries does not matter,
 * and merging ledgers equals adding all their entries to one.
 */
export class ReceiptLedger {
  readonly #scopes = new Map<string, ScopeState>();
  /** By English text. */
  readonly #notes = new Map<string, Text>();

  add(entry: ReceiptEntry): void {
    if (entry.type === "note") {
      const known = this.#notes.get(entry.text.en);
      this.#notes.set(entry.text.en, known === undefined ? entry.text : smallerText(known, entry.text));
      return;
    }
    const state = this.#scope(entry.scope);
    switch (entry.type) {
      case "listing": {
        const ending = entry.state === "complete" ? ANSWERED : { outcome: entry.outcome, reasons: [entry.reason] };
        state.listing = worseListing(state.listing, { state: entry.state, ending });
        break;
      }
      case "listed":
        state.listed += entry.count;
        break;
      case "outcome": {
        // One object for all keys: a fleet has many resources and few ways to end.
        const ending = entry.outcome === "answered" ? ANSWERED : { outcome: entry.outcome, reasons: [entry.reason] };
        for (const key of entry.keys) state.endings.set(key, worseEnding(state.endings.get(key), ending));
        break;
      }
      case "truncated":
        addTruncation(state, entry.reason.code, entry.reason.text, entry.count);
        break;
    }
  }

  addAll(entries: Iterable<ReceiptEntry>): void {
    for (const entry of entries) this.add(entry);
  }

  merge(other: ReceiptLedger): void {
    for (const text of other.#notes.values()) this.add({ type: "note", text });
    for (const theirs of other.#scopes.values()) {
      const ours = this.#scope(theirs.scope);
      if (theirs.listing !== undefined) ours.listing = worseListing(ours.listing, theirs.listing);
      ours.listed += theirs.listed;
      for (const [code, { text, count }] of theirs.truncations) addTruncation(ours, code, text, count);
      for (const [key, ending] of theirs.endings) ours.endings.set(key, worseEnding(ours.endings.get(key), ending));
    }
  }

  /** The receipt as it stands. A scope whose listing has not ended yet counts as `partial`, so that no unfinished receipt looks complete. */
  receipt(language: Language): Receipt {
    const scopes = [...this.#scopes.values()].map((state) => scopeReceipt(state, language)).sort(compareScopes);
    return {
      complete: scopes.length > 0 && scopes.every(isComplete),
      scopes,
      notes: [...this.#notes.values()].sort((a, b) => compare(a.en, b.en)).map((text) => text[language]),
    };
  }

  #scope(scope: Scope): ScopeState {
    const key = scopeKey(scope);
    let state = this.#scopes.get(key);
    if (state === undefined) {
      const { provider, account, region, service } = scope;
      state = {
        scope: { provider, account, region, service },
        listing: undefined,
        listed: 0,
        truncated: 0,
        truncations: new Map(),
        endings: new Map(),
      };
      this.#scopes.set(key, state);
    }
    return state;
  }
}

/** Unique over all clouds. */
export function scopeKey(scope: Scope): string {
  return `${scope.provider}/${scope.account}/${scope.region}/${scope.service}`;
}

function isComplete(scope: ScopeReceipt): boolean {
  return scope.listing === "complete" && scope.throttled + scope.denied + scope.failed === 0 && !isTruncated(scope);
}

/** A truncation may be of unknown size (0); its reason is there all the same. */
function isTruncated(scope: ScopeReceipt): boolean {
  return scope.truncated > 0 || scope.reasons.some((reason) => reason.code.startsWith(TRUNCATED));
}
