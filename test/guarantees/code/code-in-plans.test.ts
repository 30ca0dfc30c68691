import { beforeAll, describe, expect, it, vi } from "vitest";
import { exitStatusOf } from "../../../src/cli/exit-status.ts";
import { scripted } from "../../../src/models/scripted/index.ts";
import { approved, askedFor, type CodeWorld, columnOf, startCodeWorld } from "./code-world.ts";
import { written } from "./every-cloud-code.ts";

/** Rows whose id is the machine's, so that they can be joined with machines. */
const ATTACHED = {
  aws: `interface Row { id: string; volume: string; sizeGib: number; encrypted: boolean }
/** Volumes with the machine that each is attached to. */
async function main(): Promise<Row[]> {
  const { Volumes = [] } = await cloud.call("aws", "ec2", "DescribeVolumes", {});
  return Volumes.flatMap(({ Attachments = [], VolumeId, Size, Encrypted }) =>
    Attachments.map(({ InstanceId }) => ({ id: InstanceId ?? "", volume: VolumeId ?? "", sizeGib: Size ?? 0, encrypted: Encrypted ?? false })),
  );
}
`,
  azure: `interface Row { id: string; volume: string; sizeGib: number; encrypted: boolean }
/** Managed disks with the machine that each is attached to. */
async function main(): Promise<Row[]> {
  const { value = [] } = await cloud.call("azure", "compute", "Disks_List", {});
  return value.flatMap(({ id, managedBy, properties }) =>
    managedBy === undefined ? [] : [{ id: managedBy, volume: id ?? "", sizeGib: properties?.diskSizeGB ?? 0, encrypted: properties?.encryption !== undefined }],
  );
}
`,
  alicloud: `interface Row { id: string; volume: string; sizeGib: number; encrypted: boolean }
/** Disks with the machine that each is attached to. */
async function main(): Promise<Row[]> {
  const { Disks } = await cloud.call("alicloud", "ecs", "DescribeDisks", {});
  return (Disks?.Disk ?? []).flatMap(({ DiskId, InstanceId, Size, Encrypted }) =>
    (InstanceId ?? "") === "" ? [] : [{ id: InstanceId ?? "", volume: DiskId ?? "", sizeGib: Size ?? 0, encrypted: Encrypted ?? false }],
  );
}
`,
} as const;

const QUESTIONS = {
  aws: "per account, the total size of large AWS volumes by machine, with the machine's name",
  azure: "per account, the total size of large Azure disks by machine, with the machine's name",
  alicloud: "per account, the total size of large Alibaba Cloud disks by machine, with the machine's name",
} as const;

// Index, compiler and sandbox are the real ones, and made by the first question.
vi.setConfig({ testTimeout: 60_000 });

let world: CodeWorld;
beforeAll(async () => {
  world = await startCodeWorld();
  return () => world[Symbol.asyncDispose]();
}, 60_000);

describe.each(Object.keys(ATTACHED) as readonly (keyof typeof ATTACHED)[])("a plan with code for %s", (cloud) => {
  const code = (id: string) => ({
    id,
    tool: "code.run",
    input: { goal: `disks of ${cloud} with their machine`, where: { providers: { include: [cloud] } } },
  });

  /** Asks with a plan that the model made, consents, and gives the answer. */
  async function answerOf(steps: readonly object[]) {
    const model = scripted([JSON.stringify({ kind: "plan", steps }), written(ATTACHED[cloud])]);
    await using orchestrator = world.orchestrator(model);
    const { approval } = await askedFor(orchestrator, QUESTIONS[cloud]);
    const document = await approved(orchestrator, approval);
    expect(document.error).toBeNull();
    expect(exitStatusOf(document)).toBe(0);
    return document;
  }

  it("filters, adds up and sorts what the code found", async () => {
    const document = await answerOf([
      code("disks"),
      { id: "large", tool: "table.filter", input: { rows: { from: "disks" }, all: [{ column: "sizeGib", operator: "gte", value: 100 }] } },
      {
        id: "totals",
        tool: "table.aggregate",
        input: {
          rows: { from: "large" },
          groupBy: ["account"],
          measures: [
            { function: "sum", column: "sizeGib", as: "total" },
            { function: "count", as: "disks" },
          ],
        },
      },
      { id: "sorted", tool: "table.sort", input: { rows: { from: "totals" }, by: [{ column: "total", direction: "descending" }] } },
    ]);
    const large = (await world.records(cloud, "disk")).filter(
      ({ attributes }) => attributes.attachedTo !== null && Number(attributes.sizeGib) >= 100,
    );
    const expected = [...Map.groupBy(large, ({ account }) => account)]
      .map(
        ([account, disks]) => [account, disks.reduce((sum, { attributes }) => sum + Number(attributes.sizeGib), 0), disks.length] as const,
      )
      .toSorted(([, a], [, b]) => b - a);
    expect(expected.length).toBeGreaterThan(1);
    const rows = columnOf(document, "account").map((account, at) => [
      account,
      columnOf(document, "total")[at],
      columnOf(document, "disks")[at],
    ]);
    expect(rows).toEqual(expected);
  });

  it("joins what the code found with machines, by id", async () => {
    const where = { providers: { include: [cloud] } };
    const document = await answerOf([
      code("disks"),
      { id: "machines", tool: "resources.list", input: { kind: "virtual-machine", where } },
      { id: "both", tool: "table.join", input: { left: { from: "disks" }, right: { from: "machines" }, on: ["id"], kind: "inner" } },
    ]);
    const attached = (await world.records(cloud, "disk")).filter(({ attributes }) => attributes.attachedTo !== null);
    const { resources } = await world.emulator.truth("2026-11-20T08:30:00Z", "2026-11-20T08:35:00Z");
    const names = new Map(resources.map(({ id, name }) => [id.toLowerCase(), name]));
    const expected = attached.map(({ id, attributes }) => [id, names.get(String(attributes.attachedTo).toLowerCase())]);
    const rows = columnOf(document, "volume").map((volume, at) => [volume, columnOf(document, "name")[at]]);
    expect(rows.toSorted()).toEqual(expected.toSorted());
    expect(rows.every(([, name]) => typeof name === "string")).toBe(true);
  });
});
