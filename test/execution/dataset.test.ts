import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Page, Row } from "../../src/contracts/index.ts";
import { ReplayDataset } from "../../src/execution/index.ts";

const COLUMNS = [{ name: "n", type: "number" }] as const;
const rows = (...numbers: number[]): Row[] => numbers.map((n) => ({ cells: [n] }));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function readAll(dataset: ReplayDataset): Promise<{ rows: Row[]; error?: unknown }> {
  const read: Row[] = [];
  try {
    for await (const page of dataset.batches()) read.push(...page.rows);
    return { rows: read };
  } catch (error) {
    return { rows: read, error };
  }
}

describe("a dataset", () => {
  it("gives every reader all rows in order, whenever it begins to read", async () => {
    const action = fc.oneof(fc.constant("read" as const), fc.constant("wait" as const), fc.array(fc.integer(), { maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(fc.array(action), fc.boolean(), async (actions, fails) => {
        const dataset = new ReplayDataset(COLUMNS);
        const readers: ReturnType<typeof readAll>[] = [];
        const written: number[] = [];
        for (const act of actions) {
          if (act === "read") readers.push(readAll(dataset));
          else if (act === "wait") await turn();
          else {
            written.push(...act);
            dataset.append({ rows: rows(...act) });
          }
        }
        if (fails) dataset.fail("broken");
        else dataset.end();
        readers.push(readAll(dataset));
        for (const reader of await Promise.all(readers)) {
          expect(reader.rows.map(({ cells }) => cells[0])).toEqual(written);
          expect(reader.error).toBe(fails ? "broken" : undefined);
        }
      }),
    );
  });

  it("hands on the ends of scopes in their place between the rows", async () => {
    const dataset = new ReplayDataset(COLUMNS);
    const scope = { provider: "p", account: "a", region: "r", service: "s" };
    dataset.append({ rows: rows(1) });
    dataset.append({ rows: [], ended: [scope] });
    dataset.append({ rows: rows(2) });
    dataset.end();
    const pages: Page[] = [];
    for await (const page of dataset.batches()) pages.push(page);
    expect(pages.map(({ rows: read, ended }) => [read.length, ended?.length])).toEqual([
      [1, undefined],
      [0, 1],
      [1, undefined],
    ]);
  });

  it("keeps rows once: the table has the same row objects", async () => {
    const dataset = new ReplayDataset(COLUMNS);
    const [row] = rows(1);
    dataset.append({ rows: [row!] });
    dataset.end();
    expect((await dataset.table()).rows[0]).toBe(row);
    expect(await dataset.table()).toBe(await dataset.table());
  });

  it("fails without readers and nothing goes unhandled", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    const dataset = new ReplayDataset(COLUMNS);
    const waiting = dataset.batches().next();
    waiting.catch(() => {});
    dataset.fail(new Error("nobody reads"));
    await turn();
    await turn();
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
    await expect(dataset.table()).rejects.toThrow("nobody reads");
  });
});
