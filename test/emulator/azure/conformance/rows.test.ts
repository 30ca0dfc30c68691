import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AzureWorld, startAzureWorld } from "../azure-world.ts";
import { recordRows } from "./recorded-rows.ts";
import { type RecordedRows, renameRowField, rowPathsOf, rowViolations } from "./row-violations.ts";

let world: AzureWorld;
let rows: readonly RecordedRows[];

beforeAll(async () => {
  world = await startAzureWorld({ instances: 300 });
  rows = await recordRows(world);
});
afterAll(() => world.emulator.close());

describe("rows of the emulated Azure", () => {
  it("have the fields that the vendor published for the type of the resource or the table of logs, and no others", () => {
    expect([...new Set(rows.flatMap(rowViolations))]).toEqual([]);
  });

  it("cannot call a field otherwise without being noticed", () => {
    const unnoticed = rows.flatMap((recorded) =>
      rowPathsOf(recorded)
        .filter((path) => rowViolations({ ...recorded, body: renameRowField(recorded, path) }).length === 0)
        .map((path) => `${recorded.source} ${path}`),
    );
    expect(unnoticed).toEqual([]);
    expect(rows.flatMap(rowPathsOf).length).toBeGreaterThan(250);
  });
});
