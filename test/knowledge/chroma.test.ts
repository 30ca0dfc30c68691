import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Settings } from "@llamaindex/core/global";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Knowledge } from "../../src/contracts/index.ts";
import { chroma, chromaClient } from "../../src/knowledge/chroma/index.ts";
import { lexical } from "../../src/knowledge/lexical/index.ts";
import { llamaindex } from "../../src/knowledge/llamaindex/index.ts";
import { knowledgeContract } from "../../src/testing/knowledge-contract.ts";
import { bagOfWords } from "./bag-of-words.ts";
import { operations } from "./sample-operations.ts";
import { chromaRunsHere, type StartedChroma, startChroma } from "./started-chroma.ts";

/** Long enough for a sync to be killed in. */
const CHROMA_WRITER_MORE = 1_200;
const never = new AbortController().signal;

describe.runIf(chromaRunsHere)("with a Chroma server", () => {
  let server: StartedChroma;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "nephoscope-vectors-"));
    server = await startChroma();
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const drivers: Record<string, (name: string, embedder?: ReturnType<typeof bagOfWords>, path?: string) => Knowledge> = {
    chroma: (name, embedder = bagOfWords(256, name), path = name) =>
      chroma({ url: server.url, embedder, lexical: lexical({ path: join(folder, `chroma-${path}`) }) }),
    llamaindex: (name, embedder = bagOfWords(256, name), path = name) =>
      llamaindex({ client: () => chromaClient(server.url), embedder, lexical: lexical({ path: join(folder, `llamaindex-${path}`) }) }),
  };

  for (const [driver, open] of Object.entries(drivers)) {
    knowledgeContract({ name: driver, runner: { describe, it }, durable: true, openKnowledge: async (name) => open(name) });

    it(`${driver} keeps vectors of two embedders apart`, async () => {
      const short = open("apart", bagOfWords(64, "apart"));
      const long = open("apart", bagOfWords(128, "apart"));
      await short.sync(["aws"], operations(), { signal: never });
      expect(await long.size()).toBe(0);
      const report = await long.sync(["aws"], operations(), { signal: never });
      expect(report.added).toBe(operations().length);
      for (const knowledge of [short, long]) {
        const { hits, notes } = await knowledge.search({ text: "describe metric filters", limit: 1 }, never);
        expect(hits[0]?.id).toBe("aws.logs.DescribeMetricFilters");
        expect(notes).toEqual([]);
      }
    });

    it(`${driver} finds by vectors what words do not find`, async () => {
      const near = { ...bagOfWords(), fingerprint: `meaning of ${driver}` };
      const text = "describe metric filters";
      // Stands for an embedder that understands.
      const knowledge = open("meaning", { ...near, embedQuery: async () => near.embedQuery(text, never) });
      await knowledge.sync(["aws"], operations(), { signal: never });
      const { hits } = await knowledge.search({ text: "xyzzy", limit: 2 }, never);
      expect(hits.map(({ id }) => id)).toContain("aws.logs.DescribeMetricFilters");
    });

    it(`${driver} says that vectors are missing where a sync was interrupted`, async () => {
      const embedder = bagOfWords(64, "half");
      await open("half", embedder).sync(["aws"], operations(), { signal: never });
      const knowledge = open("half", embedder);
      const controller = new AbortController();
      const syncing = knowledge.sync(["aws"], operations(300), { signal: controller.signal, progress: () => controller.abort() });
      await expect(syncing).rejects.toThrow();
      const { notes } = await knowledge.search({ text: "volumes", limit: 1 }, never);
      expect(notes).toEqual([{ en: expect.stringContaining("of 304 documents"), zh: expect.any(String) }]);
    });

    it(`${driver} answers by words while Chroma is down, and goes on where it was when it is back`, { timeout: 60_000 }, async () => {
      const knowledge = open("down");
      await knowledge.sync(["aws"], operations(), { signal: never });
      await server.kill();
      try {
        const { hits, notes } = await knowledge.search({ text: "describe metric filters", limit: 1 }, never);
        expect(hits[0]?.id).toBe("aws.logs.DescribeMetricFilters");
        expect(notes).toEqual([{ en: expect.stringContaining("by words alone"), zh: expect.stringContaining("仅按词语") }]);
        const more = operations(5);
        await expect(knowledge.sync(["aws"], more, { signal: never })).rejects.toMatchObject({ code: "KNOWLEDGE_UNAVAILABLE" });
        expect(await knowledge.size()).toBe(more.length);
        expect((await knowledge.search({ text: "DescribeThing3", limit: 1 }, never)).hits[0]?.id).toBe("aws.things.DescribeThing3");
      } finally {
        await server.restart();
      }
      expect(await knowledge.sync(["aws"], operations(5), { signal: never })).toMatchObject({ added: 5, unchanged: 4 });
      expect((await knowledge.search({ text: "metric filters", limit: 1 }, never)).notes).toEqual([]);
    });

    it(`${driver} has lost nothing when Chroma is killed in the middle of a sync`, { timeout: 60_000 }, async () => {
      const documents = operations(600);
      const knowledge = open("crash");
      let killed: Promise<void> | undefined;
      const syncing = knowledge.sync(["aws"], documents, {
        signal: never,
        progress: ({ done }) => {
          if (done > 150) killed ??= server.kill();
        },
      });
      await expect(syncing).rejects.toMatchObject({ code: "KNOWLEDGE_UNAVAILABLE" });
      await killed;
      await server.restart();
      const report = await knowledge.sync(["aws"], documents, { signal: never });
      expect(report.unchanged).toBeGreaterThan(150);
      expect(report.added + report.unchanged).toBe(documents.length);
      expect(await knowledge.size()).toBe(documents.length);
    });
  }

  it("goes on after a sync was killed, any number of times", { timeout: 60_000 }, async () => {
    const documents = operations(CHROMA_WRITER_MORE);
    let before = 0;
    for (const progressed of [1, 2, 3]) {
      const path = join(folder, "killed");
      const script = join(import.meta.dirname, "chroma-writer.ts");
      const writer = spawn(process.execPath, ["--conditions=@nephoscope/source", script, server.url, path], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      for (let step = 0; step < progressed; step++) await once(writer.stdout, "data");
      const exited = once(writer, "exit");
      writer.kill("SIGKILL");
      await exited;
      const knowledge = chroma({ url: server.url, embedder: bagOfWords(256, "killed"), lexical: lexical({ path }) });
      const held = await knowledge.size();
      expect(held).toBeGreaterThan(before);
      expect(held).toBeLessThan(documents.length);
      before = held;
    }
    const knowledge = chroma({ url: server.url, embedder: bagOfWords(256, "killed"), lexical: lexical({ path: join(folder, "killed") }) });
    expect(await knowledge.sync(["aws"], documents, { signal: never })).toMatchObject({ unchanged: before });
    expect(await knowledge.size()).toBe(documents.length);
    expect((await knowledge.search({ text: "metric filters", limit: 1 }, never)).notes).toEqual([]);
  });

  it("leaves LlamaIndex's global settings as they were", async () => {
    const knowledge = drivers.llamaindex?.("settings");
    await knowledge?.sync(["aws"], operations(), { signal: never });
    await knowledge?.search({ text: "volumes", limit: 1 }, never);
    expect(() => Settings.embedModel).toThrow("Cannot find Embedding");
  });
});

describe("without a Chroma server", () => {
  it("waits no longer than told for one that is slow", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address() as AddressInfo;
    const words = lexical();
    await words.sync(["aws"], operations(), { signal: never });
    const url = `http://127.0.0.1:${address.port}`;
    const knowledge = chroma({ url, embedder: bagOfWords(), lexical: words, timeoutMs: 100 });
    const { hits, notes } = await knowledge.search({ text: "describe metric filters", limit: 1 }, never);
    expect(hits[0]?.id).toBe("aws.logs.DescribeMetricFilters");
    expect(notes[0]?.en).toContain("no answer within 100 ms");
    expect(await knowledge.size()).toBe(operations().length);
    await knowledge.close();
    silent.close();
  });

  it("refuses an address that is none, without repeating it", () => {
    for (const url of ["chroma", "ftp://127.0.0.1", "http://user:pass@127.0.0.1:8000", "http://127.0.0.1:8000/api"]) {
      const open = () => chroma({ url, embedder: bagOfWords(), lexical: lexical() });
      expect(open).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.not.stringContaining(url) }));
    }
    const unconfigured = () => chroma({ embedder: bagOfWords(), lexical: lexical(), runtime: { env: {} } });
    expect(unconfigured).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
  });
});
