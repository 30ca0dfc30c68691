import { describe, expect, test } from "vitest";
import { ProviderError } from "../../../src/errors/index.ts";
import { collect } from "../fake-context.ts";
import { googleError, instancesPage, openStubWorld, type StubReply, type StubRequest } from "./stub-world.ts";

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/** A list of so many machines, in pages of the size that was asked for. */
function listOf(total: number) {
  return ({ operation, parameters }: StubRequest): StubReply | undefined => {
    if (operation !== "instances") return undefined;
    const size = Number(parameters.get("maxResults"));
    const from = Number(parameters.get("pageToken") ?? 0);
    return { body: instancesPage(range(from, Math.min(total, from + size)), from + size < total ? String(from + size) : undefined) };
  };
}

describe("a list", () => {
  test.each([
    [0, 1],
    [1, 1],
    [500, 1],
    [501, 2],
    [1_250, 3],
  ])("of %i machines is whole after %i requests", async (total, requests) => {
    await using world = await openStubWorld(listOf(total));
    const pages = await collect(world.list());
    expect(new Set(pages.flat().map((resource) => resource.id)).size).toBe(total);
    expect(world.requests).toHaveLength(requests);
    expect(world.requests[0]!.parameters.get("returnPartialSuccess")).toBe("true");
    expect(world.requests.every(({ authorization }) => authorization.startsWith("Bearer ey"))).toBe(true);
  });
});

describe("a lost page", () => {
  async function lost(answer: (request: StubRequest) => StubReply | undefined) {
    await using world = await openStubWorld(answer);
    const found: string[] = [];
    const failure = await (async () => {
      for await (const page of world.list()) found.push(...page.map((resource) => resource.id));
    })().catch((error: unknown) => error);
    return { found, failure: failure as ProviderError };
  }

  test("whose token repeats ends the list with an error, after the pages that came", async () => {
    const { found, failure } = await lost(({ parameters }) => ({ body: instancesPage([Number(parameters.get("pageToken") ?? 1)], "2") }));
    expect(found).toHaveLength(2);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure.code).toBe("PROVIDER_PAGE_LOST");
    expect(failure.text.zh).toContain("分页标记");
  });

  test.each([
    "Invalid value for field 'pageToken': 'x'. The page token is invalid.",
    "page_token doesn't match arguments from the request",
    "Field pageToken had an invalid value.",
  ])("whose token is refused with %s ends the list with an error, after the pages that came", async (message) => {
    const { found, failure } = await lost(({ parameters }) =>
      parameters.has("pageToken") ? googleError(400, "INVALID_ARGUMENT", message) : { body: instancesPage([1], "2") },
    );
    expect(found).toHaveLength(1);
    expect(failure.code).toBe("PROVIDER_PAGE_LOST");
  });

  test("is not what a refused parameter of the first page is", async () => {
    const { failure } = await lost(() => googleError(400, "INVALID_ARGUMENT", "pageToken"));
    expect(failure.code).toBe("PROVIDER_FAILED");
  });
});
