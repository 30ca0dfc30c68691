import fc from "fast-check";
import { expect, test } from "vitest";
import { pages } from "../../../src/providers/shared/pages.ts";

const call = (next: (token: string | undefined) => string | null | undefined) => ({
  providerId: "test",
  operation: "ListThings",
  fetch: async (token: string | undefined) => ({ page: token ?? "first", next: next(token) }),
  refusesToken: () => false,
});

async function drain<Page>(list: AsyncIterable<Page>): Promise<{ got: Page[]; code: string | undefined }> {
  const got: Page[] = [];
  try {
    for await (const page of list) got.push(page);
  } catch (error) {
    return { got, code: (error as { code?: string }).code };
  }
  return { got, code: undefined };
}

test("every page of a chain of distinct tokens comes once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 }), async (tokens) => {
      const following = new Map(tokens.map((token, index) => [token, tokens[index + 1]]));
      const { got, code } = await drain(pages(call((token) => (token === undefined ? tokens[0] : following.get(token)))));
      expect(got).toEqual(["first", ...tokens]);
      expect(code).toBeUndefined();
    }),
  );
});

test("a chain that comes back to a token, however late, ends as a lost page", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 })
        .chain((tokens) => fc.tuple(fc.constant(tokens), fc.nat(tokens.length - 1))),
      async ([tokens, back]) => {
        const following = new Map(tokens.map((token, index) => [token, tokens[index + 1] ?? tokens[back]]));
        const { got, code } = await drain(pages(call((token) => (token === undefined ? tokens[0] : following.get(token)))));
        expect(got).toEqual(["first", ...tokens]);
        expect(code).toBe("PROVIDER_PAGE_LOST");
      },
    ),
  );
});

test.each([null, undefined, ""])("%j as a token ends the list", async (token) => {
  expect(await drain(pages(call(() => token)))).toEqual({ got: ["first"], code: undefined });
});
