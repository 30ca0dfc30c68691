import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditEntry, AuditRecord } from "../../src/contracts/index.ts";
import { linkAudit, verifyAudit } from "../../src/stores/shared/audit-chain.ts";
import { sampleAuditEntry } from "../../src/testing/index.ts";

const entries: fc.Arbitrary<AuditEntry> = fc.record({
  atMs: fc.nat(),
  event: fc.constantFrom("approval-requested", "approval-approved", "code-started", "code-ended"),
  runId: fc.string(),
  approvalId: fc.option(fc.string()),
  actor: fc.option(fc.record({ via: fc.constantFrom("local", "slack"), id: fc.string({ unit: "grapheme" }) })),
  details: fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: "grapheme" }), fc.double(), fc.boolean(), fc.constant(null))),
});

const chains = (minLength: number) => fc.array(entries, { minLength, maxLength: 8 }).map(chained);

function chained(list: readonly AuditEntry[]): AuditRecord[] {
  const chain: AuditRecord[] = [];
  for (const entry of list) chain.push(linkAudit(entry, chain.at(-1)));
  return chain;
}

async function verify(records: readonly AuditRecord[]) {
  return verifyAudit(
    (async function* () {
      yield* records;
    })(),
  );
}

/** As it comes back from where it was kept. */
const reread = (records: readonly AuditRecord[]): AuditRecord[] => JSON.parse(JSON.stringify(records));

describe("the audit chain", () => {
  it("verifies as it was linked, whatever the entries, and after being kept as JSON", async () => {
    await fc.assert(
      fc.asyncProperty(chains(0), async (chain) => {
        expect(await verify(chain)).toEqual({ records: chain.length, broken: null });
        expect(await verify(reread(chain))).toEqual({ records: chain.length, broken: null });
      }),
    );
  });

  it("verifies in whatever order the names of a record come back", async () => {
    const turned = chained([sampleAuditEntry(), sampleAuditEntry({ atMs: 2 })]).map(
      (record) => Object.fromEntries(Object.entries(record).reverse()) as unknown as AuditRecord,
    );
    expect(await verify(turned)).toEqual({ records: 2, broken: null });
  });

  it("begins with sixty-four zeros and numbers from one", () => {
    const [first, second] = chained([sampleAuditEntry(), sampleAuditEntry()]);
    expect(first).toMatchObject({ sequence: 1, previous: "0".repeat(64), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(second).toMatchObject({ sequence: 2, previous: first?.hash });
  });

  it("shows any changed character of any record, at that record", async () => {
    await fc.assert(
      fc.asyncProperty(chains(1), fc.nat(), fc.nat(), fc.constantFrom(..."0a}9 é"), async (chain, which, where, put) => {
        const index = which % chain.length;
        const text = JSON.stringify(chain[index]);
        const place = where % text.length;
        const changed = parsed(`${text.slice(0, place)}${put}${text.slice(place + 1)}`);
        // Text that is no record any more is found by whoever reads it; text that says the same is no change.
        fc.pre(changed !== undefined && JSON.stringify(changed) !== text);
        const { broken } = await verify(chain.with(index, changed as AuditRecord));
        expect(broken?.sequence).toBe(changed?.sequence);
      }),
      { numRuns: 500 },
    );
  });

  it("shows a record that was removed from the beginning or the middle, at the one after it", async () => {
    await fc.assert(
      fc.asyncProperty(chains(2), fc.nat(), async (chain, which) => {
        const index = which % (chain.length - 1);
        expect((await verify(chain.toSpliced(index, 1))).broken).toEqual(chain[index + 1]);
      }),
    );
  });

  it("shows two records that changed places", async () => {
    await fc.assert(
      fc.asyncProperty(chains(2), fc.nat(), fc.nat(), async (chain, one, other) => {
        const [left, right] = [one % chain.length, other % chain.length].sort((a, b) => a - b) as [number, number];
        fc.pre(left !== right);
        const swapped = chain.with(left, chain[right] as AuditRecord).with(right, chain[left] as AuditRecord);
        expect((await verify(swapped)).broken).toEqual(chain[right]);
      }),
    );
  });

  it("shows a record put in between, and one that was changed together with its hash", async () => {
    const chain = chained([sampleAuditEntry(), sampleAuditEntry({ atMs: 2 }), sampleAuditEntry({ atMs: 3 })]);
    const [first, second, third] = chain as [AuditRecord, AuditRecord, AuditRecord];
    const between = linkAudit(sampleAuditEntry({ atMs: 9 }), first);
    expect((await verify([first, between, second, third])).broken).toEqual(second);
    // The hash fits, but the next record knows the old one.
    expect(await verify([first, between, third])).toEqual({ records: 3, broken: third });
  });

  it("shows a record whose number does not follow, though its hashes do", async () => {
    const [first] = chained([sampleAuditEntry()]) as [AuditRecord];
    const skipping = linkAudit(sampleAuditEntry(), { ...first, sequence: 5 });
    expect(await verify([first, skipping])).toEqual({ records: 2, broken: skipping });
  });

  it("keeps a record as it was linked when the caller goes on using its objects", async () => {
    const details = { calls: 1 };
    const chain = chained([sampleAuditEntry({ details })]);
    details.calls = 2;
    expect(await verify(chain)).toEqual({ records: 1, broken: null });
  });

  it("cannot show that the last records are missing", async () => {
    const chain = chained([sampleAuditEntry(), sampleAuditEntry({ atMs: 2 })]);
    expect(await verify(chain.slice(0, 1))).toEqual({ records: 1, broken: null });
  });
});

function parsed(text: string): AuditRecord | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}
