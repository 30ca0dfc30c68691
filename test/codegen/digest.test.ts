import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/codegen/digest.ts";
import type { ApprovalSubject } from "../../src/contracts/index.ts";
import { sampleApproval } from "../../src/testing/index.ts";
import { METRIC_FILTERS } from "./programs/operations.ts";

type Path = readonly (string | number)[];

const { subject: plain } = sampleApproval();
/** Every field filled. */
const SUBJECT: ApprovalSubject = {
  ...plain,
  where: { accounts: { include: ["111122223333"] }, regions: { exclude: ["eu-west-1"] } },
  program: {
    ...plain.program,
    columns: [
      { name: "name", type: "string", nullable: true },
      { name: "size", type: "number", unit: "bytes" },
    ],
    parameters: { type: "object", fields: { prefix: { shape: { type: "string" }, required: true } } },
    input: { prefix: "/aws", list: [1, 2, { deep: null }], yes: true },
    calls: [{ operation: METRIC_FILTERS.id, literals: { limit: 50, order: "ascending" }, varying: ["logGroupName"], line: 2 }],
    operations: [
      {
        operation: METRIC_FILTERS,
        origin: { kind: "publisher", source: "github.com/aws/api-models-aws", date: "2026-11-20" },
        class: "read",
        hash: "a".repeat(64),
      },
    ],
  },
};

/** Where anything stands: what is in it, and it itself. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return [...(path.length === 0 ? [] : [path]), ...inner.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function changedAt(path: Path, change: (parent: Record<string | number, unknown>, key: string | number) => void): ApprovalSubject {
  const copy = structuredClone(SUBJECT);
  change(valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>, path.at(-1) ?? "");
  return copy;
}

const PATHS = pathsIn(SUBJECT);
const somewhere = fc.constantFrom(...PATHS);
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => !Object.is(value, -0));

/** The same with the members of all objects in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  );
}

describe("the digest of what is approved", () => {
  it("looks everywhere", () => {
    expect(PATHS.length).toBeGreaterThan(100);
  });

  it("changes when any part is another", () => {
    fc.assert(
      fc.property(somewhere, json, (path, value) => {
        fc.pre(JSON.stringify(turned(valueAt(SUBJECT, path))) !== JSON.stringify(turned(value)));
        fc.pre(JSON.stringify(valueAt(SUBJECT, path)) !== JSON.stringify(value));
        expect(digestOf(changedAt(path, (parent, key) => Object.assign(parent, { [key]: value })))).not.toBe(digestOf(SUBJECT));
      }),
      { numRuns: 1_000 },
    );
  });

  it("changes when any part is left out, or stands there twice", () => {
    for (const path of PATHS) {
      const without = changedAt(path, (parent, key) => {
        if (Array.isArray(parent)) parent.splice(Number(key), 1);
        else delete parent[key];
      });
      expect(digestOf(without), path.join(".")).not.toBe(digestOf(SUBJECT));
      const twice = changedAt(path, (parent, key) => {
        if (Array.isArray(parent)) parent.push(parent[Number(key)]);
        else parent[`${key}2`] = parent[key];
      });
      expect(digestOf(twice), path.join(".")).not.toBe(digestOf(SUBJECT));
    }
  });

  it("changes when a text has one character more, another case, or another form of the same letters", () => {
    for (const path of PATHS) {
      const text = valueAt(SUBJECT, path);
      if (typeof text !== "string") continue;
      for (const other of [`${text} `, `${text}\u200b`, text.toUpperCase(), text.toLowerCase(), text.replace("e", "\u0435")]) {
        if (other !== text)
          expect(digestOf(changedAt(path, (parent, key) => Object.assign(parent, { [key]: other }))), path.join(".")).not.toBe(
            digestOf(SUBJECT),
          );
      }
    }
  });

  it("changes with the order of a list, and not with that of an object's members", () => {
    expect(digestOf(turned(SUBJECT) as ApprovalSubject)).toBe(digestOf(SUBJECT));
    const input = { ...SUBJECT.program.input, list: [2, 1, { deep: null }] };
    expect(digestOf({ ...SUBJECT, program: { ...SUBJECT.program, input } })).not.toBe(digestOf(SUBJECT));
  });

  it("is the same after a store has kept it", () => {
    expect(digestOf(JSON.parse(JSON.stringify(SUBJECT)) as ApprovalSubject)).toBe(digestOf(SUBJECT));
  });

  it("is not fooled by what looks like its own form", () => {
    const input = (value: string) => ({ ...SUBJECT, program: { ...SUBJECT.program, input: { a: value } } });
    const forged = { ...SUBJECT, program: { ...SUBJECT.program, input: { a: "x", b: "y" } } };
    expect(digestOf(input(`x","b":"y`))).not.toBe(digestOf(forged));
    const own = JSON.parse(`{"__proto__":{"a":1}}`) as Record<string, never>;
    expect(digestOf({ ...SUBJECT, program: { ...SUBJECT.program, input: own } })).not.toBe(
      digestOf({ ...SUBJECT, program: { ...SUBJECT.program, input: {} } }),
    );
  });
});
