import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import { GcpChanges } from "../../../src/emulator/gcp/changes.ts";
import { GCP_FLEET_PLAN } from "../../../src/emulator/gcp/native-names.ts";
import { GCP_SERVICES } from "../../../src/emulator/gcp/services.ts";
import { recordErrors, recordReplies } from "./conformance/recorded-replies.ts";
import { fieldPathsOf, type RecordedReply, renameField, violations } from "./conformance/violations.ts";
import { openGcp } from "./open-gcp.ts";

let gcp: Awaited<ReturnType<typeof openGcp>>;
let replies: readonly RecordedReply[];
let errors: readonly RecordedReply[];

beforeAll(async () => {
  gcp = await openGcp({ instances: 1_000 });
  replies = await recordReplies(gcp);
  errors = await recordErrors(gcp);
}, 60_000);
afterAll(() => gcp.close());

describe("every reply of the emulated Google Cloud", () => {
  it("was asked for: each operation, in success and refusal", () => {
    const fleet = buildFleet(GCP_FLEET_PLAN, 1, 1);
    const offered = [
      "token",
      ...GCP_SERVICES.flatMap((service) => service(fleet, new GcpChanges()).methods.map((method) => method.name)),
    ].sort();
    expect([...new Set(replies.map(({ operation }) => operation))].sort()).toEqual(offered);
    expect([...new Set(errors.map(({ operation }) => operation))].sort()).toEqual(offered);
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
    expect(errors.filter(({ status }) => status < 400)).toEqual([]);
  });

  it("fits the published descriptions: names, types, required members, forms", () => {
    expect([...new Set(replies.flatMap(violations))]).toEqual([]);
  });

  it("refuses in the vendor's words", () => {
    expect([...new Set(errors.flatMap(violations))]).toEqual([]);
  });

  it("would be noticed with any one field called otherwise", () => {
    const seen = new Set<string>();
    const unnoticed: string[] = [];
    for (const reply of [...replies, ...errors].toSorted((left, right) => left.body.length - right.body.length)) {
      for (const path of fieldPathsOf(reply)) {
        const field = `${reply.operation} ${reply.status === 200 ? "" : "(error) "}${path}`;
        if (seen.has(field)) continue;
        seen.add(field);
        if (violations({ ...reply, body: renameField(reply, path) }).length === 0) unnoticed.push(field);
      }
    }
    expect(seen.size).toBeGreaterThan(250);
    expect(unnoticed).toEqual([]);
  });
});
