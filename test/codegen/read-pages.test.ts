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
    const byBytes = await readPages(TOKENS, {}, send, { ...LIMITS, maxReplyBytes: 10 });
    expect(byBytes.truncated).toBe(true);
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
});
