import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutHiddenFields } from "../../src/codegen/hidden-fields.ts";
import { startAbuseWorld } from "../guarantees/abuse/abuse-world.ts";
import { called } from "../guarantees/abuse/broker-attempts.ts";

const HIDING = ["gcp.compute.instances.aggregatedList", "gcp.compute.instances.get", "gcp.compute.instances.list"];
const word = fc.constantFrom("id", "metadata", "items", "name", "Metadata");
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("SECRET", 1, true, null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(word, tie("value"), { maxKeys: 3 }),
  ),
})).value;

function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...keysIn(item)]);
}

/** The same without a member, the slow way. */
function pruned(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), function (this: unknown, key, item: unknown) {
    return key === "metadata" && !Array.isArray(this) ? undefined : item;
  });
}

describe("fields that programs must not see", () => {
  it("are gone wherever they stand, and nothing else is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...HIDING), json, (id, reply) => {
        const seen = withoutHiddenFields(id, reply);
        expect(keysIn(seen)).not.toContain("metadata");
        expect(seen).toEqual(pruned(reply));
      }),
    );
  });

  it("leave the replies of other operations as they are", () => {
    fc.assert(
      fc.property(json, (reply) => {
        expect(withoutHiddenFields("gcp.compute.disks.list", reply)).toBe(reply);
      }),
    );
  });

  it("are kept nowhere: neither for the program nor for a run that goes on", async () => {
    await using world = await startAbuseWorld();
    const id = "gcp.compute.instances.aggregatedList";
    const provider = world.provider("gcp");
    const { operations } = provider;
    if (operations === undefined) throw new Error("no operations");
    const invoke: typeof operations.invoke = async (...asked) => {
      const reply = (await operations.invoke(...asked)) as { items: Record<string, { instances?: object[] }> };
      for (const zone of Object.values(reply.items)) {
        for (const instance of zone.instances ?? []) Object.assign(instance, { metadata: { items: [{ value: "STARTUP-SECRET" }] } });
      }
      expect(JSON.stringify(reply)).toContain("STARTUP-SECRET");
      return reply;
    };
    const kept: unknown[] = [];
    const setting = { cloud: "gcp", operations: [{ id }], calls: [{ operation: id }] } as const;
    const renamed = { ...provider, operations: { ...operations, invoke } };
    const { replies } = await world.attempt(setting, [called(id)], [], renamed, (call) => kept.push(call));
    expect(JSON.stringify(replies)).toContain("selfLink");
    expect(JSON.stringify(kept)).toContain("selfLink");
    expect(JSON.stringify([replies, kept])).not.toContain("STARTUP-SECRET");
  });
});
