import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome, Receipt, ReceiptEntry, Scope } from "../../src/contracts/index.ts";
import { ReceiptLedger } from "../../src/execution/index.ts";

const scopes = fc.record({
  provider: fc.constantFrom("aws", "gcp"),
  account: fc.constantFrom("1", "2"),
  region: fc.constantFrom("north", "south"),
  service: fc.constant("compute"),
});
const reasons = fc.record({
  code: fc.constantFrom("A", "B"),
  text: fc.constantFrom({ en: "first", zh: "一" }, { en: "second", zh: "二" }),
});
const keys = fc.uniqueArray(fc.constantFrom("vm-1", "vm-2", "vm-3", "vm-4"), { maxLength: 4 });

const entries: fc.Arbitrary<ReceiptEntry> = fc.oneof(
  fc.record({ type: fc.constant("listing" as const), scope: scopes, state: fc.constant("complete" as const) }),
  fc.record({
    type: fc.constant("listing" as const),
    scope: scopes,
    state: fc.constantFrom("partial" as const, "failed" as const),
    outcome: fc.constantFrom("throttled" as const, "denied" as const, "failed" as const),
    reason: reasons,
  }),
  fc.record({ type: fc.constant("listed" as const), scope: scopes, count: fc.nat(5) }),
  fc.record({ type: fc.constant("outcome" as const), scope: scopes, keys, outcome: fc.constant("answered" as const) }),
  fc.record({
    type: fc.constant("outcome" as const),
    scope: scopes,
    keys,
    outcome: fc.constantFrom("noData" as const, "throttled" as const, "denied" as const, "failed" as const),
    reason: reasons,
  }),
  fc.record({ type: fc.constant("truncated" as const), scope: scopes, count: fc.nat(3), reason: reasons }),
  fc.record({ type: fc.constant("note" as const), text: fc.constantFrom({ en: "n", zh: "注" }, { en: "m", zh: "记" }) }),
);
const sequences = fc.array(entries, { maxLength: 30 });

function ledgerOf(sequence: readonly ReceiptEntry[]): ReceiptLedger {
  const ledger = new ReceiptLedger();
  ledger.addAll(sequence);
  return ledger;
}

const receiptOf = (sequence: readonly ReceiptEntry[]): Receipt => ledgerOf(sequence).receipt("en");

const RANK: Record<Outcome, number> = { answered: 0, noData: 1, throttled: 2, denied: 2, failed: 2 };
const isAt = (entry: ReceiptEntry, scope: Scope) =>
  entry.type !== "note" && (["provider", "account", "region", "service"] as const).every((field) => entry.scope[field] === scope[field]);

const HERE: Scope = { provider: "aws", account: "1", region: "north", service: "compute" };
const because = (code: string) => ({ code, text: { en: `because ${code}`, zh: `因为 ${code}` } });

describe("a receipt", () => {
  it("adds up, whatever happened", () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const receipt = receiptOf(sequence);
        for (const scope of receipt.scopes) {
          expect(scope.queried).toBe(scope.answered + scope.noData + scope.throttled + scope.denied + scope.failed);
          const own = sequence.filter((entry) => isAt(entry, scope));
          const asked = new Set(own.flatMap((entry) => (entry.type === "outcome" ? entry.keys : [])));
          expect(scope.queried).toBe(asked.size + (scope.listing === "failed" ? 1 : 0));
          expect(scope.listed).toBe(own.reduce((sum, entry) => sum + (entry.type === "listed" ? entry.count : 0), 0));
          expect(scope.truncated > 0).toBe(own.some(({ type }) => type === "truncated"));
        }
        const sound = receipt.scopes.every(
          (scope) =>
            scope.listing === "complete" && scope.throttled === 0 && scope.denied === 0 && scope.failed === 0 && scope.truncated === 0,
        );
        expect(receipt.complete).toBe(receipt.scopes.length > 0 && sound);
      }),
    );
  });

  it("gives each resource its worst outcome", () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        for (const scope of receiptOf(sequence).scopes) {
          const worst = new Map<string, number>();
          for (const entry of sequence) {
            if (entry.type !== "outcome" || !isAt(entry, scope)) continue;
            for (const key of entry.keys) worst.set(key, Math.max(worst.get(key) ?? 0, RANK[entry.outcome]));
          }
          const ranks = [...worst.values()];
          expect(scope.answered).toBe(ranks.filter((rank) => rank === 0).length);
          expect(scope.noData).toBe(ranks.filter((rank) => rank === 1).length);
        }
      }),
    );
  });

  it("does not depend on the order in which things happened", () => {
    const shuffled = sequences.chain((sequence) =>
      fc.tuple(fc.constant(sequence), fc.shuffledSubarray(sequence, { minLength: sequence.length, maxLength: sequence.length })),
    );
    fc.assert(
      fc.property(shuffled, ([sequence, other]) => {
        expect(receiptOf(other)).toEqual(receiptOf(sequence));
      }),
    );
  });

  it("is the same whether ledgers are merged this way or that, or all goes into one", () => {
    fc.assert(
      fc.property(sequences, sequences, sequences, (a, b, c) => {
        const left = ledgerOf(a);
        left.merge(ledgerOf(b));
        left.merge(ledgerOf(c));
        const tail = ledgerOf(b);
        tail.merge(ledgerOf(c));
        const right = ledgerOf(a);
        right.merge(tail);
        expect(left.receipt("en")).toEqual(right.receipt("en"));
        expect(left.receipt("zh")).toEqual(ledgerOf([...a, ...b, ...c]).receipt("zh"));
      }),
    );
  });

  it("lists scopes in order, reasons with how many resources they hold for, in the language asked for", () => {
    const receipt = ledgerOf([
      { type: "listing", scope: { ...HERE, region: "south" }, state: "complete" },
      { type: "listing", scope: HERE, state: "complete" },
      { type: "listed", scope: HERE, count: 3 },
      { type: "outcome", scope: HERE, keys: ["1", "2"], outcome: "noData", reason: because("stopped") },
      { type: "outcome", scope: HERE, keys: ["2"], outcome: "noData", reason: because("agent") },
      { type: "outcome", scope: HERE, keys: ["3"], outcome: "answered" },
    ]).receipt("zh");
    expect(receipt.scopes.map(({ region }) => region)).toEqual(["north", "south"]);
    expect(receipt.scopes[0]).toMatchObject({ queried: 3, answered: 1, noData: 2 });
    expect(receipt.scopes[0]!.reasons).toEqual([
      { code: "agent", message: "因为 agent", count: 1 },
      { code: "stopped", message: "因为 stopped", count: 2 },
    ]);
    expect(receipt.complete).toBe(true);
  });

  it("is not complete while something has begun and not finished, also after merging", () => {
    const ledger = ledgerOf([{ type: "listing", scope: HERE, state: "complete" }]);
    ledger.begin("metrics");
    const merged = new ReceiptLedger();
    merged.merge(ledger);
    expect([ledger.receipt("en").complete, merged.receipt("en").complete]).toEqual([false, false]);
    ledger.finish("metrics");
    expect(ledger.receipt("en").complete).toBe(true);
  });

  it("counts a region that could not be listed once, under the reason it failed for", () => {
    const receipt = receiptOf([{ type: "listing", scope: HERE, state: "failed", outcome: "denied", reason: because("no") }]);
    expect(receipt).toMatchObject({ complete: false, scopes: [{ listing: "failed", denied: 1, queried: 1, listed: 0, failed: 0 }] });
  });

  it("is not complete with nothing looked at, with a list that is unfinished, or with a cut of unknown size", () => {
    expect(receiptOf([]).complete).toBe(false);
    expect(receiptOf([{ type: "listed", scope: HERE, count: 1 }])).toMatchObject({ complete: false, scopes: [{ listing: "partial" }] });
    const cut = receiptOf([
      { type: "listing", scope: HERE, state: "complete" },
      { type: "truncated", scope: HERE, count: 0, reason: because("cap") },
    ]);
    expect(cut).toMatchObject({ complete: false, scopes: [{ truncated: 1, reasons: [{ code: "cap", count: 0 }] }] });
  });
});
