import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPages, TRUNCATED_FIELD } from "../../src/codegen/read-pages.ts";
import type { Pagination } from "../../src/contracts/index.ts";
import { operationOf } from "./programs/operations.ts";

const NO_LIMITS = { maxPages: 10_000, maxReplyBytes: 100_000_000 };
const nothing = { type: "object", fields: {} } as const;

function paged(pagination: Pagination) {
  return operationOf("azure.compute.Disks_List", {}, nothing, { pagination });
}

const BY_LINK = paged({ by: "link", items: "value", link: "nextLink" });
const BY_TOKEN = paged({ by: "token", items: "items", inputToken: "pageToken", outputToken: "nextPageToken" });

/** Pages that name each other, and which of them were asked for. */
function linked(pages: readonly (readonly unknown[])[]) {
  const asked: (string | undefined)[] = [];
  const send = async (_input: unknown, link: string | undefined) => {
    asked.push(link);
    const at = link === undefined ? 0 : Number(new URL(link).searchParams.get("page"));
    return { value: pages[at] ?? [], ...(at + 1 < pages.length ? { nextLink: `https://management.azure.com/x?page=${at + 1}` } : {}) };
  };
  return { send, asked };
}

const pages = fc.array(fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 4 }), { minLength: 1, maxLength: 8 });

function wholeOf(reply: { readonly value: unknown }): Record<string, unknown> {
  return reply.value as Record<string, unknown>;
}

describe("pages that name the next one", () => {
  it("give every item once and in order, also behind empty pages, one request a page", async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (all) => {
        const { send, asked } = linked(all);
        const reply = await readPages(BY_LINK, {}, send, NO_LIMITS);
        expect(reply.truncated).toBe(false);
        expect(wholeOf(reply).value).toEqual(all.flat());
        expect(asked).toHaveLength(all.length);
      }),
    );
  });

  it("are marked wherever they are cut, and only there", async () => {
    await fc.assert(
      fc.asyncProperty(pages, fc.integer({ min: 1, max: 10 }), async (all, maxPages) => {
        const { send, asked } = linked(all);
        const reply = await readPages(BY_LINK, {}, send, { ...NO_LIMITS, maxPages });
        const isCut = all.length > maxPages;
        expect(reply.truncated).toBe(isCut);
        expect(wholeOf(reply)[TRUNCATED_FIELD]).toBe(isCut ? true : undefined);
        expect(wholeOf(reply).value).toEqual(all.slice(0, maxPages).flat());
        expect(asked).toHaveLength(Math.min(maxPages, all.length));
      }),
    );
  });

  it("never hold more bytes than a reply may have, and say so where items are missing", async () => {
    await fc.assert(
      fc.asyncProperty(pages, fc.integer({ min: 0, max: 400 }), async (all, maxReplyBytes) => {
        const { send } = linked(all);
        const reply = await readPages(BY_LINK, {}, send, { ...NO_LIMITS, maxReplyBytes });
        const items = (wholeOf(reply).value ?? []) as unknown[];
        expect(items).toEqual(all.flat().slice(0, items.length));
        expect(reply.truncated).toBe(items.length < all.flat().length);
        if (items.length > 0) expect(Buffer.byteLength(JSON.stringify(reply.value))).toBeLessThanOrEqual(maxReplyBytes);
      }),
    );
  });

  it.each([1, 2, 3])("are lost where page %d names one that was read before", async (length) => {
    const send = async (_input: unknown, link: string | undefined) => {
      const at = link === undefined ? 0 : Number(new URL(link).searchParams.get("page"));
      return { value: [at], nextLink: `https://management.azure.com/x?page=${(at % length) + 1}` };
    };
    await expect(readPages(BY_LINK, {}, send, NO_LIMITS)).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });

  it("end where a link is no text, or empty", async () => {
    for (const nextLink of ["", null, 7, {}, ["https://x"]]) {
      const reply = await readPages(BY_LINK, {}, async () => ({ value: [1], nextLink }), NO_LIMITS);
      expect(reply).toMatchObject({ truncated: false, value: { value: [1] } });
    }
  });

  it("are marked where one of them is no page at all", async () => {
    for (const broken of [null, "oops", [1, 2], 7]) {
      const send = async (_input: unknown, link: string | undefined) =>
        link === undefined ? { value: [1], nextLink: "https://x/2" } : broken;
      expect(await readPages(BY_LINK, {}, send, NO_LIMITS)).toMatchObject({
        truncated: true,
        value: { value: [1], [TRUNCATED_FIELD]: true },
      });
    }
  });

  it("cannot make a reply look whole, nor cut, by a field of that name", async () => {
    const send = async () => ({ value: [1], nextLink: "https://x/2", [TRUNCATED_FIELD]: false });
    expect(await readPages(BY_LINK, {}, send, { ...NO_LIMITS, maxPages: 1 })).toMatchObject({ value: { [TRUNCATED_FIELD]: true } });
  });
});

describe("pages of maps", () => {
  it("give every item of every key once, however they are spread over pages", async () => {
    const zone = fc.constantFrom("zones/a", "zones/b", "zones/c", "constructor", "toString");
    const spread = fc.array(fc.array(fc.tuple(zone, fc.integer()), { maxLength: 5 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(spread, async (all) => {
        const replies = all.map((entries, index) => {
          const items: Record<string, { disks: number[] }> = Object.create(null) as never;
          for (const [key, disk] of entries) items[key] = { disks: [...(items[key]?.disks ?? []), disk] };
          return { items: { ...items }, ...(index + 1 < all.length ? { nextPageToken: String(index + 1) } : {}) };
        });
        const reply = await readPages(BY_TOKEN, {}, async (_input, _link, page) => replies[page], NO_LIMITS);
        const items = wholeOf(reply).items as Record<string, { disks: number[] }>;
        const expected = Map.groupBy(all.flat(), ([key]) => key);
        expect(Object.keys(items).toSorted()).toEqual([...expected.keys()].toSorted());
        for (const [key, entries] of expected) expect(items[key]?.disks).toEqual(entries.map(([, disk]) => disk));
      }),
    );
  });
});
