import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogRequest, ResourceQuery, TraceRequest } from "../../../src/contracts/index.ts";
import { SUBSCRIPTIONS_QUERY } from "../../../src/providers/azure/accounts.ts";
import { ALARMS_QUERY } from "../../../src/providers/azure/alarms.ts";
import { DATABASES } from "../../../src/providers/azure/databases.ts";
import { FUNCTIONS } from "../../../src/providers/azure/functions.ts";
import { guestQuery } from "../../../src/providers/azure/guest-metrics.ts";
import { VIRTUAL_MACHINES } from "../../../src/providers/azure/instances.ts";
import { kqlList, kqlString, kqlTime } from "../../../src/providers/azure/kql.ts";
import { LOAD_BALANCERS } from "../../../src/providers/azure/load-balancers.ts";
import { countQuery, entriesQuery } from "../../../src/providers/azure/log-queries.ts";
import { resourceQuery } from "../../../src/providers/azure/resource-query.ts";
import { searchQuery, servicesQuery } from "../../../src/providers/azure/trace-queries.ts";
import { WORKSPACES_QUERY } from "../../../src/providers/azure/workspaces.ts";
import { kustoDiagnostics, kustoLiteral } from "./kusto.ts";
import { FIVE_MINUTES } from "./world.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', "'", "\\", "`", "\n", "\r", "|", "/", "@", "h", "//", "\u2028", "\u0000", "é", "支", "😀") }),
);

describe("a text as a literal", () => {
  test("means that very text to Microsoft's own parser, whatever is in it", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(kustoLiteral(kqlString(value))).toBe(value);
      }),
    );
  });

  test("is one line of plain ASCII that ends where it should", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(kqlString(value)).toMatch(/^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]|\\u[0-9a-f]{4})*"$/);
      }),
    );
  });

  test.each([
    ['" or true //', '"\\" or true //"'],
    ["a\nb", '"a\\u000ab"'],
    ["支付", '"\\u652f\\u4ed8"'],
  ])("%j", (value, expected) => {
    expect(kqlString(value)).toBe(expected);
  });

  test("lists and moments are made of literals", () => {
    expect(kqlList(['a"', "b"])).toBe('("a\\"", "b")');
    expect(kqlTime(FIVE_MINUTES.fromMs)).toBe("datetime(2026-11-22T09:50:00.000Z)");
  });
});

const severities = fc.subarray(["debug", "info", "warning", "error", "critical"] as const, { minLength: 1 });
const texts = fc.array(
  text.filter((value) => value !== ""),
  { minLength: 1, maxLength: 3 },
);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Keys that are there only with a value, as the contract has them. */
function present<Shape extends object>(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape;
}

const logRequest = fc
  .record({ severities: optional(severities), contains: optional(texts), excludes: optional(texts), service: optional(text) })
  .map((more) => present({ ...more, window: FIVE_MINUTES }) as Omit<LogRequest, "sources" | "limit">);
const traceRequest = fc
  .record({ service: optional(text), errorsOnly: fc.boolean(), minDurationMs: optional(fc.double({ min: 0, max: 1e6, noNaN: true })) })
  .map((more) => present({ ...more, window: FIVE_MINUTES }) as TraceRequest);
const selection = optional(fc.record({ include: texts, exclude: texts }));
const resourceWhere = fc
  .record({
    regions: selection,
    ids: optional(texts),
    names: optional(
      fc.array(
        fc.record({ operator: fc.constantFrom("is", "is-not", "contains", "not-contains", "starts-with", "ends-with"), value: text }),
      ),
    ),
    tags: optional(fc.array(fc.record({ key: text, operator: fc.constantFrom("in", "not-in", "exists", "missing"), values: texts }))),
    states: optional(fc.record({ include: fc.subarray(["running", "stopped", "failed"] as const, { minLength: 1 }) })),
  })
  .map((where) => present(where) as ResourceQuery);

describe("every query is right to Microsoft's own parser, names and types of columns included", () => {
  const right = (query: string): void => {
    expect({ query, problems: kustoDiagnostics(query) }).toEqual({ query, problems: [] });
  };

  test.each([
    ["subscriptions", SUBSCRIPTIONS_QUERY],
    ["workspaces", WORKSPACES_QUERY],
    ["alarms", ALARMS_QUERY],
    ["services", servicesQuery(FIVE_MINUTES)],
    ["guest metrics", guestQuery({ window: FIVE_MINUTES, statistic: "maximum" }, "minimum")],
  ])("%s", (_, query) => right(query));

  test.each([VIRTUAL_MACHINES, DATABASES, FUNCTIONS, LOAD_BALANCERS])("resources: $kind", (kind) => {
    right(resourceQuery(kind, {}));
    fc.assert(
      fc.property(resourceWhere, (where) => right(resourceQuery(kind, where))),
      { numRuns: 25 },
    );
  });

  test("entries", () =>
    fc.assert(
      fc.property(logRequest, (request) => right(entriesQuery(request, 101))),
      { numRuns: 40 },
    ));

  test("counts by anything", () => {
    for (const field of ["service", "severity", "region", "source", "message"]) right(countQuery({ window: FIVE_MINUTES }, field));
    fc.assert(
      fc.property(logRequest, text, (request, field) => right(countQuery(request, field))),
      { numRuns: 40 },
    );
  });

  test("traces", () =>
    fc.assert(
      fc.property(traceRequest, (request) => right(searchQuery(request))),
      { numRuns: 40 },
    ));

  test("and one that is wrong is told from them", () => {
    expect(kustoDiagnostics("AppTraces | where NoSuchColumn == 1")[0]).toContain("NoSuchColumn");
    expect(kustoDiagnostics('AppTraces | where Message == "')).not.toEqual([]);
    expect(kustoDiagnostics("AppTraces | where SeverityLevel contains 3")).not.toEqual([]);
  });
});
