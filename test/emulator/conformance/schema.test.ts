import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noAwsChanges } from "../../../src/emulator/aws/aws-changes.ts";
import { AWS_FLEET_PLAN } from "../../../src/emulator/aws/native-names.ts";
import { AWS_SERVICES } from "../../../src/emulator/aws/services.ts";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import { type AwsWorld, startAwsWorld } from "../aws-world.ts";
import { recordEverything } from "./recorded-replies.ts";
import type { RecordedReply } from "./recorder.ts";
import { fieldPathsOf, renameField } from "./rename-field.ts";
import { replyViolations } from "./reply-violations.ts";
import { WIRE_SERVICES } from "./wire-services.ts";

let world: AwsWorld;
let replies: readonly RecordedReply[];

beforeAll(async () => {
  // Enough machines for a second page of databases in one region.
  world = await startAwsWorld({ instances: 2_000 });
  replies = await recordEverything(world);
}, 60_000);
afterAll(() => world.emulator.close());

describe("every reply of the emulated AWS", () => {
  it("was asked for: each operation in each protocol of each service", () => {
    const offered = AWS_SERVICES.map((factory) => factory(buildFleet(AWS_FLEET_PLAN, 1, 1), noAwsChanges())).flatMap((service) =>
      service.protocols.flatMap((protocol) =>
        Object.keys(service.operations).map((operation) => `${service.signingName} ${protocol} ${operation}`),
      ),
    );
    const asked = replies.map(({ id, operation }) => `${WIRE_SERVICES[id].signingName} ${WIRE_SERVICES[id].protocol} ${operation}`);
    expect([...new Set(asked)].toSorted()).toEqual(offered.toSorted());
    expect(replies.filter((reply) => reply.status !== 200).map((reply) => [reply.operation, reply.status, reply.body])).toEqual([]);
  });

  it("fits the model in the vendor's package: names, types, required members, times", () => {
    expect([...new Set(replies.flatMap(replyViolations))]).toEqual([]);
  });

  it("has the content type and the request id of its protocol", () => {
    const types = {
      "ec2-query": "text/xml",
      query: "text/xml",
      "json-1.0": "application/x-amz-json-1.0",
      "json-1.1": "application/x-amz-json-1.1",
      "rest-json": "application/json",
    };
    for (const { id, headers } of replies) {
      expect(headers.get("content-type")?.split(";")[0]).toBe(types[WIRE_SERVICES[id].protocol]);
      expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("would be noticed with any one field called otherwise", () => {
    // The same field of the same operation in several replies is one: the shortest that has it will do.
    const seen = new Set<string>();
    const unnoticed: string[] = [];
    for (const reply of replies.toSorted((left, right) => left.body.length - right.body.length)) {
      for (const path of fieldPathsOf(reply)) {
        const field = `${reply.id} ${reply.operation} ${path}`;
        if (seen.has(field)) continue;
        seen.add(field);
        if (replyViolations({ ...reply, body: renameField(reply, path) }).length === 0) unnoticed.push(field);
      }
    }
    expect(seen.size).toBeGreaterThan(300);
    expect(unnoticed).toEqual([]);
  });
});
