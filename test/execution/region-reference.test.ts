import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonRegions, namesRegion, type Provider, whereFor } from "../../src/contracts/index.ts";
import { memory } from "../../src/providers/memory/index.ts";
import { objectsOf, runSteps } from "./run.ts";

const region = fc.constantFrom("eu-1", "us-1", "ap-1");
const provider = fc.constantFrom("one", "two");
const reference = fc.oneof(
  region,
  fc.tuple(provider, region).map((parts) => parts.join(":")),
);
const references = fc.array(reference, { minLength: 1, maxLength: 5 });
const means = (names: readonly string[], cloud: string, id: string) => names.some((name) => namesRegion(name, cloud, id));

describe("a region with its cloud", () => {
  it("is asked of that cloud alone, in the cloud's own words", () => {
    fc.assert(
      fc.property(references, provider, region, (include, cloud, id) => {
        const asked = whereFor({ regions: { include } }, cloud)?.regions?.include ?? [];
        expect(asked.includes(id)).toBe(means(include, cloud, id));
        expect(asked.every((name) => !name.includes(":"))).toBe(true);
      }),
    );
  });

  it("is in what two lists have in common exactly if both mean it", () => {
    fc.assert(
      fc.property(references, references, provider, region, (left, right, cloud, id) => {
        expect(means(commonRegions(left, right), cloud, id)).toBe(means(left, cloud, id) && means(right, cloud, id));
      }),
    );
  });

  it("is told apart from that of another cloud, or the receipt says that they are one group", async () => {
    const providers: Provider[] = ["one", "two"].map((id) => memory({ id, resources: [{ id: `${id}-a`, region: "ap-1" }] }));
    const grouped = (groupBy: string[]) =>
      runSteps(
        [
          ["list", "resources.list", { kind: "virtual-machine" }],
          ["groups", "table.aggregate", { rows: { from: "list" }, groupBy, measures: [{ function: "count" }] }],
        ],
        { providers },
      );
    const merged = await grouped(["region"]);
    expect(objectsOf(merged.table)).toEqual([{ region: "ap-1", count: 2 }]);
    expect(merged.receipt.notes.join()).toContain("ap-1 (one, two)");
    expect((await grouped(["provider", "region"])).receipt.notes).toEqual([]);
  });

  it("leaves out the other cloud's region of the same id", async () => {
    const providers: Provider[] = ["one", "two"].map((id) => memory({ id, resources: [{ id: `${id}-a`, region: "ap-1" }] }));
    const list = (include: string[]) =>
      runSteps([["list", "resources.list", { kind: "virtual-machine", where: { regions: { include } } }]], { providers });
    expect(objectsOf((await list(["two:ap-1"])).table)?.map(({ id }) => id)).toEqual(["two-a"]);
    expect(objectsOf((await list(["ap-1"])).table)).toHaveLength(2);
    expect((await list(["one:ap-2"])).failure).toMatchObject({ code: "REGION_UNKNOWN" });
  });
});
