import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_WEIGHTS, fuse } from "../../src/knowledge/shared/fuse.ts";

const hits = (ids: readonly string[]) => ids.map((id, index) => ({ id, score: 100 - index }));
const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

describe("fuse", () => {
  it("puts the vectors' first after the third of the words, and what both have before either", () => {
    expect(ids(fuse(hits(["a", "b", "c", "d", "e"]), hits(["v"]), DEFAULT_WEIGHTS))).toEqual(["a", "b", "c", "v", "d", "e"]);
    expect(ids(fuse(hits(["a", "b", "c"]), hits(["v", "c"]), DEFAULT_WEIGHTS))[0]).toBe("c");
  });

  it("keeps the words' order where there are no vectors, and loses nothing of either", () => {
    const list = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 });
    fc.assert(
      fc.property(list, list, (words, vectors) => {
        expect(ids(fuse(hits(words), [], DEFAULT_WEIGHTS))).toEqual(words);
        expect(new Set(ids(fuse(hits(words), hits(vectors), DEFAULT_WEIGHTS)))).toEqual(new Set([...words, ...vectors]));
      }),
    );
  });
});
