import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { operations } from "./sample-operations.ts";

const never = new AbortController().signal;
const MORE = 1_500;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nephoscope-index-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the files of the lexical index", () => {
  it("are whole whenever a sync is killed, and the next sync does only the rest", { timeout: 120_000 }, async () => {
    const documents = operations(MORE);
    let partial = 0;
    for (let kill = 0; kill < 20; kill++) {
      const writer = startWriter("aws");
      // Each time somewhere else: after more and more chunks, then anywhere in the next.
      for (let chunk = 0; chunk <= kill % 9; chunk++) await once(writer.stdout as NonNullable<typeof writer.stdout>, "data");
      await kill9(writer);
      const knowledge = lexical({ path: folder });
      const held = await knowledge.size();
      const { hits, notes } = await knowledge.search({ text: "describe things", limit: 5 }, never);
      expect(hits.length > 0 || held === 0).toBe(true);
      if (held > 0 && held < documents.length) partial++;
      if (notes.length > 0) expect(notes[0]?.en).toContain("nephoscope knowledge sync");
      const report = await knowledge.sync(["aws"], documents, { signal: never });
      expect(report).toEqual({ added: documents.length - held, updated: 0, removed: 0, unchanged: held });
      expect(await knowledge.size()).toBe(documents.length);
      expect((await knowledge.search({ text: "describe metric filters", limit: 1 }, never)).notes).toEqual([]);
      await knowledge.sync(["aws"], [], { signal: never });
      await knowledge.close();
    }
    expect(partial).toBeGreaterThan(0);
    const names = await readdir(folder);
    expect(names).toEqual(["aws.json"]);
  });

  it("are shared by processes that sync at once, and what one writes the other finds", async () => {
    const knowledge = lexical({ path: folder });
    const writers = [startWriter("azure"), startWriter("azure"), startWriter("gcp")];
    await Promise.all(writers.map((writer) => once(writer.stdout as NonNullable<typeof writer.stdout>, "data")));
    for (let round = 0; round < 5; round++) {
      await knowledge.sync(["aws"], operations(MORE), { signal: never });
      expect((await knowledge.search({ text: "metric filters", providers: ["aws"], limit: 1 }, never)).hits).toHaveLength(1);
      await knowledge.search({ text: "things", limit: 1 }, never);
      await knowledge.sync(["aws"], [], { signal: never });
    }
    await Promise.all(writers.map(kill9));
    const other = lexical({ path: folder });
    for (const provider of ["azure", "gcp"]) await other.sync([provider], operations(3, provider), { signal: never });
    expect(await knowledge.size()).toBe(14);
    expect((await knowledge.search({ text: "metric filters", providers: ["gcp"], limit: 1 }, never)).hits[0]?.id).toContain("gcp.");
  });

  it("are for their owner only", async () => {
    const path = join(folder, "made");
    await lexical({ path }).sync(["aws"], operations(), { signal: never });
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(path, "aws.json"))).mode & 0o777).toBe(0o600);
  });

  it("are made anew where they cannot be read, whatever a cloud is called", async () => {
    const provider = "../../etc/passwd";
    const knowledge = lexical({ path: folder });
    await knowledge.sync([provider], operations(0, provider), { signal: never });
    const [name = ""] = await readdir(folder);
    for (const content of ["", '{"format":"of another version"}', '{"format":']) {
      await writeFile(join(folder, name), content);
      const again = lexical({ path: folder });
      expect(await again.size()).toBe(0);
      expect((await again.sync([provider], operations(0, provider), { signal: never })).added).toBe(4);
    }
  });

  it("say what is wrong with the folder", async () => {
    const path = join(folder, "file");
    await writeFile(path, "");
    await chmod(path, 0o600);
    const knowledge = lexical({ path });
    await expect(knowledge.sync(["aws"], operations(), { signal: never })).rejects.toMatchObject({
      code: "KNOWLEDGE_UNAVAILABLE",
      message: expect.stringContaining(path),
    });
  });

  function startWriter(provider: string): ChildProcess {
    const script = join(import.meta.dirname, "lexical-writer.ts");
    return spawn(process.execPath, ["--conditions=@nephoscope/source", script, folder, provider, String(MORE)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  }
});

async function kill9(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
