import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lz4Block } from "../../../src/emulator/alicloud/lz4-block.ts";

/** An LZ4 decoder written from the description of the block format. */
function decoded(block: Buffer): Buffer {
  const output: number[] = [];
  let position = 0;
  const length = (nibble: number) => {
    let total = nibble;
    if (nibble < 15) return total;
    for (let byte = 255; byte === 255; total += byte) byte = block[position++] ?? 0;
    return total;
  };
  while (position < block.length) {
    const token = block[position++] ?? 0;
    for (let count = length(token >>> 4); count > 0; count--) output.push(block[position++] ?? 0);
    if (position >= block.length) break;
    const offset = block.readUInt16LE(position);
    position += 2;
    for (let count = length(token & 15) + 4; count > 0; count--) output.push(output[output.length - offset] ?? Number.NaN);
  }
  return Buffer.from(output);
}

describe("an LZ4 block", () => {
  it("holds what went into it", () => {
    const repetitive = fc
      .tuple(fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 5 }), fc.array(fc.nat(4), { maxLength: 200 }))
      .map(([words, order]) => Buffer.from(order.map((index) => words[index % words.length]).join("")));
    const anything = fc.oneof(
      repetitive,
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(anything, (input) => {
        expect(decoded(lz4Block(input)).equals(input)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("of a long repetitive text is a fraction of it, and ends in literals", () => {
    const input = Buffer.from(
      JSON.stringify(Array.from({ length: 500 }, (_, index) => ({ level: "INFO", message: "request completed", index }))),
    );
    const block = lz4Block(input);
    expect(block.length).toBeLessThan(input.length / 4);
    expect(block.subarray(-5).equals(input.subarray(-5))).toBe(true);
    expect(decoded(block).equals(input)).toBe(true);
  });

  it("ends in five literals even where the end repeats what was before", () => {
    const input = Buffer.from("abcd".repeat(100));
    const block = lz4Block(input);
    expect(block.length).toBeLessThan(30);
    // The last token says five literals or more, and no match follows them.
    expect(block.subarray(-6).equals(Buffer.concat([Buffer.from([5 << 4]), input.subarray(-5)]))).toBe(true);
    expect(decoded(block).equals(input)).toBe(true);
  });

  it("is read by the library the vendor's package uses", async () => {
    // The library wants the size in front, as the vendor's gateway puts it there from x-log-bodyrawsize.
    const { uncompressSync } = await import("lz4-napi");
    const input = Buffer.from("支付网关返回错误 upstream timed out ".repeat(100));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(input.length);
    expect(uncompressSync(Buffer.concat([size, lz4Block(input)])).equals(input)).toBe(true);
  });
});
