import { describe, expect, it } from "vitest";
import { alicloudCloud } from "../../../src/emulator/alicloud/index.ts";
import { alicloudWorld } from "./alicloud-world.ts";
import { recordErrors, recordEverything } from "./conformance/recorded-replies.ts";
import { fieldPathsOf, renameField } from "./conformance/rename-field.ts";
import { type AlicloudReply, violations } from "./conformance/violations.ts";

/** Each field of each operation once, with the shortest reply that has it. */
function unnoticedRenamings(replies: readonly AlicloudReply[]): { readonly fields: number; readonly unnoticed: readonly string[] } {
  const seen = new Set<string>();
  const unnoticed: string[] = [];
  for (const reply of replies.toSorted((left, right) => left.body.length - right.body.length)) {
    for (const path of fieldPathsOf(reply)) {
      const field = `${reply.service}.${reply.operation} ${reply.status} ${path}`;
      if (seen.has(field)) continue;
      seen.add(field);
      if (violations({ ...reply, body: renameField(reply, path) }).length === 0) unnoticed.push(field);
    }
  }
  return { fields: seen.size, unnoticed };
}

describe("every reply of the emulated Alibaba Cloud", () => {
  it("fits what the vendor published, and would not with any one field called otherwise", async () => {
    const replies = await recordEverything(await alicloudWorld({ instances: 400 }));
    expect([...new Set(replies.map((reply) => reply.operation))].sort()).toEqual([...alicloudCloud.create(1, 1).operations].sort());
    expect(replies.filter((reply) => reply.status !== 200)).toEqual([]);
    expect([...new Set(replies.flatMap(violations))]).toEqual([]);
    const { fields, unnoticed } = unnoticedRenamings(replies);
    expect(fields).toBeGreaterThan(200);
    expect(unnoticed).toEqual([]);
  });

  it("refuses in published codes and shapes", async () => {
    const replies = (await recordErrors(await alicloudWorld())).filter((reply) => reply.status !== 200);
    expect(replies.length).toBeGreaterThan(30);
    expect([...new Set(replies.flatMap(violations))]).toEqual([]);
    expect(unnoticedRenamings(replies).unnoticed).toEqual([]);
  });
});
