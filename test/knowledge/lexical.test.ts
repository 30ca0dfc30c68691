import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";
import { knowledgeContract } from "../../src/testing/knowledge-contract.ts";
import { operations } from "./sample-operations.ts";

const never = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nephoscope-lexical-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

knowledgeContract({ name: "lexical in memory", runner: { describe, it }, durable: false, openKnowledge: async () => lexical() });
knowledgeContract({
  name: "lexical in a folder",
  runner: { describe, it },
  durable: true,
  openKnowledge: async (name) => lexical({ path: join(folder, name) }),
});

describe("lexical", () => {
  it("reads Chinese by its glossary, and says which words it lacks", async () => {
    const runtime = fakeRuntime();
    const knowledge = lexical({ runtime });
    await knowledge.sync(["aws"], operations(), { signal: never });
    const { hits, notes } = await knowledge.search({ text: "哪些云盘没有挂载", limit: 1 }, never);
    expect(hits[0]?.id).toBe("aws.ec2.DescribeVolumes");
    expect(notes).toEqual([]);
    const unknown = await knowledge.search({ text: "列出魑魅的云盘", limit: 1 }, never);
    expect(unknown.hits[0]?.id).toBe("aws.ec2.DescribeVolumes");
    expect(unknown.notes).toEqual([{ en: expect.stringContaining("魑魅"), zh: expect.stringContaining("魑魅") }]);
    expect(runtime.logged).toEqual([{ level: "debug", message: "knowledge: Chinese without a translation" }]);
    const rewritten = await knowledge.search({ text: "列出魑魅的云盘", rewritten: "list volumes", limit: 1 }, never);
    expect(rewritten.notes).toEqual([]);
  });

  it("prefers operations that read, unless something is to be changed", async () => {
    const knowledge = lexical();
    await knowledge.sync(["aws"], operations(), { signal: never });
    const first = async (text: string) => (await knowledge.search({ text, limit: 1 }, never)).hits[0]?.id;
    expect(await first("which volumes were deleted?")).toBe("aws.ec2.DescribeVolumes");
    expect(await first("delete the volume")).toBe("aws.ec2.DeleteVolume");
    expect(await first("哪些云盘被删除了")).toBe("aws.ec2.DescribeVolumes");
    expect(await first("删除云盘")).toBe("aws.ec2.DeleteVolume");
  });

  it("tells that a question was too long to be looked up whole", async () => {
    const knowledge = lexical();
    await knowledge.sync(["aws"], operations(), { signal: never });
    const { notes } = await knowledge.search({ text: `disks ${"x ".repeat(2_000)}`, limit: 1 }, never);
    expect(notes).toEqual([{ en: expect.stringContaining("2000"), zh: expect.stringContaining("2000") }]);
  });

  it("refuses options it does not know", () => {
    // @ts-expect-error: as a program without types would call it.
    expect(() => lexical({ folder: "/tmp" })).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
  });
});
