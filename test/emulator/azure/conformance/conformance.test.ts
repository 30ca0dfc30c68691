import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { azureCloud } from "../../../../src/emulator/azure/index.ts";
import { type AzureWorld, startAzureWorld } from "../azure-world.ts";
import { recordReplies } from "./recorded-replies.ts";
import { fieldPathsOf, type RecordedReply, renameField, specifiedOperations, violations } from "./violations.ts";

let world: AzureWorld;
let replies: readonly RecordedReply[];

beforeAll(async () => {
  world = await startAzureWorld();
  replies = await recordReplies(world);
});
afterAll(() => world.emulator.close());

describe("replies of the emulated Azure", () => {
  it("are recorded for every operation, errors too", () => {
    const { operations } = azureCloud.create(7, 10);
    expect(new Set(specifiedOperations())).toEqual(new Set(operations));
    const seen = (good: boolean) => new Set(replies.filter(({ status }) => status < 300 === good).map(({ operation }) => operation));
    expect(seen(true)).toEqual(new Set(operations));
    // Whoever asks where the endpoints of a known tenant are cannot go wrong.
    expect(seen(false)).toEqual(new Set(operations.filter((operation) => operation !== "OpenIdConfiguration")));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 202, 204, 400, 401, 403, 404, 409, 429, 500]));
  });

  it("have the fields and types of the vendor's specifications, and no others", () => {
    expect(replies.flatMap(violations)).toEqual([]);
  });

  it("cannot call a field otherwise without being noticed", () => {
    const unnoticed = replies.flatMap((reply) =>
      fieldPathsOf(reply)
        .filter((path) => violations(renameField(reply, path)).length === 0)
        .map((path) => `${reply.operation} ${reply.status} ${path}`),
    );
    expect(unnoticed).toEqual([]);
    expect(new Set(replies.flatMap((reply) => fieldPathsOf(reply).map((path) => `${reply.operation} ${path}`))).size).toBeGreaterThan(120);
  });
});
