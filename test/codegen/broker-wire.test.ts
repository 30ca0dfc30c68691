import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describedClassOf } from "../../src/codegen/operation-classes/described-class.ts";
import { classOf } from "../../src/codegen/operation-classes/index.ts";
import { isSpokenAsNamed } from "../../src/codegen/operation-wire.ts";
import type { DescriptionSource, OperationDescription } from "../../src/contracts/index.ts";
import { installed } from "../../src/descriptions/installed/index.ts";
import { shipped } from "../../src/descriptions/shipped/index.ts";

const CLOUDS = ["alicloud", "aws", "azure", "gcp", "volcengine"] as const;

async function readsOf(source: DescriptionSource): Promise<readonly OperationDescription[]> {
  const reads: OperationDescription[] = [];
  for (const provider of CLOUDS) {
    for (const service of await source.services(provider)) {
      const described = await source.describe(provider, service, new AbortController().signal);
      reads.push(...(described?.operations ?? []).filter((operation) => classOf(operation) === "read"));
    }
  }
  return reads;
}

describe("a read", { timeout: 60_000 }, () => {
  it.each([
    ["ship", shipped()],
    ["are installed", installed()],
  ] as const)("is spoken as its name says in all descriptions that %s", async (_which, source) => {
    const reads = await readsOf(source);
    expect(reads.length).toBeGreaterThan(500);
    expect(reads.filter((operation) => !isSpokenAsNamed(operation)).map(({ id }) => id)).toEqual([]);
  });

  it("is a write where it is spoken as another operation of its cloud, but for what is read alike", async () => {
    const reads = await readsOf(shipped());
    const wires = new Map(reads.map(({ id, wire }) => [id, wire]));
    const byProvider = Map.groupBy(reads, ({ provider }) => provider);
    const pairs = fc.constantFrom(...CLOUDS).chain((provider) => {
      const one = fc.constantFrom(...(byProvider.get(provider) ?? []));
      return fc.tuple(one, one);
    });
    fc.assert(
      fc.property(pairs, ([read, other]) => {
        const wire = wires.get(other.id) ?? read.wire;
        const lying = { ...read, wire };
        const sameHost = (wire.endpoint ?? "") === (read.wire.endpoint ?? "");
        if (!sameHost) expect(describedClassOf(lying), `${read.id} as ${other.id}`).toBe("write");
        if (wire.target !== undefined && wire.target !== read.wire.target) expect(describedClassOf(lying)).toBe("write");
      }),
      { numRuns: 500 },
    );
  });

  it.each(["PUT", "PATCH", "DELETE"] as const)("is a write where REST sends it with %s", async (method) => {
    const rest = (await readsOf(shipped())).filter(({ wire }) => /rest|sls|roa/.test(wire.protocol));
    expect(rest.length).toBeGreaterThan(100);
    for (const read of rest) expect(describedClassOf({ ...read, wire: { ...read.wire, method } }), read.id).toBe("write");
  });

  it("is a write where its name, its service or its cloud is another than its id says", async () => {
    for (const read of await readsOf(shipped())) {
      for (const lie of [{ id: `${read.id}x` }, { id: read.id.toUpperCase() }, { id: "" }])
        expect(describedClassOf({ ...read, ...lie }), read.id).toBe("write");
    }
  });
});
