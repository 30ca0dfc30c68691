import { describe, expect, test } from "vitest";
import type { ProviderError } from "../../../src/errors/index.ts";
import { collect } from "../fake-context.ts";
import { ACCOUNT, instances, openError, openStubWorld, type StubReply, type StubRequest } from "./stub-volcengine.ts";

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/** A list of so many machines, in pages of the size that was asked for. */
function listOf(total: number) {
  return ({ operation, parameters }: StubRequest): StubReply | undefined => {
    if (operation !== "DescribeInstances") return undefined;
    const size = Number(parameters.get("MaxResults"));
    const from = Number(parameters.get("NextToken") ?? 0);
    return instances(range(from, Math.min(total, from + size)), from + size < total ? String(from + size) : "");
  };
}

describe("a list that goes on by tokens", () => {
  test.each([
    [0, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])("of %i machines is whole after %i requests", async (total, requests) => {
    await using world = await openStubWorld(listOf(total));
    const pages = await collect(world.list());
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(total);
    expect(world.context.count("volcengine.ecs.DescribeInstances")).toBe(requests);
  });

  async function lost(answer: (request: StubRequest) => StubReply | undefined) {
    await using world = await openStubWorld(answer);
    const found: string[] = [];
    const failure = await (async () => {
      for await (const page of world.list()) found.push(...page.map(({ id }) => id));
    })().catch((error: unknown) => error as ProviderError);
    return { found, failure };
  }

  test("has lost a page where its token repeats, after the pages that came", async () => {
    const { found, failure } = await lost(({ operation, parameters }) =>
      operation === "DescribeInstances" ? instances([Number(parameters.get("NextToken") ?? 1)], "2") : undefined,
    );
    expect(found).toEqual(["i-1", "i-2"]);
    expect(failure).toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });

  test.each([
    ["InvalidNextToken.Malformed", "no"],
    ["InvalidParameter", "The parameter NextToken is invalid"],
  ])("has lost a page where its token is refused as %s", async (code, message) => {
    const { found, failure } = await lost(({ operation, parameters }) => {
      if (operation !== "DescribeInstances") return undefined;
      return parameters.has("NextToken") ? openError(code, 400, message) : instances([1], "2");
    });
    expect(found).toEqual(["i-1"]);
    expect(failure).toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });

  test("has lost none where the first page is refused", async () => {
    const { failure } = await lost(({ operation }) => (operation === "DescribeInstances" ? openError("InvalidNextToken") : undefined));
    expect(failure).toMatchObject({ code: "PROVIDER_FAILED" });
  });
});

describe("a list that tells its length", () => {
  const scope = { provider: "volcengine", account: ACCOUNT, region: "cn-beijing", service: "traces" };

  /** Trace instances, of which the pages from a number on are empty. */
  async function listed(total: number, emptyFrom = Number.POSITIVE_INFINITY) {
    await using world = await openStubWorld(({ operation, parameters }) => {
      if (operation === "SearchTraces") return { body: '{"Total":0,"TraceInfos":[]}' };
      if (operation !== "DescribeTraceInstances") return undefined;
      const page = Number(parameters.get("PageNumber"));
      const numbers = page >= emptyFrom ? [] : range((page - 1) * 100, Math.min(total, page * 100));
      return { body: JSON.stringify({ Total: total, TraceInstances: numbers.map((number) => ({ TraceInstanceId: `t${number}` })) }) };
    });
    const search = world.provider.traces!.search(scope, { errorsOnly: false, window: { fromMs: 0, toMs: 60_000 } }, world.context);
    const failure = await collect(search).catch((error: unknown) => error as ProviderError);
    return {
      failure,
      instances: world.context.count("volcengine.tls.SearchTraces"),
      pages: world.context.count("volcengine.tls.DescribeTraceInstances"),
    };
  }

  test.each([
    [0, 1],
    [100, 1],
    [101, 2],
  ])("of %i is whole after %i pages", async (total, pages) => {
    expect(await listed(total)).toMatchObject({ instances: total, pages });
  });

  test("has lost a page where one is empty before the end, after the pages that came", async () => {
    const { failure, instances: found } = await listed(250, 2);
    expect(failure).toMatchObject({ code: "PROVIDER_PAGE_LOST", message: expect.stringContaining("100 of 250") });
    expect(found).toBe(100);
  });
});
