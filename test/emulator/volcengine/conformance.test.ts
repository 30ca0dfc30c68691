import { describe, expect, it } from "vitest";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import { VOLCENGINE_FLEET_PLAN } from "../../../src/emulator/volcengine/native-names.ts";
import { VOLCENGINE_SERVICES } from "../../../src/emulator/volcengine/services.ts";
import { noVolcengineChanges } from "../../../src/emulator/volcengine/volcengine-changes.ts";
import { PUBLISHED } from "./conformance/published-shapes.ts";
import { REFUSED_CALLS, recordErrors, recordEverything, recorder } from "./conformance/recorded-replies.ts";
import { fieldPathsOf, renameField } from "./conformance/rename-field.ts";
import { type VolcengineReply, violations } from "./conformance/reply-violations.ts";
import type { Schema } from "./conformance/schema.ts";
import { startedVolcengine } from "./started-volcengine.ts";

const FLEET = buildFleet(VOLCENGINE_FLEET_PLAN, 1, 1);
const OPERATIONS = VOLCENGINE_SERVICES.map((factory) => factory(FLEET, noVolcengineChanges())).flatMap(({ id, operations }) =>
  Object.entries(operations).map(([operation, { parameters }]) => ({ service: id, operation, parameters })),
);

function codeOf({ body }: VolcengineReply): unknown {
  const { ErrorCode, ResponseMetadata } = JSON.parse(body);
  return ErrorCode ?? ResponseMetadata?.Error?.Code;
}

/** Each field of each operation once, with the shortest reply that has it. */
function unnoticedRenamings(replies: readonly VolcengineReply[]): { readonly fields: number; readonly unnoticed: readonly string[] } {
  const seen = new Set<string>();
  const unnoticed: string[] = [];
  for (const reply of replies.toSorted((left, right) => left.body.length - right.body.length)) {
    for (const path of fieldPathsOf(reply)) {
      const field = `${reply.service}.${reply.operation} ${codeOf(reply) ?? ""} ${path}`;
      if (seen.has(field)) continue;
      seen.add(field);
      if (violations({ ...reply, body: renameField(reply, path) }).length === 0) unnoticed.push(field);
    }
  }
  return { fields: seen.size, unnoticed };
}

describe("every reply of the emulated Volcengine", () => {
  it("fits what the vendor published: envelope, names, types, required members", async () => {
    const replies = await recordEverything(await startedVolcengine({ instances: 400 }));
    const asked = new Set(replies.map(({ service, operation }) => `${service}.${operation}`));
    expect([...asked].toSorted()).toEqual(OPERATIONS.map(({ service, operation }) => `${service}.${operation}`).toSorted());
    expect(replies.filter((reply) => reply.status !== 200 || codeOf(reply) !== undefined)).toEqual([]);
    expect([...new Set(replies.flatMap(violations))]).toEqual([]);
    const { fields, unnoticed } = unnoticedRenamings(replies);
    expect(fields).toBeGreaterThan(200);
    expect(unnoticed).toEqual([]);
  });

  it("refuses in published codes, numbers and statuses", async () => {
    const replies = await recordErrors(await startedVolcengine());
    // One's own name and the list of regions are told to everybody.
    const refusals = replies.filter((reply) => reply.operation !== "GetCallerIdentity" || codeOf(reply) !== undefined);
    expect(refusals.filter((reply) => codeOf(reply) === undefined)).toEqual([]);
    expect([...new Set(refusals.flatMap(violations))]).toEqual([]);
    expect(unnoticedRenamings(refusals).unnoticed).toEqual([]);
  });

  it.each(REFUSED_CALLS)("%s %s %j is refused as %s", async (service, operation, input, code) => {
    const { call } = recorder(await startedVolcengine());
    expect(codeOf(await call(service, operation, input))).toBe(code);
  });
});

const TYPE_NAMES: Readonly<Record<Schema["type"], readonly string[]>> = {
  string: ["string"],
  number: ["integer", "number"],
  integer: ["integer"],
  boolean: ["boolean"],
  list: ["array", "array[string]"],
  map: ["object"],
  structure: ["object"],
  any: ["array[string]", "array[integer]", "array", "object"],
};

describe.each(OPERATIONS)("parameters of $service.$operation", ({ service, operation, parameters }) => {
  const request = PUBLISHED.get(`${service}.${operation}`)?.request;
  const members = request?.type === "structure" ? request.members : new Map();

  it("are the published ones, of the published types", () => {
    for (const [name, { TypeName: type }] of Object.entries(parameters)) {
      expect([...members.keys()], name).toContain(name);
      expect(TYPE_NAMES[members.get(name).schema.type as Schema["type"]], name).toContain(type);
    }
  });

  it("are required where the vendor requires them, and nowhere else", () => {
    const required = Object.keys(parameters).filter((name) => parameters[name]?.Required === true);
    // The typings require Limit of SearchLogs; its reference gives a default.
    const published = [...members].filter(([name, member]) => member.required && name !== "Limit").map(([name]) => name);
    expect(required.toSorted()).toEqual(published.toSorted());
  });
});
