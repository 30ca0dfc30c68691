import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mismatches } from "../../src/codegen/fit-shape.ts";
import { literalsOf } from "../../src/codegen/rehearse/literals.ts";
import { type SampleContext, sampleReply } from "../../src/codegen/rehearse/sample-reply.ts";
import type { Field, Shape } from "../../src/contracts/index.ts";
import { AGGREGATED_DISKS, DESCRIBE_DISKS, LIST_DASHBOARDS, METRIC_FILTERS, OPERATIONS, operationOf } from "./programs/operations.ts";

const CONTEXT: SampleContext = {
  literals: { texts: ["checkout", "prod"], numbers: [80] },
  nowMs: Date.parse("2026-03-01T00:00:00Z"),
  style: { items: 3, pagedItems: 3, sparse: false },
  parameters: {},
};

const { shape: anyShape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Shape>({ type: "string" }, { type: "string", format: "date-time" }, { type: "string", format: "bytes" }),
    fc.constantFrom<Shape>({ type: "number" }, { type: "integer" }, { type: "boolean" }, { type: "unknown" }),
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((values): Shape => ({ type: "string", values })),
    tie("shape").map((items): Shape => ({ type: "list", items })),
    tie("shape").map((values): Shape => ({ type: "map", values })),
    fc.dictionary(fc.string(), tie("shape"), { maxKeys: 5 }).map(
      (fields): Shape => ({
        type: "object",
        fields: Object.fromEntries(Object.entries(fields).map(([name, shape]): [string, Field] => [name, { shape }])),
      }),
    ),
  ),
}));

describe("a made-up reply", () => {
  it("fits its description, whatever that is", () => {
    const anyStyle = fc.record({ items: fc.integer({ min: 0, max: 3 }), pagedItems: fc.integer({ min: 0, max: 3 }), sparse: fc.boolean() });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyShape, { maxKeys: 4 }), anyStyle, (fields, style) => {
        const output: Shape = {
          type: "object",
          fields: Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, { shape }])),
        };
        const reply = sampleReply(operationOf("aws.a.b", {}, output), { ...CONTEXT, style });
        expect(mismatches(reply, output, "reply")).toEqual([]);
      }),
    );
  });

  it.each(OPERATIONS.map(({ operation }) => operation))("fits the description of $id", (operation) => {
    expect(mismatches(sampleReply(operation, CONTEXT), operation.output, "reply")).toEqual([]);
  });

  it("is varied, realistic and holds what the program looks for", () => {
    expect(sampleReply(LIST_DASHBOARDS, CONTEXT)).toMatchInlineSnapshot(`
      {
        "DashboardEntries": [
          {
            "DashboardName": "dashboard-0",
            "LastModified": "2026-02-28T23:00:00.000Z",
            "Size": 3,
          },
          {
            "DashboardName": "checkout",
            "LastModified": "2026-02-09T00:00:00.000Z",
            "Size": 81,
          },
          {
            "DashboardName": "prod",
            "LastModified": "2025-01-25T00:00:00.000Z",
            "Size": 79,
          },
        ],
        "NextToken": "nexttoken-0",
      }
    `);
  });

  it("has as many items as are asked for where pages are followed, in lists and maps", () => {
    const context = { ...CONTEXT, style: { ...CONTEXT.style, pagedItems: 20 } };
    expect(sampleReply(METRIC_FILTERS, context)).toHaveProperty("metricFilters.length", 20);
    expect(sampleReply(DESCRIBE_DISKS, context)).toHaveProperty("Disks.Disk.length", 20);
    expect(Object.keys((sampleReply(AGGREGATED_DISKS, context) as { items: object }).items).length).toBeGreaterThan(3);
  });

  it("keeps what the description promises, and leaves out the rest where it is sparse", () => {
    const context = { ...CONTEXT, style: { ...CONTEXT.style, sparse: true } };
    expect(sampleReply(DESCRIBE_DISKS, context)).toMatchObject({ Disks: { Disk: [{ DiskId: "disk-0" }, {}, {}] } });
    expect(sampleReply(METRIC_FILTERS, context)).toMatchObject({ metricFilters: [{}, {}, {}] });
  });

  it("answers for the id that was asked for", () => {
    const output: Shape = {
      type: "object",
      fields: { Items: { shape: { type: "list", items: { type: "object", fields: { InstanceId: { shape: { type: "string" } } } } } } },
    };
    const reply = sampleReply(operationOf("aws.a.b", {}, output), { ...CONTEXT, parameters: { InstanceIds: ["i-1", "i-2"] } });
    expect(reply).toEqual({ Items: [{ InstanceId: "i-1" }, { InstanceId: "i-2" }, { InstanceId: "i-1" }] });
  });
});

it("what a program compares with is found in its code, and not what it calls", () => {
  const javascript = `cloud.call("aws", "cloudwatch", "ListDashboards", {}); x.includes('check\\'out') || /prod-eu/i.test(x) || x === \`a b\` || n > 80.5 || n < 3;`;
  expect(literalsOf({ javascript, operations: OPERATIONS })).toEqual({ texts: ["check'out", "a b", "prod-eu"], numbers: [3] });
});
