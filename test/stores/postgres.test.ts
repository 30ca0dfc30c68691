import { inspect } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StoreError } from "../../src/errors/index.ts";
import { postgres } from "../../src/stores/postgres/index.ts";
import { verifyAudit } from "../../src/stores/shared/audit-chain.ts";
import { sampleAuditEntry } from "../../src/testing/index.ts";
import { postgresPrograms, type StartedPostgres, startPostgres } from "./started-postgres.ts";
import { testCheckpointer } from "./test-checkpointer.ts";
import { testProcesses } from "./test-processes.ts";
import { testStore } from "./test-store.ts";

const withoutServer = postgresPrograms === undefined;

describe.skipIf(withoutServer)(
  withoutServer ? "the postgres store (skipped: PostgreSQL is not installed here)" : "the postgres store",
  () => {
    let server: StartedPostgres;
    beforeAll(async () => {
      server = await startPostgres();
    }, 60_000);
    afterAll(() => server.stop(), 60_000);

    const newPlace = async () => {
      const url = await server.emptyDatabase();
      return { url, open: () => postgres({ url }) };
    };
    testStore({ name: "the postgres store", createStore: async () => (await newPlace()).open() });
    testProcesses({ name: "the postgres store", kills: 8, newPlace });
    testCheckpointer({ name: "the checkpointer of the postgres store", newPlace });

    const oneRun = {
      runId: "r1",
      startedMs: 1,
      question: "列出服务器",
      thread: null,
      status: "answered",
      plan: null,
      document: null,
    } as const;
    const failure = async (url: string): Promise<StoreError> => {
      const store = postgres({ url });
      const error = await store.getRun("r1").catch((it: unknown) => it);
      await store.close();
      if (!StoreError.isInstance(error)) throw new Error(`no failure of ours: ${error}`);
      return error as StoreError;
    };
    const changed = async (change: (url: URL) => void) => {
      const url = new URL(await server.emptyDatabase());
      change(url);
      return failure(url.href);
    };

    describe("a database that cannot be used", () => {
      it("because nobody listens is told with host and port", async () => {
        const error = await changed((url) => {
          url.port = "1";
        });
        expect(error).toMatchObject({
          code: "STORE_FAILED",
          message: expect.stringMatching(/^The store postgres:\/\/127.0.0.1:1\/test failed: the server cannot be reached\.$/),
          text: { zh: expect.stringContaining("无法连接服务器") },
          hint: { en: expect.stringContaining("host and port") },
        });
      });

      it("because the password is wrong is told without it", async () => {
        const error = await changed((url) => {
          url.password = "not the p@ssword";
        });
        expect(error.message).toContain("refused the user or the password");
        expect(inspect(error, { depth: 9 })).not.toMatch(/not%20the|not the p@ssword|s3cret/);
      });

      it("because there is no password is told in the same way", async () => {
        const error = await changed((url) => {
          url.password = "";
        });
        expect(error).toMatchObject({
          message: expect.stringContaining("refused the user or the password"),
          hint: { en: expect.stringContaining("PGPASSWORD") },
        });
      });

      it("because it is not there is told with how to make it", async () => {
        const error = await changed((url) => {
          url.pathname = "/nowhere";
        });
        expect(error).toMatchObject({
          message: expect.stringContaining("/nowhere failed: there is no such database"),
          hint: { en: expect.stringContaining("createdb") },
        });
        expect(inspect(error, { depth: 9 })).not.toContain("s3cret");
      });

      it("because the user may make nothing there is told with what to grant", async () => {
        const url = new URL(await server.emptyDatabase());
        await server.administrate("CREATE ROLE guest LOGIN PASSWORD 'guest'");
        url.username = "guest";
        url.password = "guest";
        expect(await failure(url.href)).toMatchObject({
          message: expect.stringContaining("may not do that"),
          hint: { en: expect.stringContaining("GRANT CREATE") },
        });
      });

      it("because a newer version wrote it is told with both versions", async () => {
        const { url, open } = await newPlace();
        const store = open();
        await store.putRun(oneRun);
        await store.close();
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        await client.query("UPDATE nephoscope.schema_version SET version = 7");
        await client.end();
        expect((await failure(url)).message).toContain("written by a newer nephoscope (schema 7; this one knows 3)");
      });

      it("is refused before anything is asked where the URL is none, without repeating it", () => {
        for (const url of ["mysql://u:s3cret@h/d", "postgres://u:s3cret@h:port/d", "postgres://u:s3cret%@h/d", "s3cret"]) {
          expect(() => postgres({ url })).toThrow(
            expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.not.stringContaining("s3cret") }),
          );
        }
        expect(() => postgres({ runtime: { env: {} } })).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
        expect(() => postgres({ uri: "postgres://h/d" } as never)).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
      });
    });

    it("is found in NEPHOSCOPE_STORE", async () => {
      const store = postgres({ runtime: { env: { NEPHOSCOPE_STORE: await server.emptyDatabase() } } });
      await store.putRun(oneRun);
      expect(await store.getRun("r1")).toEqual(oneRun);
      await store.close();
    });

    it("goes on after the server has ended its connections", async () => {
      const store = (await newPlace()).open();
      await store.putRun(oneRun);
      await server.disconnect();
      // The first may still meet connections that were ended.
      await expect.poll(() => store.getRun("r1").catch(() => undefined)).toEqual(oneRun);
      await store.close();
    });

    it("keeps what it acknowledged, and the process alive, when its connections are ended amid writing", async () => {
      const store = (await newPlace()).open();
      await store.putRun(oneRun);
      const acknowledged: number[] = [];
      const failures = new Set<string>();
      let ended = false;
      const writing = Array.from({ length: 4 }, async (_, writer) => {
        for (let index = writer; !ended; index += 4) {
          try {
            await store.appendAudit(sampleAuditEntry({ atMs: index }));
            acknowledged.push(index);
          } catch (error) {
            failures.add(StoreError.isInstance(error) ? error.message : `not ours: ${error}`);
          }
        }
      });
      for (let round = 0; round < 20; round++) await server.disconnect();
      ended = true;
      await Promise.all(writing);
      expect([...failures].filter((message) => !message.endsWith("failed: the server cannot be reached."))).toEqual([]);
      const kept = new Set<number>();
      for await (const { atMs } of store.audit()) kept.add(atMs);
      expect(acknowledged.filter((index) => !kept.has(index))).toEqual([]);
      expect((await verifyAudit(store.audit())).broken).toBeNull();
      await store.close();
    });

    it("gives its checkpointer to many that ask at once", async () => {
      const store = (await newPlace()).open();
      const given = await Promise.all(Array.from({ length: 20 }, () => store.checkpointer()));
      expect(new Set(given).size).toBe(1);
      await store.close();
    });

    it("asks a server again that was away at first", async () => {
      const { open } = await newPlace();
      await server.administrate("ALTER DATABASE test ALLOW_CONNECTIONS false");
      const store = open();
      await expect(store.getRun("r1")).rejects.toMatchObject({ code: "STORE_FAILED" });
      await server.administrate("ALTER DATABASE test ALLOW_CONNECTIONS true");
      await store.putRun(oneRun);
      await store.close();
    });

    it("keeps rows of a question with the one character that PostgreSQL does not know, without it", async () => {
      const store = (await newPlace()).open();
      await store.putRun({ ...oneRun, question: "a\0b" });
      await store.putResult({ runId: "r1", stepId: "s", table: { columns: [], rows: [{ cells: ["a\0b"] }] }, receipt: [] });
      expect((await store.getRun("r1"))?.question).toBe("ab");
      expect((await store.getResult("r1", "s"))?.table.rows).toEqual([{ cells: ["a\0b"] }]);
      await store.close();
    });
  },
);
