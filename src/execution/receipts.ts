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
  /** What has begun and may still have something to tell. */
  readonly #unfinished = new Set<string>();

  /** From here until {@link finish} no receipt is complete: what is not known yet is not known to be good. */
  begin(work: string): void {
    this.#unfinished.add(work);
  }

  finish(work: string): void {
    this.#unfinished.delete(work);
  }

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
    for (const work of other.#unfinished) this.begin(work);
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
      complete: this.#unfinished.size === 0 && scopes.length > 0 && scopes.every(isComplete),
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
  return scope.listing === "complete" && scope.throttled + scope.denied + scope.failed + scope.truncated === 0;
}

function worseListing(a: Listing | undefined, b: Listing): Listing {
  if (a === undefined) return b;
  const order = LISTING_RANK[a.state] - LISTING_RANK[b.state];
  if (order !== 0) return order > 0 ? a : b;
  return { state: a.state, ending: worseEnding(a.ending, b.ending) };
}

function worseEnding(a: Ending | undefined, b: Ending): Ending {
  if (a === undefined || a === b) return b;
  const order = OUTCOME_RANK[a.outcome] - OUTCOME_RANK[b.outcome];
  if (order !== 0) return order > 0 ? a : b;
  const added = b.reasons.filter((reason) => !a.reasons.some((known) => known.code === reason.code && known.text.en === reason.text.en));
  return added.length === 0 ? a : { outcome: a.outcome, reasons: [...a.reasons, ...added] };
}

function addTruncation(state: ScopeState, code: string, text: Text, count: number): void {
  const known = state.truncations.get(code);
  state.truncations.set(code, {
    text: known === undefined ? text : smallerText(known.text, text),
    count: (known?.count ?? 0) + count,
  });
  state.truncated += count;
}

function scopeReceipt(state: ScopeState, language: Language): ScopeReceipt {
  const counts: Record<Outcome, number> = { answered: 0, noData: 0, throttled: 0, denied: 0, failed: 0 };
  const reasons = new Map<string, { text: Text; count: number }>();

  function tally(ending: Ending, count: number) {
    counts[ending.outcome] += count;
    // Several reasons with one code are one line, and the resource counts in it once.
    const byCode = new Map(ending.reasons.map((reason) => [reason.code, reason.text]));
    for (const { code, text } of ending.reasons) byCode.set(code, smallerText(byCode.get(code) ?? text, text));
    for (const [code, text] of byCode) addReason(reasons, code, text, count);
  }

  // A fleet has few ways to end: counting them first keeps receipts cheap, which are told often while a run goes on.
  const endings = new Map<Ending, number>();
  for (const ending of state.endings.values()) endings.set(ending, (endings.get(ending) ?? 0) + 1);
  for (const [ending, count] of endings) tally(ending, count);
  if (state.listing?.state === "failed") tally(state.listing.ending, 1);
  // How many resources the lost part of a list held is not known.
  if (state.listing?.state === "partial") for (const { code, text } of state.listing.ending.reasons) addReason(reasons, code, text, 0);
  for (const [code, { text, count }] of state.truncations) addReason(reasons, code, text, count);

  return {
    ...state.scope,
    listing: state.listing?.state ?? "partial",
    listed: state.listed,
    queried: counts.answered + counts.noData + counts.throttled + counts.denied + counts.failed,
    ...counts,
    // Of unknown size is not none.
    truncated: state.truncations.size > 0 ? Math.max(1, state.truncated) : 0,
    reasons: [...reasons]
      .map(([code, { text, count }]): ScopeReason => ({ code, message: text[language], count }))
      .sort((a, b) => compare(a.code, b.code)),
  };
}

function addReason(reasons: Map<string, { text: Text; count: number }>, code: string, text: Text, count: number): void {
  const known = reasons.get(code);
  reasons.set(code, { text: known === undefined ? text : smallerText(known.text, text), count: (known?.count ?? 0) + count });
}

function smallerText(a: Text, b: Text): Text {
  return (compare(a.en, b.en) || compare(a.zh, b.zh)) <= 0 ? a : b;
}

function compareScopes(a: Scope, b: Scope): number {
  return compare(a.provider, b.provider) || compare(a.account, b.account) || compare(a.region, b.region) || compare(a.service, b.service);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
