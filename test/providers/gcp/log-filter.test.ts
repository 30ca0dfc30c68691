import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bearsName, logFilter, logIdOf } from "../../../src/providers/gcp/log-filter.ts";
import { quote } from "../../../src/providers/gcp/quote.ts";
import { FIVE_MINUTES } from "./world.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** String literals of a filter, read as the reference says: quotes around, escapes begin with a backslash. The rest is what stands between. */
function literalsOf(filter: string): { readonly literals: string[]; readonly rest: string } {
  const literals: string[] = [];
  let rest = "";
  for (let at = 0; at < filter.length; at++) {
    if (filter[at] !== '"') {
      rest += filter[at];
      continue;
    }
    let text = "";
    for (at++; at < filter.length && filter[at] !== '"'; at++) {
      if (filter[at] !== "\\") text += filter[at];
      else text += ESCAPES[filter[++at] ?? ""] ?? filter[at];
    }
    if (at >= filter.length) throw new Error("a literal without an end");
    literals.push(text);
    rest += "S";
  }
  return { literals, rest };
}

const hostile = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom('" OR timestamp > "', "\\", '\\"', "x\ny", "$&", ") OR (", "NOT", "--", "支付"),
  fc.string({ unit: fc.constantFrom('"', "\\", "\n", "\t", "(", ")", " ", "O", "R") }),
);

describe("text of a person in a filter", () => {
  test("is one literal, which reads as the text itself", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { literals, rest } = literalsOf(quote(text));
        expect([literals, rest]).toEqual([[text], "S"]);
        expect(quote(text)).not.toMatch(/[\n\r\t]/);
      }),
    );
  });

  test("changes nothing but the literals", () => {
    fc.assert(
      fc.property(hostile, hostile, fc.constantFrom("a", "x/y"), (text, service, log) => {
        const filterOf = (contains: string, by: string) =>
          logFilter(
            { sources: [{ name: `projects/p/logs/${log}` }], service: by, contains: [contains], window: FIVE_MINUTES },
            { regions: ["us-central1"], except: false },
          );
        fc.pre(service !== "" && bearsName(`projects/p/logs/${log}`, service) === bearsName(`projects/p/logs/${log}`, "zzz"));
        const found = literalsOf(filterOf(text, service));
        expect(found.rest).toBe(literalsOf(filterOf("plain", "zzz")).rest);
        expect(found.literals).toContain(text);
        expect(found.literals).toContain(service);
      }),
    );
  });
});

const WINDOW = 'timestamp >= "2026-11-22T09:50:00.000Z" AND timestamp < "2026-11-22T09:55:00.000Z"';
const anywhere = { regions: [], except: true } as const;

test("a filter names times and logs", () => {
  const request = { sources: [{ name: "projects/p/logs/a" }, { name: "projects/p/logs/b" }], window: FIVE_MINUTES };
  expect(logFilter(request, anywhere)).toBe(`${WINDOW} AND logName = ("projects/p/logs/a" OR "projects/p/logs/b")`);
});

test("a service is sought in the logs that bear its name, and by its fields in the others", () => {
  const sources = [{ name: "projects/p/logs/checkout-api" }, { name: "projects/p/logs/run.googleapis.com%2Fstdout" }];
  const filter = logFilter({ sources, service: "checkout", window: FIVE_MINUTES }, anywhere);
  expect(filter).toContain(
    '(logName = ("projects/p/logs/checkout-api") OR (logName = ("projects/p/logs/run.googleapis.com%2Fstdout") AND (',
  );
  expect(filter).toContain('resource.labels.service_name = "checkout"');
  expect(filter).toContain('jsonPayload."service.name" = "checkout"');
});

test("severities are those of Cloud Logging, and levels of entries without one", () => {
  const filter = logFilter({ sources: [{ name: "l" }], severities: ["error", "critical"], window: FIVE_MINUTES }, anywhere);
  expect(filter).toContain("severity = (ERROR OR CRITICAL OR ALERT OR EMERGENCY) OR (severity = DEFAULT AND (jsonPayload.level = (");
});

test.each([
  ["projects/p/logs/run.googleapis.com%2Fstdout", "run.googleapis.com/stdout"],
  ["folders/1/logs/a", "a"],
  ["projects/p/logs/%zz", "%zz"],
])("the id of the log %s is %s", (name, id) => {
  expect(logIdOf(name)).toBe(id);
});
