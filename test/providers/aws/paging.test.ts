import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ProviderError } from "../../../src/errors/index.ts";
import { ec2Error, instancesXml, type StubReply, type StubRequest } from "./stub-aws.ts";
import { collect, openStubWorld, useKeys } from "./stub-world.ts";

let restore: () => void;
beforeAll(() => {
  restore = useKeys();
});
afterAll(() => restore());

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/** A list of so many machines, in pages of the size that was asked for. */
function listOf(total: number) {
  return ({ operation, parameters }: StubRequest): StubReply | undefined => {
    if (operation !== "DescribeInstances") return undefined;
    const size = Number(parameters.get("MaxResults"));
    const from = Number(parameters.get("NextToken") ?? 0);
    return { body: instancesXml(range(from, Math.min(total, from + size)), from + size < total ? String(from + size) : undefined) };
  };
}

describe("a list", () => {
  test.each([
    [0, 1],
    [1, 1],
    [999, 1],
    [1_000, 1],
    [1_001, 2],
    [2_500, 3],
  ])("of %i machines is whole after %i requests", async (total, requests) => {
    await using world = await openStubWorld(listOf(total));
    const pages = await collect(world.list());
    expect(new Set(pages.flat().map((resource) => resource.id)).size).toBe(total);
    expect(world.context.count("aws.ec2.DescribeInstances")).toBe(requests);
  });

  test("hands on each page before it asks for the next one", async () => {
    await using world = await openStubWorld(listOf(2_500));
    for await (const page of world.list()) {
      expect(page).toHaveLength(1_000);
      expect(world.context.count("aws.ec2.DescribeInstances")).toBe(1);
      break;
    }
    expect(world.context.count("aws.ec2.DescribeInstances")).toBe(1);
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
    const { found, failure } = await lost(({ operation, parameters }) =>
      operation === "DescribeInstances" ? { body: instancesXml([Number(parameters.get("NextToken") ?? 1)], "2") } : undefined,
    );
    expect(found).toHaveLength(2);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure.code).toBe("PROVIDER_PAGE_LOST");
    expect(failure.text.zh).toContain("分页标记");
  });

  test.each([
    ["InvalidNextToken", "The token is not valid"],
    ["InvalidParameterValue", "Value (x) for parameter NextToken is invalid"],
  ])("whose token is refused as %s ends the list with an error, after the pages that came", async (code, message) => {
    const { found, failure } = await lost(({ operation, parameters }) => {
      if (operation !== "DescribeInstances") return undefined;
      return parameters.has("NextToken") ? ec2Error(code, message) : { body: instancesXml([1], "2") };
    });
    expect(found).toHaveLength(1);
    expect(failure.code).toBe("PROVIDER_PAGE_LOST");
  });

  test("is not what a refused parameter of the first page is", async () => {
    const { failure } = await lost(({ operation }) =>
      operation === "DescribeInstances" ? ec2Error("InvalidParameterValue", "token") : undefined,
    );
    expect(failure.code).toBe("PROVIDER_FAILED");
  });
});
