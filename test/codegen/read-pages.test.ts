import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPages, TRUNCATED_FIELD } from "../../src/codegen/read-pages.ts";
import type { OperationDescription, Pagination } from "../../src/contracts/index.ts";

const LIMITS = { maxPages: 1_000, maxReplyBytes: 1_000_000 };

function operation(pagination: Pagination): OperationDescription {
  return {
    id: "aws.x.List",
    provider: "aws",
    service: "x",
    name: "List",
    version: "1",
    description: "",
    statedClass: null,
    permission: null,
    reach: "region",
    input: { type: "object", fields: {} },
    output: { type: "object", fields: {} },
    wire: { protocol: "aws-json-1.0", method: "POST" },
    pagination,
  };
}

const NUMBERED = operation({ by: "number", items: "Rows.Row", page: "Page", size: "Size", total: "Total", maxSize: 10 });
const TOKENS = operation({ by: "token", items: "Rows", inputToken: "Token", outputToken: "Next" });

const rows = fc.array(fc.integer(), { maxLength: 60 });

describe("pages of a reply", () => {
  it("give every row once and in order, by number", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 10 }), fc.boolean(), async (all, size, told) => {
        const send = async (input: Readonly<Record<string, unknown>>) => {
          const from = (Number(input.Page) - 1) * Number(input.Size);
          return { Rows: { Row: all.slice(from, from + Number(input.Size)) }, ...(told ? { Total: all.length } : {}) };
        };
        const { value, truncated } = await readPages(NUMBERED, { Size: size }, send, LIMITS);
        expect(truncated).toBe(false);
        expect(value).toMatchObject({ Rows: { Row: all } });
      }),
    );
  });

  it("give every row once and in order, by token", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 10 }), async (all, size) => {
        const send = async (input: Readonly<Record<string, unknown>>) => {
          const from = Number(input.Token ?? 0);
          const end = from + size;
          return { Rows: all.slice(from, end), ...(end < all.length ? { Next: String(end) } : {}) };
        };
        const { value, truncated } = await readPages(TOKENS, {}, send, LIMITS);
        expect(truncated).toBe(false);
        expect(value).toEqual({ Rows: all, ...(all.length > size ? { Next: String(size) } : {}) });
      }),
    );
  });

  it("are lost where they end before the total", async () => {
    const send = async ({ Page }: Readonly<Record<string, unknown>>) => ({ Rows: { Row: Page === 1 ? [1, 2] : [] }, Total: 3 });
    await expect(readPages(NUMBERED, { Size: 2 }, send, LIMITS)).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });

  it("are lost where a token comes again", async () => {
    const send = async () => ({ Rows: [1], Next: "same" });
    await expect(readPages(TOKENS, {}, send, LIMITS)).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });

  it("are marked where a limit cuts them", async () => {
    const send = async ({ Token = 0 }: Readonly<Record<string, unknown>>) => ({ Rows: [Token], Next: String(Number(Token) + 1) });
    const byPages = await readPages(TOKENS, {}, send, { ...LIMITS, maxPages: 3 });
    expect(byPages).toEqual({ truncated: true, value: { Rows: [0, "1", "2"], Next: "1", [TRUNCATED_FIELD]: true } });
  });

  it("fit into the bytes that there are, the mark included, or are marked", async () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 30 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 60, max: 900 }), async (all, maxReplyBytes) => {
        const send = async ({ Token = 0 }: Readonly<Record<string, unknown>>) => {
          const end = Number(Token) + 7;
          return { Rows: all.slice(Number(Token), end), ...(end < all.length ? { Next: String(end) } : {}) };
        };
        const { value, truncated } = await readPages(TOKENS, {}, send, { ...LIMITS, maxReplyBytes });
        const { Rows } = value as { readonly Rows: readonly string[] };
        expect(Rows).toEqual(all.slice(0, Rows.length));
        expect(truncated).toBe(Rows.length < all.length);
        expect(Buffer.byteLength(JSON.stringify(value))).toBeLessThanOrEqual(maxReplyBytes);
      }),
    );
  });

  it("are cut before they are larger than a reply may be: whoever gets it must not refuse it", async () => {
    const send = async ({ Token = 0 }: Readonly<Record<string, unknown>>) => ({ Rows: ["云".repeat(50)], Next: `${Number(Token) + 1}` });
    const { value, truncated } = await readPages(TOKENS, {}, send, { ...LIMITS, maxReplyBytes: 1_000 });
    expect(truncated).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(value))).toBeLessThanOrEqual(1_000);
    expect((value as { readonly Rows: readonly string[] }).Rows.length).toBeGreaterThan(1);
  });

  it("follow tokens that are no text", async () => {
    const replies = [
      { Rows: [1], Next: 7 },
      { Rows: [2], Next: { key: "a" } },
      { Rows: [3], Next: null },
    ];
    const asked: unknown[] = [];
    const { value } = await readPages(
      TOKENS,
      {},
      async ({ Token }, _link, page) => {
        asked.push(Token);
        return replies[page];
      },
      LIMITS,
    );
    expect(value).toMatchObject({ Rows: [1, 2, 3] });
    expect(asked).toEqual([undefined, 7, { key: "a" }]);
  });

  it("join maps of lists, as Google's aggregated lists have them", async () => {
    const zones = operation({ by: "token", items: "items", inputToken: "Token", outputToken: "Next" });
    const replies = [
      { items: { a: { disks: [1] }, b: { warning: "none" } }, Next: "2" },
      { items: { a: { disks: [2] }, b: { disks: [3] } } },
    ];
    const { value } = await readPages(zones, {}, async (_input, _link, page) => replies[page], LIMITS);
    expect(value).toMatchObject({ items: { a: { disks: [1, 2] }, b: { disks: [3] } } });
  });

  it("join maps also where the first page has none", async () => {
    const zones = operation({ by: "token", items: "items", inputToken: "Token", outputToken: "Next" });
    const replies = [{ Next: "2" }, { items: { a: { disks: [1] } } }];
    const { value } = await readPages(zones, {}, async (_input, _link, page) => replies[page], LIMITS);
    expect(value).toMatchObject({ items: { a: { disks: [1] } } });
  });
});
