import { type FunctionConfiguration, LambdaClient, ListFunctionsCommand, ListTagsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT, type AwsWorld, NOON_MS, startAwsWorld } from "./aws-world.ts";

const REGION = "us-east-1";
let world: AwsWorld;
let lambda: LambdaClient;

beforeAll(async () => {
  // 6,000 machines come with 300 functions, some 65 of them here: more than a page.
  world = await startAwsWorld({ instances: 6_000 });
  lambda = new LambdaClient(world.clientOptions(REGION));
});
afterAll(async () => {
  lambda.destroy();
  await world.emulator.close();
});

async function functions(MaxItems?: number) {
  const found: FunctionConfiguration[] = [];
  const sizes: number[] = [];
  let Marker: string | undefined;
  do {
    const page = await lambda.send(new ListFunctionsCommand({ MaxItems, Marker }));
    found.push(...(page.Functions ?? []));
    sizes.push(page.Functions?.length ?? 0);
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return { found, sizes };
}

async function truthOf() {
  const { resources } = await world.truth(NOON_MS - 60_000, NOON_MS);
  return resources.filter((row) => row.kind === "function" && row.account === ACCOUNT && row.region === REGION);
}

describe("ListFunctions", () => {
  it("returns 50 functions a page at most, however many are asked for", async () => {
    const names = (await truthOf()).map((row) => row.id).toSorted();
    expect(names.length).toBeGreaterThan(50);
    const { found, sizes } = await functions(10_000);
    expect(found.map((each) => each.FunctionName)).toEqual(names);
    expect(sizes).toEqual([50, names.length - 50]);
    expect((await functions(20)).found).toEqual(found);
  });

  it("refuses pages of no size and markers that are none", async () => {
    for (const input of [{ MaxItems: 0 }, { MaxItems: 10_001 }, { Marker: "made-up" }]) {
      await expect(lambda.send(new ListFunctionsCommand(input))).rejects.toMatchObject({ name: "InvalidParameterValueException" });
    }
  });
});

describe("ListTags", () => {
  it("tells the tags of each function", async () => {
    const rows = new Map((await truthOf()).map((row) => [row.id, row.tags]));
    for (const { FunctionArn, FunctionName } of (await functions()).found.slice(0, 10)) {
      const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn }));
      expect(Tags).toEqual(rows.get(FunctionName ?? ""));
    }
  });

  it("knows only functions of its own account and region", async () => {
    const Resource = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:no-such-function`;
    await expect(lambda.send(new ListTagsCommand({ Resource }))).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

it("throttles in its own words", async () => {
  const throttling = await startAwsWorld({ faults: ["aws:ListFunctions:throttle:1"] });
  const client = new LambdaClient(throttling.clientOptions(REGION));
  await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
    name: "TooManyRequestsException",
    $metadata: { httpStatusCode: 429 },
  });
  await expect(client.send(new ListFunctionsCommand({}))).resolves.toBeDefined();
  client.destroy();
  await throttling.emulator.close();
});
